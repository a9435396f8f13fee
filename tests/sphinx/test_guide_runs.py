"""The guide against its own evidence, which bears its cards out, and in which any other outcome would be told."""

import re

import pytest
from msgspec.structs import replace
from tests.sphinx.guide_cases import TODAY
from tests.sphinx.guide_cases import gathered as gathered_once

from affidavit.cells import prove, report_of
from affidavit.methods.borne import as_it_says
from affidavit.methods.contradictions import contradictions
from affidavit.methods.expected import failure_of
from affidavit.methods.statements import judge_all
from affidavit.methods.verdict import SHOWN
from affidavit.model.cells import Showed
from affidavit.model.claims import Card, Status
from affidavit.model.codes import Code
from affidavit.model.evidence import State
from affidavit.model.examples import ServiceStep
from affidavit.model.severity import Severity
from affidavit.model.statements import Bears, Says, Statement
from affidavit.model.verdicts import Holds


@pytest.fixture(scope="module")
def gathered(project):
    return gathered_once(project)


@pytest.fixture(scope="module")
def cells(gathered):
    """Return the cells of the guide's methods that are tried and that a stage speaks of."""
    proved = prove(gathered.corpus, gathered.tried, gathered.settings, TODAY)
    return [cell for cell in proved.cells if cell.tried and cell.stage]


def test_nothing_that_is_tried_is_without_evidence(cells):
    assert len(cells) > 500
    assert {cell.tried.state for cell in cells} <= SHOWN
    assert [cell.tried.key for cell in cells if cell.tried.day is None] == []


def test_each_method_is_tried_in_each_release_that_installs(gathered, cells):
    tried = {(cell.method, cell.release) for cell in cells}
    releases = {each.release for each in gathered.settings.environments if each.release}
    assert len(releases) == 9
    assert tried == {(card.name, release) for card in gathered.corpus.cards for release in releases}


TO_USE = {
    "standalone": "glance-api",
    "uwsgi-http": "http-socket",
    "mod-proxy-uwsgi": "uwsgi-socket",
    "mod-wsgi": "WSGIChunkedRequest",
}
"""The variant of each method whose configuration is the one to use."""


def test_a_method_is_recommended_where_nothing_fails_in_the_configuration_to_use(gathered):
    """So the page of the methods says of the words for a status; whether runs bear failures out is tested below."""
    features = [each.name for each in gathered.corpus.features]
    stages = [(card.name, stage) for card in gathered.corpus.cards for stage in card.stages]
    fails = [any(failure_of(stage, each, TO_USE[name]) for each in features) for name, stage in stages]
    known = [(stage, is_wrong) for (_, stage), is_wrong in zip(stages, fails, strict=True)]
    assert {stage.status for stage, is_wrong in known if not is_wrong} == {Status.RECOMMENDED, Status.REMOVED}
    assert {stage.status for stage, is_wrong in known if is_wrong} == {Status.SUPPORTED, Status.DISCOURAGED}


UWSGI_BEGINS = """\
*** Python threads support is disabled. You can enable it with --enable-threads ***
--- Python VM already initialized ---
spawned uWSGI worker 1 (pid: 7, cores: 1)
spawned uWSGI worker 2 (pid: 8, cores: 1)
"""
UWSGI_WORKER = "WSGI app 0 (mountpoint='') ready in 3 seconds on interpreter 0x55d0c0 pid: {} (default app)\n"


def test_a_server_is_ready_when_as_many_workers_say_so_as_are_waited_for(gathered):
    """Its log has that word before, within another one."""
    services = [step for each in gathered.corpus.examples for step in each.steps if isinstance(step, ServiceStep)]
    patterns = [sign.value for each in services for sign in each.ready if "ready in" in sign.value]
    assert len(patterns) > 10
    for pattern in patterns:
        lines = [UWSGI_BEGINS, *(UWSGI_WORKER.format(pid) for pid in range(7, 7 + pattern.count("ready in")))]
        assert re.search(pattern, "".join(lines[:-1])) is None
        assert re.search(pattern, "".join(lines))


def expected_code(cell):
    """Return the code by which it is told that a cell came out the other way round."""
    if not cell.feature:
        return Code.METHOD_THERE if cell.stage.status is Status.REMOVED else Code.METHOD_FAILS
    if cell.failure is not None:
        return Code.FAILURE_GONE
    return Code.METHOD_THERE if cell.stage.status is Status.REMOVED else Code.FEATURE_FAILS


def flipped(cell):
    """Return a cell that came out the other way round."""
    showed = Showed.FAILS if cell.tried.showed is Showed.WORKS else Showed.WORKS
    return replace(cell, tried=replace(cell.tried, showed=showed, symptom="otherwise", state=State.CONTRADICTED))


def test_each_outcome_that_was_another_would_be_told(cells):
    """One by one, since what is told of a setup is not told again of the probes under it."""
    told = [(cell, [each.finding for each in contradictions([flipped(cell)])]) for cell in cells]
    assert [cell.tried.key for cell, found in told if [each.code for each in found] != [expected_code(cell)]] == []
    places = [(found[0].place, cell.failure.place if cell.failure else cell.stage.place) for cell, found in told]
    assert [one for one, other in places if one != other] == []


