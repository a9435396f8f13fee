"""Several probes of one setup: served by one start, and none takes the verdict of another down."""

import pytest
from msgspec.structs import replace

from affidavit.examples.ground import Ground, Observed
from affidavit.examples.plan import plan
from affidavit.examples.running import run_one
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.together import key_of, run_together
from affidavit.model.evidence import Outcome
from affidavit.model.examples import (
    ConsoleStep,
    Example,
    Exchange,
    FileStep,
    HttpStep,
    PyconStep,
    Ready,
    ReadyKind,
    ServiceStep,
    Skip,
    Symptom,
)
from affidavit.model.place import Place
from affidavit.model.runs import MIB, Limits

AT = Place("guide.rst", 3)
SERVER = "python3 -u -m http.server 8080 --bind 127.0.0.1"
READY = (Ready(ReadyKind.PORT, "127.0.0.1:8080"),)


def console(*exchanges):
    whole = ((*each, 0) if len(each) == 2 else each for each in exchanges)
    return ConsoleStep(tuple(Exchange(given, shown, AT, status) for given, shown, status in whole), AT)


SETUP = Example(
    "server",
    (
        FileStep("page", "hello", AT),
        console(("cd /tmp && NAME=value && greet() { echo hi; }", ""), ("alias bye='echo bye'", "")),
        ServiceStep(f"cd /workspace; echo start >> starts; exec {SERVER}", AT, READY),
    ),
    AT,
    setup_for="web",
)


def probe(name, *steps, **options):
    return Example(name, steps, AT, probe="feature", **options)


GET = probe(
    "get", HttpStep((Exchange("GET /page HTTP/1.1", "HTTP/1.1 200 OK\n\nhello", AT, 200),), "http://127.0.0.1:8080", AT)
)
STATE = probe(
    "state", console(("echo $NAME $PWD; greet; bye", "value /tmp\nhi\nbye"), ("NAME=other; cd /; exec 2>/dev/null", ""))
)
AGAIN = probe("again", console(("echo $NAME $PWD; wc -l < /workspace/starts", "value /tmp\n1"), ("(exit 3)", "", 3)))
PYTHON = probe("python", PyconStep((Exchange("x = globals().get('y', 1); y = 2; x", "1", AT),), AT))
OTHER = probe("other", PyconStep((Exchange("x = globals().get('y', 1); x", "1", AT),), AT))
OWN = probe("own", ServiceStep(SERVER.replace("8080", "8081"), AT, (Ready(ReadyKind.PORT, "127.0.0.1:8081"),)))
OWN_TOO = replace(OWN, name="own-too")
GOOD = (GET, STATE, AGAIN, PYTHON, OTHER, OWN, OWN_TOO)


class Counting:
    """The sandbox, and how many jobs it started that have steps of the setup."""

    def __init__(self, sandbox):
        self.name, self.promises = sandbox.name, sandbox.promises
        self._sandbox = sandbox
        self.starts = []

    def started(self, job, workspace, mark):
        if any(isinstance(step, ServiceStep) for step in job.steps):
            self.starts.append(len(job.parts))
        return self._sandbox.started(job, workspace, mark)


@pytest.fixture(scope="module")
def ground(require_program, tmp_path_factory):
    require_program("bwrap", install="apt-get install bubblewrap")
    sandbox = choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    return Ground(tmp_path_factory.mktemp("sources"), Counting(sandbox))


@pytest.fixture
def starts(ground):
    ground.sandbox.starts.clear()
    return ground.sandbox.starts


def together(runs, ground):
    """Run them, and return what was observed of each."""
    found = run_together(runs, ground)
    seen = [each for each in found if isinstance(each, Observed)]
    assert len(seen) == len(runs), found
    return seen


def alone(run, ground):
    (found,) = (each for each in [run_one(run, ground)] if isinstance(each, Observed))
    return found


def cells(*probes, setup=SETUP):
    return [run for run in plan([setup, *probes], ()).runs if run.setup]


def test_one_start_serves_all_probes_and_each_is_recorded_as_alone(ground, starts):
    runs = cells(*GOOD)
    assert len({key_of(run) for run in runs}) == 1
    found = together(runs, ground)
    assert starts == [len(GOOD)]
    for one, other in zip(found, [alone(run, ground) for run in runs], strict=True):
        assert one.record == other.record
        assert (one.shared, other.shared) == (True, False)
        assert one.seconds > 0


