"""What the sentences of the guide say besides what the build holds against runs: numbers, releases, reasons."""

import re

import pytest
from tests.sphinx.guide_cases import gathered as gathered_once
from tests.sphinx.test_guide_runs import STATUS_CODE, TO_USE

from affidavit.examples.compared import of_step
from affidavit.examples.environments.lock import Lock
from affidavit.methods.expected import failure_of


@pytest.fixture(scope="module")
def corpus(project):
    return gathered_once(project).corpus


@pytest.fixture(scope="module")
def testable(corpus):
    return [each for each in corpus.statements if not each.words.untestable]


@pytest.fixture(scope="module")
def stages(corpus):
    return [(card, stage) for card in corpus.cards for stage in card.stages]


RELEASE = re.compile(r"\b\d+\.\d+\.\d+\b")

UNTESTABLE = {
    "an advice says of nothing that it works",
    "an advice says of nothing that it fails",
    "how common a method is, and what others test, no run can show",
    "it announces, and changes nothing",
    "it does not say in what",
    "it does not say what would not be proper",
    "release 16.0.0 is not among those that this guide runs",
    "speed is not measured here",
    "whether both meet is a matter of moments",
}
"""The only reasons for which a statement is not proven."""


def test_a_statement_is_not_proven_for_one_of_these_reasons_alone(corpus):
    assert {each.words.untestable for each in corpus.statements} - {""} == UNTESTABLE


def test_releases_that_are_said_not_to_be_run_are_not(project):
    releases = {each.release for each in gathered_once(project).settings.environments}
    assert {found for each in UNTESTABLE for found in RELEASE.findall(each)}.isdisjoint(releases)


def test_each_release_that_a_statement_names_is_one_at_which_its_own_begin_or_end(testable):
    named = {each.name: set(RELEASE.findall(each.words.text)) for each in testable}
    ends = {each.name: {end for part in each.intervals for end in (part.first, part.last)} for each in testable}
    assert {name: found for name, found in named.items() if not found <= ends[name]} == {}
    assert sum(map(bool, named.values())) >= 7


def test_each_status_that_a_statement_about_an_example_names_is_one_that_the_example_shows(corpus, testable):
    shown = {example.name: shown_by(example) for example in corpus.examples}
    held = [each for each in testable if each.about.examples]
    named = [(each, status) for each in held for status in STATUS_CODE.findall(each.words.text)]
    assert [
        each for each in named if each[1] not in set().union(*(shown[name] for name in each[0].about.examples))
    ] == []
    assert len(named) >= 3


def shown_by(example):
    """Return the lines that the page of an example shows as output."""
    outputs = (each.expected or "" for step in example.steps for each in of_step(step))
    return {line for output in outputs for line in output.split("\n")}


FAILS = re.compile(
    r"^( *)\.\. fails:: .*\n(?:\1   :variant: .*\n)?\1   :symptom: ``(.*)``\n\n((?:\1   \S.*\n)+)", re.MULTILINE
)
"""A failure that a card tells in a sentence, too."""

NUMBERS = [f"{number:0{width}}" for width in (2, 3) for number in range(10**width)]


def test_the_numbers_by_which_a_card_tells_a_failure_are_those_that_its_pattern_fits(project):
    pages = [each.read_text(encoding="utf-8") for each in sorted((project / "doc" / "guide").glob("*.rst"))]
    told = [(pattern, words) for page in pages for _, pattern, words in FAILS.findall(page)]
    named = [(pattern, set(re.findall(r"\b\d{2,3}\b", words))) for pattern, words in told]
    assert [each for each in named if each[1] != {number for number in NUMBERS if fits(each[0], number)}] == []
    assert len(named) >= 8


def fits(pattern, number):
    """Tell whether a pattern fits a status, or a line in which curl tells the number of an error."""
    return any(re.fullmatch(pattern, line) for line in (number, f"curl: ({number}) why"))


COUNTED = {"": 0, "one": 1, "two": 2}
COUNT = re.compile(r"All features work(?: but (\w+))?\b")


def test_as_many_features_fail_in_the_configuration_to_use_as_a_stage_says(corpus, stages):
    said = [(card, stage, found) for card, stage in stages if (found := COUNT.search(stage.reason))]
    for card, stage, found in said:
        fails = [each.name for each in corpus.features if failure_of(stage, each.name, TO_USE[card.name])]
        assert len(fails) == COUNTED[found[1] or ""], stage.place
    assert len(said) >= 7


def prose(project, name):
    return " ".join((project / "doc" / "guide" / f"{name}.rst").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("name", ["overview", "statements"])
def test_the_releases_that_a_page_says_are_not_tried_are_those(project, name):
    settings = gathered_once(project).settings
    tried = {each.release for each in settings.environments if each.release}
    known = [each.version for each in settings.releases.items]
    begun = known[min(map(known.index, tried)) :]
    untried = [each for each in begun if each not in tried]
    first, last = untried[0], untried[-1]
    assert untried == begun[begun.index(first) : begun.index(last) + 1]
    assert f"from {first} to {last} are not tried" in prose(project, name)


def test_the_versions_that_ran_in_place_of_their_release_are_those_that_are_locked(project):
    found = gathered_once(project)
    assert found.tried
    locked = {name: lock.requirements for name, lock in found.tried.locks.items() if isinstance(lock, Lock)}
    ran = [
        (each.release, requirement.split()[0].removeprefix("glance=="))
        for each in found.settings.environments
        for requirement in (locked[each.name] if each.release else ())
        if requirement.startswith("glance==")
    ]
    assert len(ran) == 9
    releases, others = zip(*(each for each in ran if each[0] != each[1]), strict=True)
    assert f"where cards say {' and '.join(releases)}, {' and '.join(others)} ran" in prose(project, "overview")