def test_each_failure_with_another_symptom_would_be_told(cells):
    failing = [cell for cell in cells if cell.failure]
    assert len(failing) > 50
    for cell in failing:
        other = replace(cell, tried=replace(cell.tried, symptom="otherwise", state=State.CONTRADICTED))
        assert [each.finding.code for each in contradictions([other])] == [Code.FAILURE_DIFFERS]


def test_all_cards_and_statements_hold(gathered):
    report = report_of(gathered.corpus, gathered.tried, gathered.settings, TODAY)
    assert [each for each in report.findings if each.severity is Severity.ERROR] == []
    judged = [(each.claim, each.verdict) for each in report.judged]
    cards = [(claim.name, verdict) for claim, verdict in judged if isinstance(claim, Card)]
    said = [(claim.name, verdict) for claim, verdict in judged if isinstance(claim, Statement) and is_testable(claim)]
    assert (len(cards), len(said) > 30) == (4, True)
    assert [name for name, verdict in (*cards, *said) if not isinstance(verdict, Holds)] == []


def turned(cell, bears):
    """Return a cell that came out the other way round; where that bears a statement out, as its page now has it."""
    other = flipped(cell)
    return other if bears is Bears.BORNE_OUT else replace(other, tried=replace(other.tried, state=State.PROVEN))


def expected_codes(bears, cell, against):
    """Return what is told of a statement in a release in which a run turned; ``against`` spoke against it before."""
    if bears is Bears.BORNE_OUT:
        return [Code.STATEMENT_CONTRADICTED]
    return [Code.STATEMENT_BORNE_OUT] if against == [cell] else []


@pytest.fixture(scope="module")
def borne(gathered):
    """Return each statement with what became of it in each of its releases."""
    report = report_of(gathered.corpus, gathered.tried, gathered.settings, TODAY)
    return [(each.claim, found) for each in report.judged for found in each.borne]


def test_each_outcome_that_was_another_would_be_told_of_each_statement_about_it(gathered, borne):
    told = []
    for statement, found in borne:
        against = [each for each in found.cells if as_it_says(statement, each) is False]
        for at, cell in enumerate(found.cells):
            cells = (*found.cells[:at], turned(cell, found.bears), *found.cells[at + 1 :])
            (judged,) = judge_all((statement,), cells, gathered.settings.releases)
            findings = [(each.code, each.place) for each in getattr(judged.verdict, "findings", ())]
            codes = expected_codes(found.bears, cell, against)
            assert findings == [(code, statement.place) for code in codes], (statement.name, cell.tried.key)
            told += codes
    assert len(told) > 400
    assert set(told) == {Code.STATEMENT_CONTRADICTED, Code.STATEMENT_BORNE_OUT}


STATUS_CODE = re.compile(r"\b[1-5]\d\d\b")


def test_each_status_that_a_statement_about_a_failure_names_is_a_symptom_of_it(gathered):
    failing = [each for each in gathered.corpus.statements if each.says is Says.FAILS]
    named = {each.name: set(STATUS_CODE.findall(each.words.text)) for each in failing}
    assert {each.name: {symptom.pattern for symptom in each.symptoms} - {""} for each in failing} == named
    assert sum(map(bool, named.values())) >= 3


def test_each_run_that_failed_with_another_symptom_would_be_told_of_each_statement_about_it(gathered, borne):
    told = 0
    for statement, found in ((each, found) for each, found in borne if each.symptoms):
        for at, cell in enumerate(found.cells):
            other = replace(cell, tried=replace(cell.tried, symptom="otherwise", failed_with=frozenset()))
            cells = (*found.cells[:at], other, *found.cells[at + 1 :])
            (judged,) = judge_all((statement,), cells, gathered.settings.releases)
            findings = [(each.code, each.place) for each in getattr(judged.verdict, "findings", ())]
            assert findings == [(Code.STATEMENT_CONTRADICTED, statement.place)], (statement.name, cell.tried.key)
            told += 1
    assert told > 40


def is_testable(claim):
    """Return whether it does not say that no run can show it."""
    return not claim.words.untestable


BLOCK = re.compile(
    r"^( *)\.\. (statement|deployment-\w+|file|console|service|code-block|list-table|toctree)::.*\n(?:\1 +.*\n|\n)*",
    re.MULTILINE,
)
"""What speaks for itself: it is held against runs, or it is no sentence."""

HEAD = re.compile(r"^ *(?:\.\. [\w-]+::.*|:[\w-]+:(?: .*)?)\n", re.MULTILINE)
"""What is left of directives whose text counts, such as examples and tabs."""

PAGES = ("guide/index", "guide/prepare", "guide/features", "guide/standalone", "guide/uwsgi-http",
         "guide/mod-proxy-uwsgi", "guide/mod-wsgi", "glossary")  # fmt: skip
"""Not here: the pages that say what such words mean, and how they are held against runs."""

STATUS = re.compile(
    r"\b(works?|worked|fails?|failed|broken|supported|recommended|refuse[sd]?|removed|impossible|compatible|reliabl[ey]"
    r"|answers? with|ends? with|does not|do not|cannot|never|gone|missing|still there|any more)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.:]+[.:]")


@pytest.mark.parametrize("name", PAGES)
def test_no_sentence_says_outside_a_statement_what_works(project, name):
    text = (project / "doc" / f"{name}.rst").read_text(encoding="utf-8")
    prose = HEAD.sub("", BLOCK.sub("", text))
    assert len(prose) > 300
    found = [" ".join(each.split()) for each in SENTENCE.findall(prose) if STATUS.search(each)]
    assert found == []
