"""What evidence makes of an example, case by case."""

from datetime import date

import pytest
from msgspec.structs import replace
from packaging.specifiers import SpecifierSet

from affidavit.examples.environments.pins import Pin, Pins, Unlike
from affidavit.examples.inputs import recorded_inputs
from affidavit.examples.plan import Run
from affidavit.examples.states import Evidence, Standing, Today, standing
from affidavit.examples.tracebacks import HEAD
from affidavit.model.evidence import Outcome, Proof, Record, Seen, State
from affidavit.model.examples import ConsoleStep, Example, Exchange, FileStep, HttpStep, PyconStep, ServiceStep, Symptom
from affidavit.model.inputs import FileInput
from affidavit.model.place import Place

AT = Place("guide.rst", 3)


def console(*exchanges):
    return ConsoleStep(tuple(Exchange(given, expected, AT, status) for given, expected, status in exchanges), AT)


CURL = console(("curl -T big.raw URL", "HTTP/1.1 413 Content Too Large\n...", 22))
STEPS = (
    FileStep("a.conf", "Listen 80\n", AT),
    ServiceStep("server", AT),
    console(("echo a", "a", 0), ("true", "", 0), ("date", None, 0)),
    PyconStep(
        (Exchange("1 / 0", "Traceback (most recent call last):\n...\nZeroDivisionError: division by zero", AT),), AT
    ),
    HttpStep((Exchange("GET / HTTP/1.1", "HTTP/1.1 200 OK", AT, 200),), "http://127.0.0.1:80", AT),
)
SEEN = (
    Seen("echo a", "a\n", 0),
    Seen("true", "", 0),
    Seen("date", "today\n", 0),
    Seen("1 / 0", f'{HEAD}\n  File "x", line 9\nZeroDivisionError: division by zero\n'),
    Seen("GET / HTTP/1.1", "HTTP/1.1 200 Fine\r\nServer: x\r\n\r\n", 200),
)
RUN = Run((Example("a", STEPS, AT),), "")
RECORD = Record("sha256:00", Outcome.FINISHED, SEEN, (("python", "3.11"),), "Linux", "bubblewrap")
PROOF = Proof(date(2030, 1, 1), 2)
NOW = Today("sha256:00", date(2030, 1, 31))


def state(record=RECORD, proof=PROOF, today=NOW, run=RUN):
    return standing(run, Evidence(record, proof), today)


def seen(at, **changes):
    return replace(RECORD, seen=tuple(replace(each, **changes) if n == at else each for n, each in enumerate(SEEN)))


def test_what_a_run_saw_as_the_page_shows_it_is_proven():
    assert state() == Standing(State.PROVEN)


CASES = [
    (None, PROOF, NOW, State.NOT_YET_PROVEN),
    (RECORD, None, NOW, State.NOT_YET_PROVEN),
    (RECORD, PROOF, replace(NOW, fingerprint="sha256:01"), State.STALE),
    (replace(RECORD, seen=(*SEEN, Seen("rm x", "", 0))), PROOF, NOW, State.STALE),
    (replace(RECORD, seen=SEEN[:-1]), PROOF, NOW, State.STALE),
    (seen(0, given="echo b"), PROOF, NOW, State.STALE),
    (replace(RECORD, outcome=Outcome.UNABLE, reason="no uwsgi", seen=()), PROOF, NOW, State.UNABLE),
    (replace(RECORD, outcome=Outcome.BROKE_OFF, reason="the service died"), PROOF, NOW, State.DRIFTED),
    (seen(0, output="b\n"), PROOF, NOW, State.DRIFTED),
    (seen(0, status=1), PROOF, NOW, State.DRIFTED),
    (seen(1, output="surprise\n"), PROOF, NOW, State.DRIFTED),
    (seen(3, output="Traceback (most recent call last):\nValueError: x\n"), PROOF, NOW, State.DRIFTED),
    (seen(4, output="HTTP/1.1 500 No\r\n\r\n", status=500), PROOF, NOW, State.DRIFTED),
    (seen(2, output="tomorrow\n"), PROOF, NOW, State.PROVEN),
    (RECORD, PROOF, replace(NOW, most_days=29), State.EXPIRED),
    (RECORD, PROOF, replace(NOW, most_days=30), State.PROVEN),
    (RECORD, PROOF, replace(NOW, platform="Darwin"), State.PROVEN_ELSEWHERE),
    (RECORD, PROOF, replace(NOW, platform="Linux"), State.PROVEN),
    (seen(0, output="b\n"), PROOF, replace(NOW, most_days=1, platform="Darwin"), State.DRIFTED),
]


@pytest.mark.parametrize(("record", "proof", "today", "expected"), CASES)
def test_each_case_has_its_state(record, proof, today, expected):
    assert state(record, proof, today).state is expected


