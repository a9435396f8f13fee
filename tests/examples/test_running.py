"""Runs of real shells and Pythons, from a plan to a record."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace

from affidavit.examples.again import drifted, is_same
from affidavit.examples.evidence import read_record, record_text
from affidavit.examples.fingerprint import fingerprint, inputs_of
from affidavit.examples.ground import Failed, Ground, Observed
from affidavit.examples.inputs import recorded_inputs
from affidavit.examples.plan import Run
from affidavit.examples.running import run_one
from affidavit.examples.sandbox.bubblewrap import find_bubblewrap
from affidavit.examples.sandbox.limits_only import find_limits_only
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.states import Evidence, Today, standing
from affidavit.examples.store import contents_of
from affidavit.examples.verdict import Mismatch
from affidavit.model.evidence import Outcome, Proof, State
from affidavit.model.examples import (
    Comparison,
    ConsoleStep,
    Example,
    Exchange,
    FileStep,
    Matching,
    PyconStep,
    Ready,
    ReadyKind,
    ServiceStep,
    Skip,
    Symptom,
)
from affidavit.model.inputs import FileInput
from affidavit.model.place import Place
from affidavit.model.runs import Promise

AT = Place("guide.rst", 3)
DAY = date(2030, 1, 1)


@pytest.fixture(scope="session", params=["bubblewrap", "limits"])
def sandbox(request, require_program):
    """Return each sandbox; where the system refuses it, the tests are skipped with its words."""
    require_program("bash", install="apt-get install bash")
    if request.param == "bubblewrap":
        require_program("bwrap", install="apt-get install bubblewrap")
    found = find_bubblewrap() if request.param == "bubblewrap" else find_limits_only()
    if isinstance(found, Unable):
        pytest.skip(f"{found.reason} {found.advice}")
    return found


@pytest.fixture(scope="session")
def ground(sandbox, tmp_path_factory):
    """Return a ground for all tests, so that each program is looked up once."""
    return Ground(tmp_path_factory.mktemp("sources"), sandbox)


@pytest.fixture
def folder(ground):
    return ground.folder


def console(*exchanges, **matching):
    lines = [
        Exchange(given, expected, Place("guide.rst", line), status)
        for line, (given, expected, status) in enumerate(exchanges, 5)
    ]
    return ConsoleStep(tuple(lines), AT, Matching(**matching))


def run_of(*steps, **options):
    return Run((Example("a", steps, AT, **options),), "")


def observed(run, ground):
    found = run_one(run, ground)
    assert isinstance(found, Observed), found
    record = found.record
    assert read_record(record_text(record)) == record
    return record


def state(run, record):
    contents = {each.source: each.hash for each in record.inputs if isinstance(each, FileInput)}
    today = Today(record.fingerprint, DAY, contents=contents)
    return standing(run, Evidence(record, Proof(DAY, 1)), today).state


STEPS = (
    FileStep("folder/a.txt", "one\ntwo", AT),
    console(("cd folder", "", 0), ("cat a.txt", "one\ntwo", 0), ("false", "", 1)),
    PyconStep((Exchange("1 + 1", "2", AT), Exchange("print('x')", None, AT)), AT),
)


def test_what_the_page_shows_is_seen_and_recorded(ground, folder):
    run = run_of(*STEPS)
    record = observed(run, ground)
    assert state(run, record) is State.PROVEN
    assert [(each.given, each.output, each.status) for each in record.seen] == [
        ("cd folder", "", 0),
        ("cat a.txt", "one\ntwo\n", 0),
        ("false", "", 1),
        ("1 + 1", "2\n", record.seen[3].status),
        ("print('x')", "x\n", record.seen[4].status),
    ]
    contents = contents_of(inputs_of(run), folder)
    assert (record.fingerprint, record.outcome) == (fingerprint(run, contents, ""), Outcome.FINISHED)
    assert record.inputs == recorded_inputs(run, contents)
    versions = dict(record.versions)
    assert "bash" in versions["bash"]
    assert versions["python3"].startswith("Python 3")
    assert record.sandbox == ground.sandbox.name


def test_setups_run_first_in_the_same_workspace(ground):
    before = Example("before", (console(("echo x > made", "", 0)),), AT)
    run = Run((before, Example("a", (console(("cat made", "x", 0)),), AT)), "")
    record = observed(run, ground)
    assert [each.given for each in record.seen] == ["echo x > made", "cat made"]
    assert state(run, record) is State.PROVEN


def test_a_file_of_the_repository_is_there_byte_for_byte(ground, folder):
    (folder / "data.bin").write_bytes(b"\xff\r\nx")
    run = run_of(FileStep("copy.bin", "", AT, source="data.bin"), console(("od -An -tx1 copy.bin", " ff 0d 0a 78", 0)))
    assert state(run, observed(run, ground)) is State.PROVEN


def test_a_file_of_the_repository_that_is_missing_fails_and_leaves_no_record(ground):
    found = run_one(run_of(FileStep("copy", "", AT, source="gone.txt")), ground)
    assert isinstance(found, Failed)
    assert "`gone.txt` cannot be read" in found.reason


OUTCOMES = [
    (console(("echo b", "a", 0)), {}, State.DRIFTED),
    (console(("exit 4", "", 0)), {}, State.DRIFTED),
    (console(("cat gone", "...", 1)), {"symptom": Symptom(1)}, State.PROVEN),
    (console(("cat gone", "...", 1)), {"symptom": Symptom(None, None, "No such file")}, State.PROVEN),
    (console(("true", "", 0)), {"symptom": Symptom(1)}, State.CONTRADICTED),
    (console(("(exit 3)", "", 3)), {"symptom": Symptom(4)}, State.CONTRADICTED),
]


@pytest.mark.parametrize(("step", "options", "expected"), OUTCOMES)
def test_what_is_seen_is_held_against_the_page(ground, step, options, expected):
    run = run_of(step, **options)
    assert state(run, observed(run, ground)) is expected


NEVER = (Ready(ReadyKind.PORT, "127.0.0.1:9"),)
BREAKING = [
    ((console(("echo begun; sleep 60", "", 0)),), {"timeout": 1}, "longer than 1 second, at a console step"),
    ((console(("exit 4", "", 4), ("true", "", 0)),), {}, "the session ended before its steps did, at a console step"),
    ((ServiceStep("echo my last words; exit 3", AT, NEVER, within=5),), {}, "my last words"),
    ((console(("mkdir a", "", 0)), FileStep("a", "x", AT)), {}, "a file could not be written, at the file `a`"),
]


@pytest.mark.parametrize(("steps", "options", "told"), BREAKING)
def test_a_run_that_breaks_off_says_why(ground, steps, options, told):
    record = observed(run_of(*steps, **options), ground)
    assert record.outcome is (Outcome.EXCEEDED if "timeout" in options else Outcome.BROKE_OFF)
    assert told in record.reason


def test_a_program_that_is_missing_makes_it_unable(ground):
    record = observed(run_of(*STEPS, needs=("no-such-program",)), ground)
    assert (record.outcome, record.reason, record.seen) == (Outcome.UNABLE, "`no-such-program` is not installed", ())


def test_a_program_that_is_there_has_its_version_in_the_record(ground):
    record = observed(run_of(*STEPS, needs=("sed",)), ground)
    assert "sed" in dict(record.versions)["sed"]


@pytest.mark.parametrize(("condition", "outcome"), [("true", Outcome.UNABLE), ("exit 1", Outcome.FINISHED)])
def test_it_is_skipped_where_its_condition_holds(ground, condition, outcome):
    record = observed(run_of(*STEPS, skips=(Skip(condition, "it needs more"),)), ground)
    assert (record.outcome, record.reason) == (outcome, "it needs more" if outcome is Outcome.UNABLE else "")


class Promising:
    """The same sandbox, of which less is known."""

    def __init__(self, sandbox, promises):
        self.name, self.started, self.promises = sandbox.name, sandbox.started, frozenset(promises)


def test_a_promise_that_is_missing_makes_it_unable(ground):
    less = Promising(ground.sandbox, set(Promise) - {Promise.MEMORY})
    record = observed(run_of(*STEPS), replace(ground, sandbox=less, asked=frozenset({Promise.MEMORY})))
    assert (record.outcome, "memory" in record.reason) == (Outcome.UNABLE, True)


def test_secrets_are_kept_out_of_the_record(ground):
    value = "correct-horse-battery"
    shown = replace(ground, variables=(("TOKEN", value),), secret=frozenset({"TOKEN"}))
    run = run_of(
        console(("echo $TOKEN; echo -n $TOKEN | base64", None, 0), ("echo ghp_$(printf %036d 7)", None, 0)),
        ServiceStep("echo end of $TOKEN; exit 1", AT, NEVER, within=5),
    )
    record = observed(run, shown)
    text = record_text(record)
    assert "end of <***>" in record.reason
    assert "<***>" in record.seen[0].output
    for word in (value, "Y29ycmVjdC1ob3JzZS", "0000000000007"):
        assert word not in text


VARYING = [
    console(("echo at $(date -Ins)", "at 2030-01-01T00:00:00,000000000+00:00", 0)),
    console(("echo took $RANDOM ms", "took ... ms", 0)),
    console(("echo took $RANDOM ms", r"took \d+ ms", 0), comparison=Comparison.REGEX),
    console(('echo "{\\"a\\": \\"$(date -Ins)\\", \\"b\\": 1}"', '{"b": 1}', 0), comparison=Comparison.JSON),
    console(("shuf -e a b c d e f", "a\nb\nc\nd\ne\nf", 0), unordered=True),
    console(("date -Ins", None, 0)),
]


@pytest.mark.parametrize("step", VARYING)
def test_runs_that_differ_in_what_changes_anyway_are_the_same(ground, step):
    run = run_of(step)
    first, second = observed(run, ground), observed(run, ground)
    assert state(run, first) is State.PROVEN
    assert is_same(run, first, second)
    assert drifted(run, first, second) == ()


def test_what_only_the_record_tells_may_drift(ground, folder):
    (folder / "data").write_text("old\n")
    run = run_of(FileStep("data", "", AT, source="data"), console(("cat data; true", None, 0)))
    first = observed(run, ground)
    second = replace(first, seen=(replace(first.seen[0], output="new\n"),))
    (differing,) = drifted(run, first, second)
    assert isinstance(differing.verdict, Mismatch)
    assert (differing.exchange.given, differing.verdict.expected, differing.verdict.seen) == (
        "cat data; true",
        ("old",),
        ("new",),
    )
    assert not is_same(run, first, second)
    assert drifted(run, replace(first, fingerprint="sha256:1"), second) == ()


def test_the_workspace_is_kept_where_one_is_given(ground):
    with TemporaryDirectory() as kept:  # its parents are open to the user that root's steps run as
        run_one(run_of(*STEPS), ground, Path(kept))
        assert (Path(kept) / "folder/a.txt").read_text() == "one\ntwo\n"


def test_the_folder_of_a_run_has_one_name_everywhere(ground):
    run = run_of(console(("pwd", "/workspace", 0)))
    assert state(run, observed(run, ground)) is State.PROVEN
