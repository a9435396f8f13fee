"""What runs the steps, as it is spoken to from outside: by any Python, and without trust."""

import ast
import json
import marshal
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from msgspec.structs import force_setattr
from tests.examples.sandbox.jobs import SMALL, console, job, outputs, pycon

from affidavit.examples.inside import MODULES
from affidavit.examples.inside.limits import Usage
from affidavit.examples.inside.watch import Watch
from affidavit.examples.sandbox import limits_only as limits_only_module
from affidavit.examples.sandbox.limits_only import LimitsOnly
from affidavit.examples.sandbox.program import OLD, boot_arguments, program_parcel
from affidavit.examples.sandbox.reporter import Reporter
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import SandboxError, Started, Unable
from affidavit.model.runs import End, Promise


@pytest.fixture(scope="module")
def inside(project):
    return project / "ext" / "affidavit" / "examples" / "inside"


def test_all_modules_are_sent_in_the_order_of_their_imports(inside):
    assert sorted(MODULES) == sorted(path.stem for path in inside.glob("*.py") if path.stem != "__init__")
    for number, name in enumerate(MODULES):
        tree = ast.parse((inside / f"{name}.py").read_text(encoding="utf-8"))
        siblings = {each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.level}
        assert siblings <= set(MODULES[:number]), name


def test_they_import_nothing_but_the_standard_library_and_each_other(inside):
    for path in inside.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
        names = {alias.name for each in ast.walk(tree) if isinstance(each, ast.Import) for alias in each.names}
        names |= {
            each.module
            for each in ast.walk(tree)
            if isinstance(each, ast.ImportFrom) and not each.level and each.module
        }
        assert {name.partition(".")[0] for name in names} <= set(sys.stdlib_module_names), path


def _pythons():
    folder = Path.home() / ".pyenv" / "versions"
    found = [path for minor in range(8, 16) if (path := shutil.which(f"python3.{minor}"))]
    versions = [str(path) for pattern in ("3.[89].*", "3.1?.*") for path in folder.glob(f"{pattern}/bin/python3")]
    return sorted({*versions, *(each for each in found if "shims" not in each)})


@pytest.mark.parametrize("python", _pythons())
def test_any_python_can_run_them_and_be_the_steps_python(python, workspace, monkeypatch):
    """Hold that for all Pythons that are here, as the user who has them."""
    monkeypatch.setattr(limits_only_module, "identity", lambda: nullcontext({}))
    work = job(
        console("echo on"), pycon("1 / 0", "1 + 1"), variables=[("PATH", f"{Path(python).parent}:/usr/bin:/bin")]
    )
    found = run_job(work, workspace, LimitsOnly(python))
    assert (found.end, found.detail) == (End.FINISHED, "")
    assert outputs(found)[1].startswith('Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n')
    assert [outputs(found)[0], outputs(found)[2]] == ["on\n", "2\n"]


class Pretender:
    """A sandbox whose supervisor is some other program."""

    name = "pretender"
    promises: frozenset[Promise] = frozenset()

    def __init__(self, program):
        self._program = program

    @contextmanager
    def started(self, job, workspace, mark):
        del job, mark
        arguments = [sys.executable, "-I", "-S", "-c", self._program]
        pipe = subprocess.PIPE
        with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe) as process:
            try:
                yield Started(process, (), str(workspace))
            finally:
                process.kill()


PRETENDING = [
    "",
    "raise SystemExit('why')",
    "print('no JSON')",
    "print('[]')",
    "print('[{}]')",
    'print(\'[{"event": "unheard"}]\')',
    'print(\'[{"event": "shown", "step": -1, "exchange": 0, "output": ""}]\')',
    'print(\'[{"event": "shown", "step": true, "exchange": 0, "output": ""}]\')',
    'print(\'[{"event": "shown", "step": 0, "exchange": 0, "output": 1}]\')',
    'print(\'[{"event": "ended", "end": "well", "detail": ""}]\')',
    'print(\'[{"event": "kept", "data": "?"}]\')',
    'print(\'[{"event": "kept", "data": "bm8="}]\'); print(\'[{"event": "ended", "end": "finished", "detail": ""}]\')',
    'print(\'[{"event": "kept", "data": "bm8="}]\'); print("no JSON")',
    "print('[' * 100000)",
    "while True: print('x' * 65536)",
    'import sys; sys.stdin.close(); print(\'[{"event": "ready"}]\')',
    "import sys; sys.stderr.write('x' * 60000)",
]


