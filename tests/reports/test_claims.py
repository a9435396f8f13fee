"""claims.json keeps to its schema, whatever is reported."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError
from msgspec.structs import replace

from affidavit.model.cells import Borne, Cell, Showed, Subject, Try
from affidavit.model.claims import Card, Failure, Link, NoteRef, Stage, Status, Term
from affidavit.model.codes import Code
from affidavit.model.evidence import Outcome, Proof, Record, State
from affidavit.model.examples import Example, Symptom
from affidavit.model.place import Place
from affidavit.model.releases import Interval
from affidavit.model.report import Accepted, Judged, Observed, Report, RunState
from affidavit.model.statements import About, Bears, Says, Statement, Words
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Unproven
from affidavit.reports import claims

SCHEMA = json.loads(claims.schema())
VALIDATOR = Draft202012Validator(SCHEMA)

places = st.builds(Place, st.text(), st.integers(0, 9999), st.text())
findings = st.builds(Finding, st.sampled_from(Code), places, st.text(), st.text())
links = st.builds(Link, st.text(), places)
notes = st.builds(NoteRef, st.text(), st.text(), st.text(), st.text(), places)
failures = st.builds(Failure, st.text(), st.text(), st.text(), places)
intervals = st.builds(Interval, st.text(), st.text())
stages = st.builds(
    Stage, intervals, st.sampled_from(Status), st.text(), st.lists(failures, max_size=2).map(tuple), places
)
cards = st.builds(
    Card, st.text(), st.text(), st.text(), st.lists(stages, max_size=2).map(tuple),
    st.lists(notes, max_size=2).map(tuple), places,
)  # fmt: skip
terms = st.builds(Term, st.lists(st.text(), min_size=1).map(tuple), st.just(()), st.lists(links).map(tuple), places)
examples = st.builds(Example, st.text(), st.just(()), places)
named = st.text(min_size=1)
several = st.lists(st.text(), max_size=2).map(tuple)
statements = st.tuples(  # not by `builds`, which reads types, of which one is known to type checkers alone
    named, st.builds(Words, named, st.text(), st.text(), st.text()), places,
    st.builds(About, several, several, several, several), st.sampled_from(Says),
    st.lists(intervals, max_size=2).map(tuple), st.lists(intervals, max_size=2).map(tuple),
    st.lists(notes, max_size=2).map(tuple),
).map(lambda parts: Statement(*parts))  # fmt: skip
tries = st.builds(
    Try, st.builds(Subject, st.text(), st.text(), st.text(), st.text()), named, named, named, places,
    st.sampled_from(State), st.text(), st.sampled_from(Showed),
)  # fmt: skip
tried = st.builds(Cell, st.text(), st.text(), st.text(), st.text(), tried=st.none() | tries)
borne = st.builds(Borne, st.text(), st.sampled_from(Bears), st.lists(tried, max_size=2).map(tuple), st.integers(0, 9))
records = st.builds(
    Record, named, st.sampled_from(Outcome), st.just(()),
    st.dictionaries(st.text(), st.text(), max_size=2).map(lambda found: tuple(found.items())), named, named,
)  # fmt: skip
proofs = st.builds(Proof, st.dates(), st.floats(0, 1e6))
runs = st.builds(
    RunState, named, st.sampled_from(State), st.text(), st.text(), st.none() | records, st.none() | proofs, st.text()
)
verdicts = st.one_of(
    st.builds(Holds, st.text()),
    st.builds(Refuted, st.lists(findings, min_size=1).map(tuple)),
    st.builds(Unable, st.text()),
    st.builds(Moved, st.text(), findings),
    st.just(Unproven()),
)
numbers = st.integers(0, 999)
observed = st.builds(Observed, st.text(), numbers, numbers, trouble=st.text(), reason=st.text())
reports = st.builds(
    Report,
    st.lists(
        st.builds(Judged, st.one_of(notes, cards, terms), verdicts)
        | st.builds(Judged, examples, verdicts, runs=st.lists(runs, max_size=2).map(tuple))
        | st.builds(Judged, statements, verdicts, borne=st.lists(borne, max_size=2).map(tuple))
        | st.builds(Judged, links, verdicts, st.none() | observed),
        max_size=4,
    ).map(tuple),
    st.lists(findings, max_size=3).map(tuple),
    st.lists(st.builds(Accepted, findings, st.text(min_size=1)), max_size=2).map(tuple),
    st.integers(0, 99),
)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@given(reports)
def test_every_report_keeps_to_the_schema(report):
    told = json.loads(claims.render(report))
    VALIDATOR.validate(told)
    assert sum(len(each["places"]) for each in told["claims"]) == len(report.judged)
    assert sum(told["summary"]["verdicts"].values()) == len(told["claims"])


HERE = Place("index.rst", 4, "index")
THERE = Place("index.rst", 9, "index")
BROKEN = Finding(Code.LINK_BROKEN, HERE, "It is gone.", "Mend it.")
REPORT = Report(
    (
        Judged(Link("https://a.example/", HERE), Refuted((BROKEN,)), Observed("https://b.example/", 404, 1)),
        Judged(Link("https://a.example/", THERE), Refuted((replace(BROKEN, place=THERE),))),
        Judged(
            Card("one", "One", "", (Stage(Interval("1", ""), Status.BROKEN, "Why.", (), HERE),), (), HERE), Unproven()
        ),
    ),
    (BROKEN,),
    (Accepted(BROKEN, "It moves."),),
    3,
)


def test_what_is_told():
    told = json.loads(claims.render(REPORT))
    place = {"document": "index", "file": "index.rst", "line": 4}
    assert told["summary"] == {
        "claims": 2,
        "verdicts": {"broken": 1, "not-yet-proven": 1},
        "errors": 1,
        "accepted": 1,
        "links_not_checked": 3,
    }
    assert told["claims"][0] == {
        "kind": "link",
        "target": "https://a.example/",
        "verdict": "broken",
        "code": "link-broken",
        "reason": "It is gone.",
        "places": [place, place | {"line": 9}],
        "observed": {"final": "https://b.example/", "status": 404, "redirects": 1},
    }
    assert told["claims"][1]["stages"] == [{"releases": "1..", "status": "broken", "reason": "Why.", "fails": []}]
    assert told["findings"][0]["severity"] == "error"
    assert told["accepted"][0]["accepted_because"] == "It moves."


RECORD = Record("sha256:0", Outcome.FINISHED, (), (("curl", "8"), ("bash", "5")), "Linux x86_64", "bubblewrap")
RUN = RunState("one/here", State.EXPIRED, "Why.", "", RECORD, Proof(date(2030, 1, 31), 0.5), "evidence/one/here.json")


def test_what_is_told_of_runs():
    runs = (RUN, RunState("one/old", State.NOT_YET_PROVEN, environment="old"))
    judged = Judged(Example("one", (), HERE), Unproven(), runs=runs)
    first, second = json.loads(claims.render(Report((judged,))))["claims"][0]["runs"]
    assert first == {
        "key": "one/here",
        "state": "expired",
        "reason": "Why.",
        "record": "evidence/one/here.json",
        "fingerprint": "sha256:0",
        "outcome": "finished",
        "platform": "Linux x86_64",
        "sandbox": "bubblewrap",
        "versions": {"bash": "5", "curl": "8"},
        "date": "2030-01-31",
        "seconds": 0.5,
    }
    assert second == {"key": "one/old", "state": "not yet proven", "environment": "old"}


def test_the_states_of_runs_are_those_of_the_code():
    run = SCHEMA["$defs"]["run"]["properties"]
    assert (run["state"]["enum"], run["outcome"]["enum"]) == (list(State), list(Outcome))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], 1),
        (["claims", 0, "verdict"], "true"),
        (["claims", 0, "kind"], "example"),
        (["claims", 0, "places"], []),
        (["claims", 0, "stages"], []),
        (["claims", 1, "stages", 0, "status"], "fine"),
        (["claims", 1, "code"], "link-broken"),
        (["findings", 0, "severity"], "fatal"),
        (["findings", 0, "accepted_because"], "x"),
        (["accepted", 0, "accepted_because"], ""),
        (["summary", "errors"], -1),
        (["claims", 1, "observed"], {"final": "", "status": 200}),
        (["claims", 0, "observed", "status"], "200"),
        (["claims", 0, "verdict"], "holds"),
        (["seen"], str(date(2030, 1, 31))),
        (["claims", 0, "runs"], []),
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_not_described(path, value):
    told = json.loads(claims.render(REPORT))
    inner = told
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(ValidationError):
        VALIDATOR.validate(told)


@given(reports)
def test_each_claim_has_a_line_of_its_own(report):
    lines = [json.loads(line.rstrip(",")) for line in claims.render(report).split("\n") if line.startswith('{"kind"')]
    assert lines == json.loads(claims.render(report))["claims"]


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Holds(), "holds"),
        (Moved("https://b.example/", replace(BROKEN, code=Code.LINK_MOVED)), "moved"),
        (Refuted((BROKEN,)), "broken"),
        (Refuted((replace(BROKEN, code=Code.ANCHOR_MISSING),)), "anchor-missing"),
        (Refuted((replace(BROKEN, code=Code.SOFT_404),)), "soft-404"),
        (Unable("Why."), "unable"),
    ],
    ids=str,
)
def test_the_words_for_the_verdicts_on_links(verdict, word):
    (claim,) = json.loads(claims.render(Report((Judged(Link("https://a.example/", HERE), verdict),))))["claims"]
    assert claim["verdict"] == word


FAILURE = Failure("upload", "413 Too Large", "", HERE, Symptom(http_status=413))
TRY = Try(
    Subject("proxy", "plain", "upload", "app-3"),
    key="server/upload-it@app-3",
    example="upload-it",
    setup="server",
    place=HERE,
    state=State.PROVEN_ELSEWHERE,
    reason="on Linux",
    showed=Showed.FAILS,
    symptom="HTTP/1.1 413 Too Large",
    versions=(("httpd", "2.4"), ("bash", "5")),
    platform="Linux",
    sandbox="bubblewrap",
    day=date(2030, 1, 31),
    record="evidence/x.json",
)
STAGE = Stage(Interval("3.0", ""), Status.SUPPORTED, "", (FAILURE,), HERE)


def test_a_cell_tells_what_is_declared_and_what_a_run_showed():
    cells = (Cell("proxy", "plain", "upload", "3.0", STAGE, FAILURE, TRY), Cell("proxy", "", "stop", "3.0", STAGE))
    told = json.loads(claims.render(Report(cells=cells)))
    VALIDATOR.validate(told)
    assert told["cells"] == [
        {
            "method": "proxy",
            "variant": "plain",
            "feature": "upload",
            "release": "3.0",
            "status": "supported",
            "fails": True,
            "declared_symptom": "413 Too Large",
            "state": "proven elsewhere",
            "verdict": "fails",
            "environment": "app-3",
            "setup": "server",
            "example": "upload-it",
            "run": "server/upload-it@app-3",
            "record": "evidence/x.json",
            "versions": {"bash": "5", "httpd": "2.4"},
            "platform": "Linux",
            "sandbox": "bubblewrap",
            "symptom": "HTTP/1.1 413 Too Large",
            "reason": "on Linux",
            "date": "2030-01-31",
        },
        {
            "method": "proxy",
            "variant": "",
            "feature": "stop",
            "release": "3.0",
            "status": "supported",
            "fails": False,
            "state": "not yet proven",
            "verdict": "nothing",
        },
    ]