def test_the_setup_alone_is_what_all_probes_pass_first(ground, starts):
    # Times are told in hundredths of a second, in which a probe that takes less would not be seen.
    runs = plan([SETUP, probe("get", console(("sleep 0.1", ""))), AGAIN], ()).runs
    assert (len(runs), len({key_of(run) for run in runs})) == (3, 1)
    found = together(runs, ground)
    assert starts == [3]
    assert [each.record for each in found] == [alone(run, ground).record for run in runs]
    assert 0 < found[0].seconds < found[1].seconds


FALLING = [
    ServiceStep("echo why; exit 3", AT, READY),
    ServiceStep("sleep 60", AT, READY, within=0.3),
    FileStep("../outside", "refused", AT),
]


@pytest.mark.parametrize("step", FALLING)
def test_where_the_setup_itself_ends_early_twice_is_enough(ground, starts, step):
    server = ServiceStep("sleep 60", AT)
    runs = plan([replace(SETUP, steps=(server, step)), GET, AGAIN, STATE], ()).runs
    found = together(runs, ground)
    assert starts == [4, 0]
    assert [each.shared for each in found] == [False, True, True, True]
    assert [each.record for each in found] == [alone(run, ground).record for run in runs]


BREAKING = [
    ("the shell ends", probe("bad", console(("exit 4", "", 4), ("echo never", "never"))), Outcome.BROKE_OFF, [3, 0, 2]),
    ("time is up", probe("bad", console(("sleep 60", "")), timeout=1.5), Outcome.EXCEEDED, [3, 0, 2]),
    ("the server dies", probe("bad", console(("pkill -f http.server; sleep 0.5", ""))), Outcome.FINISHED, [3, 2]),
    ("it is not as shown", probe("bad", console(("echo b", "a"))), Outcome.FINISHED, [3, 0]),
    ("it does not fail", probe("bad", console(("true", "")), symptom=Symptom(1)), Outcome.FINISHED, [3, 0]),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "outcome", "counted"), [row[1:] for row in BREAKING], ids=[row[0] for row in BREAKING])
def test_a_probe_that_goes_wrong_takes_no_other_down(ground, starts, bad, outcome, counted):
    first, *others = together(cells(bad, GET, AGAIN), ground)
    assert first.record.outcome is outcome
    assert [each.record.outcome for each in others] == [Outcome.FINISHED] * 2
    assert [each.record == alone(run, ground).record for each, run in zip(others, cells(GET, AGAIN), strict=True)] == [
        True
    ] * 2
    assert starts[: len(counted)] == counted


def test_what_needs_what_others_left_does_not_count(ground):
    """It is as its page shows only because of the other: alone it is not, which a run of it alone shows."""
    leaves = probe("leaves", console(("echo left > /workspace/left; ls /workspace/seen", "...", 2)))
    sees = probe("sees", console(("ls /workspace/left", "...", 2)))
    found = together(cells(leaves, sees), ground)
    assert [each.shared for each in found] == [True, False]
    assert found[1].record.seen[-1].status == 2


def test_a_probe_that_used_too_much_does_not_count_because_the_next_one_made_room(ground, starts):
    """What the end of the part shows breaks it off; those before it may have had a share in that, and run alone."""
    fills = probe("fills", console(("head -c 12M /dev/zero >/workspace/full 2>/dev/null; true", "")))
    clears = probe("clears", console(("rm -f /workspace/full", "")))
    found = together(cells(GET, fills, clears, AGAIN), replace(ground, limits=Limits(disk=8 * MIB)))
    assert [each.record.outcome for each in found] == [
        Outcome.FINISHED, Outcome.EXCEEDED, Outcome.FINISHED, Outcome.FINISHED,
    ]  # fmt: skip
    assert [each.shared for each in found] == [False, False, True, True]
    assert starts == [4, 0, 0, 2]


APART = [
    cells(replace(GET, setup=("more",)), Example("more", (console(("true", "")),), AT)),
    cells(GET, setup=replace(SETUP, steps=(*SETUP.steps, PyconStep((Exchange("1", "1", AT),), AT)))),
    cells(replace(GET, skips=(Skip("true", "why"),))),
    plan([replace(SETUP, setup_for="")], ()).runs,
]


@pytest.mark.parametrize("runs", APART)
def test_what_cannot_share_a_start_has_one_of_its_own(runs):
    assert runs
    assert {key_of(run) for run in runs} == {None}


def test_the_network_and_the_environment_keep_probes_apart():
    runs = plan([replace(SETUP, environments=("a", "b")), GET, replace(STATE, network=True)], ("a", "b")).runs
    assert len({key_of(run) for run in runs if run.setup}) == 4