def test_versions_are_held_against_the_lock_before_the_fingerprint_that_has_it_in_it():
    pins = Pins(packages=(Pin("app", (SpecifierSet("==2"),), everywhere=True),))
    today = replace(NOW, fingerprint="sha256:01", pins=pins)
    found = state(replace(RECORD, versions=(("app", "1"),)), today=today)
    assert found == Standing(State.STALE, "it ran with app 1, and the lock has 2")
    unable = replace(RECORD, outcome=Outcome.UNABLE, reason="no uwsgi", seen=())
    assert state(unable, today=replace(NOW, pins=pins)) == Standing(State.UNABLE, "no uwsgi")


def test_every_version_that_is_another_is_kept_of_a_record_that_knows_what_acted():
    pin = Pin("app", (SpecifierSet("==2"),), everywhere=True, line=7)
    pins = Pins(packages=(pin, replace(pin, name="b", locked=(SpecifierSet("==3"),), line=9)))
    record = replace(RECORD, inputs=recorded_inputs(RUN, {}), versions=(("app", "1"),))
    found = state(record, today=replace(NOW, pins=pins))
    assert found.unlike == (Unlike("app", "1", "2", 7), Unlike("b", "", "3", 9))
    assert found.reason == "it ran with app 1, and the lock has 2"
    assert state(replace(record, inputs=None), today=replace(NOW, pins=pins)).unlike == ()


WITHIN = replace(RUN, environment="one")
KNOWING = replace(RECORD, inputs=recorded_inputs(RUN, {}))
REMADE = [
    (KNOWING, WITHIN, True),
    (KNOWING, RUN, False),
    (replace(KNOWING, inputs=None), WITHIN, False),
    (replace(KNOWING, outcome=Outcome.BROKE_OFF, seen=SEEN[:2]), WITHIN, False),
    (replace(KNOWING, seen=(*SEEN, Seen("rm x", "", 0))), WITHIN, False),
]


@pytest.mark.parametrize(("record", "run", "remade"), REMADE)
def test_where_only_its_environment_can_be_another_it_was_remade(record, run, remade):
    found = state(record, run=run, today=replace(NOW, fingerprint="sha256:01"))
    assert (found.state, found.remade) == (State.STALE, remade)
    assert found.reason.endswith("has changed since it was run") == (found.place is None)


def test_where_a_page_has_changed_is_told_where_a_record_knows_what_it_was():
    inputs = recorded_inputs(RUN, {})
    record = replace(RECORD, inputs=inputs)
    assert state(record) == Standing(State.PROVEN)
    other = replace(record, inputs=(FileInput("a.conf", "Listen 81\n"), *inputs[1:]))
    told = "line 1 of the file `a.conf` was `Listen 81` when it was run"
    for today in (NOW, replace(NOW, fingerprint="sha256:01")):
        assert state(other, today=today) == Standing(State.STALE, told, place=AT)
    found = state(record, today=replace(NOW, fingerprint="sha256:01"))
    assert found == Standing(State.STALE, "it has changed since it was run")


def test_what_differs_is_named_with_its_place():
    found = state(seen(0, output="b\n"))
    (differing,) = found.differing
    assert differing.exchange.given == "echo a"
    assert found.reason == "it does not give what the page shows"


FAILURES = [
    (Symptom(22, None, "413"), 22, "HTTP/1.1 413 Content Too Large\nx\n", "", State.PROVEN),
    (Symptom(), 22, "HTTP/1.1 413 Content Too Large\nx\n", "", State.PROVEN),
    (Symptom(7), 22, "HTTP/1.1 413 Content Too Large\nx\n", "", State.CONTRADICTED),
    (Symptom(22), 0, "HTTP/1.1 201 Created\n", "", State.CONTRADICTED),
    (Symptom(22), 22, "HTTP/1.1 413 No\nx\n", "", State.DRIFTED),
    (Symptom(pattern="died"), None, "", "the service died", State.PROVEN),
    (Symptom(pattern="hung"), None, "", "the service died", State.CONTRADICTED),
    (Symptom(pattern="("), 22, "x\n", "", State.CONTRADICTED),
]


@pytest.mark.parametrize(("symptom", "status", "output", "reason", "expected"), FAILURES)
def test_a_documented_failure_must_fail_in_its_way(symptom, status, output, reason, expected):
    run = Run((Example("a", (CURL,), AT, symptom=symptom),), "")
    came = () if reason else (Seen("curl -T big.raw URL", output, status),)
    outcome = Outcome.BROKE_OFF if reason else Outcome.FINISHED
    record = replace(RECORD, seen=came, outcome=outcome, reason=reason)
    found = state(record, run=run)
    assert found.state is expected
    assert found.reason.endswith(f" It ended early: {reason}.") is (expected is State.CONTRADICTED and reason != "")


def test_a_corrected_page_needs_no_new_run():
    page = Run((Example("a", (console(("echo a", "b", 0)),), AT),), "")
    record = replace(RECORD, seen=SEEN[:1])
    assert state(record, run=page).state is State.DRIFTED
    corrected = Run((Example("a", (console(("echo a", "a", 0)),), AT),), "")
    assert state(record, run=corrected).state is State.PROVEN