@pytest.mark.parametrize("program", PRETENDING)
def test_a_supervisor_that_talks_nonsense_is_a_failure_of_the_runner(program, workspace):
    found = run_job(job(console("true"), output=1000), workspace, Pretender(program))
    assert (found.end, found.shown) == (End.RUNNER_FAILED, ())
    assert len(found.detail) <= 4096


def test_what_a_failing_supervisor_complained_about_is_told(workspace):
    assert run_job(job(), workspace, Pretender("raise SystemExit('why')")).detail == "why\n"


def test_a_supervisor_that_hangs_is_out_of_time(workspace, monkeypatch):
    monkeypatch.setattr("affidavit.examples.sandbox.run.GRACE", 0.5)
    found = run_job(job(seconds=0.5), workspace, Pretender("import time; time.sleep(60)"))
    assert found.end is End.TIMED_OUT


def test_a_supervisor_that_is_killed_by_a_step_leaves_nothing(ran_simply):
    """Process 1 of a namespace cannot be killed from within; this is where there is none."""
    found = ran_simply(job(console("setsid sleep 60 &", "kill -9 $PPID; sleep 60")))
    assert (found.end, found.step) == (End.RUNNER_FAILED, 0)


def test_a_run_is_told_as_it_goes_on(sandbox, workspace):
    heard = []

    class Hearing(Reporter):
        def started(self, sandbox):
            heard.append(sandbox)

        def begun(self, step):
            heard.append(step)

        def shown(self, shown):
            heard.append(shown)

        def ended(self, ran):
            heard.append(ran)

    found = run_job(job(console("echo one", "echo two"), pycon("1")), workspace, sandbox, Hearing())
    one, two, three = found.shown
    assert heard == [sandbox.name, 0, one, two, 1, three, found]
    assert (found.sandbox, found.seconds > 0) == (sandbox.name, True)
    assert run_job(job(), workspace, sandbox).end is End.FINISHED


def test_a_run_is_told_as_it_goes_on_also_where_there_is_always_something_to_read():
    told: list[None] = []
    (lifeline, alive), (always, writing) = os.pipe(), os.pipe()
    os.write(writing, b"x")
    # What is counted here is this process and whatever other tests have started.
    usage = Usage(dict.fromkeys(SMALL, sys.maxsize), [], [])
    watch = Watch(usage, 10, lifeline, lambda: told.append(None))
    watch.add(always, lambda: None)
    assert watch.wait(lambda: len(told) > 2, 5)
    for each in (lifeline, alive, always, writing):
        os.close(each)


def booted(program):
    """Return what a supervisor says that is given no job."""
    found = subprocess.run(boot_arguments(sys.executable), input=program, capture_output=True, check=True, timeout=20)
    assert found.stderr == b""
    return [event for line in found.stdout.splitlines() for event in json.loads(line)]


def test_a_supervisor_without_a_job_ends():
    assert booted(program_parcel()) == [{"event": "ready"}]


def resent(change):
    """Return the supervisor as it is sent, with a change to its number of Python, its texts and what was compiled."""
    sent = marshal.loads(program_parcel().partition(b"\n")[2])  # noqa: S302 -- our own
    data = marshal.dumps(change(*sent), OLD)
    return b"%d\n%b" % (len(data), data)


def test_the_same_python_does_not_compile_it_again():
    unreadable = resent(
        lambda magic, texts, codes: (magic, {name: text and "(" for name, text in texts.items()}, codes)
    )
    assert booted(unreadable) == [{"event": "ready"}]


def test_another_python_compiles_it_for_itself():
    assert booted(resent(lambda _, texts, __: (b"another", texts, {}))) == [{"event": "ready"}]


def test_a_fault_of_the_supervisor_is_told(ran):
    broken = job(console("true"))
    force_setattr(broken.limits, "cpu_seconds", "much")
    found = ran(broken)
    assert found.end is End.RUNNER_FAILED
    assert "Error" in found.detail


@pytest.mark.skipif("__import__('os').geteuid() != 0", reason="only root runs the steps as somebody else")
def test_a_workspace_that_the_steps_could_not_reach_is_refused(limits_only, workspace):
    workspace.parent.chmod(0o700)
    with pytest.raises(SandboxError, match="closed to others"):
        run_job(job(), workspace, limits_only)


def test_where_there_is_no_sandbox_that_is_said(monkeypatch):
    monkeypatch.setattr("affidavit.examples.sandbox.limits_only.os.name", "nt")
    found = limits_only_module.find_limits_only.__wrapped__()
    assert isinstance(found, Unable)
    assert "WSL" in found.advice
