"""How long runs took: told apart by what was started for them, and what each took itself."""

import pytest
from tests.examples.test_together import SETUP, console, probe

from affidavit.examples.durations import Durations
from affidavit.examples.ground import Failed, Ground, Observed
from affidavit.examples.nested import run_nested
from affidavit.examples.plan import Run, plan
from affidavit.examples.running import run_one
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.starts import Start, seconds_before
from affidavit.examples.together import run_together
from affidavit.model.evidence import Outcome, Record
from affidavit.model.examples import Example
from affidavit.model.place import Place
from affidavit.model.runs import End, Ran

RECORD = Record("sha256:0", Outcome.FINISHED, (), (), "Linux", "none")
AT = Place("guide.rst", 3)
LONG = Example("long", (console(("sleep 0.6", "")),), AT, setup_for="web")
FIRST = probe("first", console(("sleep 0.1", "")))
SECOND = probe("second", console(("sleep 0.3", "")))
OTHERWISE = probe("otherwise", console(("echo a", "b")))


@pytest.fixture(scope="module")
def ground(tmp_path_factory, require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    return Ground(tmp_path_factory.mktemp("repository"), sandbox)


def cells(*probes):
    return [run for run in plan([LONG, *probes], ()).runs if run.setup]


def times(found):
    """Return what a run took itself, and the start that it had."""
    assert isinstance(found, Observed)
    assert found.own + (found.start.seconds if found.start else 0) == pytest.approx(found.seconds, abs=0.015)
    return found.own, found.start


def test_probes_that_share_a_start_share_its_time_and_have_their_own(ground):
    (first, start), (second, same) = map(times, run_together(cells(FIRST, SECOND), ground))
    assert start is same is not None
    assert start.seconds >= 0.6
    assert 0.1 <= first < second
    assert second >= 0.3


def test_a_probe_that_ran_again_had_a_start_of_its_own(ground):
    (_, start), (_, other) = map(times, run_together(cells(FIRST, OTHERWISE), ground))
    assert start is not other
    assert other.seconds >= 0.6


def test_what_has_nothing_before_it_has_no_start(ground):
    (run,) = plan([LONG], ()).runs
    own, start = times(run_one(run, ground))
    assert start is None
    assert own >= 0.6


def test_runs_that_one_passed_took_what_was_between_them(ground):
    one = Example("one", (console(("sleep 0.6", "")),), AT)
    two = Example("two", (console(("sleep 0.1", "")),), AT, setup=("one",))
    three = Example("three", (console(("true", "")),), AT, setup=("two",))
    runs = plan([one, two, three], ()).runs
    found = [each for each in run_nested(runs, ground) if isinstance(each, Observed)]
    assert [each.start for each in found] == [None, None, None]
    assert found[0].own == found[0].seconds >= 0.6
    assert 0.1 <= found[1].own < 0.6 < found[1].seconds < found[2].seconds
    second, third = (each for each in run_nested(runs[1:], ground) if isinstance(each, Observed))
    assert second.start is not None
    assert second.start is third.start
    assert second.start.seconds >= 0.6


GET, PUT = (Run((SETUP, each), "old", SETUP) for each in (probe("get"), probe("put")))
PLAIN = Run((Example("plain", (), AT),), "")
ONCE, TWICE = Start(9.5), Start(12.25)


@pytest.fixture
def durations():
    found = Durations()
    for run, seconds, own, start in [
        (GET, 10, 0.5, ONCE),
        (PUT, 10.5, 1.0, ONCE),
        (GET, 13, 0.75, TWICE),
        (PLAIN, 2, 2, None),
    ]:
        found.add(run, Observed(RECORD, seconds, own=own, start=start))
    found.add(PLAIN, Failed("It could not be tried."))
    found.add(Run((Example("unable", (), AT),), ""), Observed(RECORD))
    return found


LINES = [
    "  12.25 s  start  server/old (2 times, from 9.50 s on)",
    "   2.00 s  run    plain/here",
    "   1.00 s  run    server/put@old",
    "   0.75 s  run    server/get@old (2 times, from 0.50 s on)",
]


@pytest.mark.parametrize("most", [0, 4, 5])
def test_a_start_is_told_once_however_many_it_served(durations, most):
    assert list(durations.lines(most)) == ["Longest first:", *LINES]


def test_so_many_are_told_as_are_asked_for(durations):
    assert list(durations.lines(2)) == ["The 2 of 4 that took longest:", *LINES[:2]]


def test_where_nothing_ran_nothing_is_told():
    assert list(Durations().lines(0)) == []


def test_what_ended_before_its_first_step_had_nothing_before_it():
    assert seconds_before(PLAIN, Ran(End.TIMED_OUT, seconds=3)) == 0
