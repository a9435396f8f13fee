"""The rules that stages obey."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.methods.declare import parse_interval
from affidavit.methods.matrix import Declared, Stated, matrix
from affidavit.methods.rules import examine, lint_stages
from affidavit.methods.stages import current_stage
from affidavit.model.claims import Card, Failure, Feature, Stage, Status, Term
from affidavit.model.place import Place
from affidavit.model.releases import Release, Releases
from affidavit.model.settings import Settings

VERSIONS = ["1", "2", "3", "4", "5"]
RELEASES = Releases(tuple(Release(version) for version in VERSIONS))


def place(line: int) -> Place:
    return Place("index.rst", line, "index")


def stage(interval: str, status: Status = Status.BROKEN, *fails: Failure, line: int = 1) -> Stage:
    read = parse_interval(interval)
    assert read is not None
    return Stage(read, status, "", fails, place(line))


def card(*stages: Stage, name: str = "one", term: str = "") -> Card:
    return Card(name, "One", term, stages, (), place(0))


def codes(*intervals: str) -> list[str]:
    stages = [stage(each, line=n) for n, each in enumerate(intervals, start=1)]
    return [f"{found.code}@{found.place.line}" for found in lint_stages(card(*stages), RELEASES)]


@pytest.mark.parametrize(
    ("intervals", "found"),
    [
        (["1..5"], []),
        (["1..2", "3.."], []),
        (["3..", "1..2"], []),  # written in any order
        (["2..3"], []),  # what lies before the first and behind the last stage is nobody's gap
        (["1..3", "3.."], ["stage-overlap@2"]),
        (["1..", "2..3"], ["stage-overlap@2"]),
        (["3..", "1..3"], ["stage-overlap@1"]),
        (["1", "3.."], ["stage-gap@2"]),
        (["1", "3", "5"], ["stage-gap@2", "stage-gap@3"]),
        (["3..2"], ["stage-reversed@1"]),
        (["0..2", "3.."], ["release-unknown@1"]),
        (["0..9"], ["release-unknown@1", "release-unknown@1"]),
        (["..2", "3.."], []),
    ],
)
def test_stages(intervals, found):
    assert codes(*intervals) == found


@given(st.lists(st.tuples(st.sampled_from(VERSIONS), st.sampled_from(["", *VERSIONS])), max_size=4))
def test_linting_finds_exactly_what_counting_finds(ends):
    """Stages without a finding cover each release between their outermost ends exactly once."""
    intervals = [f"{first}..{last}" for first, last in ends]
    spans = [RELEASES.span(stage(each).interval) for each in intervals]
    sound = [span for span in spans if span]
    covered = [at for span in sound for at in span]
    once = all(covered.count(at) == 1 for at in range(min(covered), max(covered) + 1)) if covered else True
    clean = not codes(*intervals)
    assert clean == (once and len(sound) == len(spans))


def test_messages_name_the_releases():
    told = [found.message for found in lint_stages(card(stage("1"), stage("4..")), RELEASES)]
    assert told == ["Between the stages `1` and `4..` nothing covers 2 to 3."]
    told = [found.message for found in lint_stages(card(stage("1..3"), stage("2..4")), RELEASES)]
    assert told == ["The stages `1..3` and `2..4` both speak of 2 to 3."]


@pytest.mark.parametrize(
    ("release", "stages", "found"),
    [
        ("5", ["1..5"], []),
        ("5", ["1..4"], ["release-uncovered"]),
        ("1", ["2.."], ["release-uncovered"]),
        ("2", ["1", "3.."], ["stage-gap"]),  # a gap is told once
        ("", ["1.."], ["release-missing"]),
        ("9", ["1.."], ["release-unknown"]),
        ("", [], []),
    ],
)
def test_the_documented_release(release, stages, found):
    settings = Settings(releases=RELEASES, release=release)
    cards = [card(*(stage(each) for each in stages))]
    assert [str(each.code) for each in examine(cards, [], [], settings)] == found


def test_names_near_an_unknown_one_are_told():
    features = [Feature("upload", "Upload", place(1)), Feature("import", "Import", place(2))]
    fails = Failure("uplaod", "so", "", place(9))
    found = list(examine([card(stage("1..", Status.BROKEN, fails))], features, [], Settings(RELEASES, "1")))
    assert [each.message for each in found] == ["There is no deployment feature `uplaod`; near it are `upload`."]
    assert found[0].place == place(9)


def test_terms_are_found_whatever_their_case():
    terms = [Term(("uwsgi protocol",), ("uwsgi protocol",), (), place(1))]
    for term, found in (("uWSGI protocol", []), ("uwsgi", ["term-unknown"]), ("", [])):
        cards = [card(stage("1.."), term=term)]
        assert [str(each.code) for each in examine(cards, [], terms, Settings(RELEASES, "1"))] == found


@pytest.mark.parametrize(("release", "status"), [("1", "broken"), ("3", "broken"), ("4", "supported"), ("9", None)])
def test_the_current_stage_covers_the_documented_release(release, status):
    both = card(stage("1..3"), stage("4..", Status.SUPPORTED))
    current = current_stage(both, Settings(RELEASES, release))
    assert (current and str(current.status)) == status


@pytest.mark.parametrize(
    ("status", "fails", "cell"),
    [
        (Status.RECOMMENDED, [], Declared.WORKS),
        (Status.SUPPORTED, [], Declared.WORKS),
        (Status.SUPPORTED, ["upload"], Declared.FAILS),
        (Status.SUPPORTED, ["import"], Declared.WORKS),
        (Status.DISCOURAGED, [], Declared.NOTHING),
        (Status.BROKEN, [], Declared.NOTHING),
        (Status.BROKEN, ["upload"], Declared.FAILS),
        (Status.UNKNOWN, [], Declared.NOTHING),
        (Status.REMOVED, [], Declared.REMOVED),
        (Status.BROKEN, ["upload:threads"], Declared.VARIES),
        (Status.BROKEN, ["upload:threads", "upload"], Declared.FAILS),
    ],
)
def test_cells(status, fails, cell):
    failures = [Failure(name.partition(":")[0], "so", name.partition(":")[2], place(1)) for name in fails]
    features = [Feature("upload", "Upload", place(1))]
    drawn = matrix(Stated([card(stage("1..", status, *failures))], features, (), RELEASES), "2")
    assert drawn.rows[0].cells == (cell,)
    assert drawn.rows[0].status == status


def test_a_card_without_a_stage_for_the_release_says_nothing():
    drawn = matrix(Stated([card(stage("1"))], [Feature("upload", "Upload", place(1))], (), RELEASES), "2")
    assert drawn.rows[0].cells == (Declared.NOTHING,)
    assert drawn.rows[0].status is Status.UNKNOWN
