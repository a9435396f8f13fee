"""A runner that is killed leaves nothing behind, at whatever moment that happens."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import pytest
from tests.examples.sandbox.jobs import console, job

from affidavit.examples.sandbox.bubblewrap import find_bubblewrap
from affidavit.examples.sandbox.cgroups import PREFIX, bounds_memory, group_for
from affidavit.examples.sandbox.leftovers import marked, sweep
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.model.runs import Limits, Promise

TIMES = 25
"""For each of both sandboxes."""

# A run forks the runner, which so need not be started anew each time, and tells its process id.
RUNNERS = """
import os, sys
from pathlib import Path
from affidavit.examples.sandbox.bubblewrap import find_bubblewrap
from affidavit.examples.sandbox.limits_only import find_limits_only
from affidavit.examples.sandbox.run import run_job
from tests.examples.sandbox.jobs import console, job, service
from affidavit.model.examples import Ready, ReadyKind

name, value, workspace, times = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
sandbox = find_bubblewrap() if name == "bubblewrap" else find_limits_only()
daemon = "(setsid bash -c 'trap \\"\\" TERM HUP INT; sleep 300' &) &"
work = job(
    service("echo up; trap '' TERM; sleep 300", Ready(ReadyKind.LOG, "up")),
    console(daemon, "sleep 300 & sleep 0.05", "sleep 300"),
    variables=[("AFFIDAVIT_TEST", value)],
    seconds=100,
)
for _ in range(times):
    pid = os.fork()
    if not pid:
        sys.stdout.write(f"{os.getpid()}\\n")
        sys.stdout.flush()
        run_job(work, workspace, sandbox)
        os._exit(1)
    os.waitpid(pid, 0)
"""


@pytest.fixture
def runners_of(sandbox, project, workspace, mark):
    """Return a function that starts as many runners as it is told, each once the one before is gone."""

    def started(times):
        arguments = [sys.executable, "-c", RUNNERS, sandbox.name, mark[1], str(workspace), str(times)]
        return subprocess.Popen(arguments, cwd=project, stdout=subprocess.PIPE, text=True)

    return started


def test_a_runner_that_is_killed_leaves_nothing_behind(runners_of, left):
    most = 0
    with runners_of(TIMES) as runners:
        assert runners.stdout is not None
        for line in runners.stdout:
            time.sleep(random.uniform(0, 0.6))  # noqa: S311 - any moment will do
            most = max(most, len(left()))
            os.kill(int(line), signal.SIGKILL)
    assert runners.returncode == 0
    # Some of them had come as far as to have something that could be left.
    assert most >= 3
    assert left(10) == []
    # Other tests may run at the same time, and have theirs; those of killed runners would stay.
    end = time.monotonic() + 30
    before = set(_private_folders())
    while before & set(_private_folders()) and time.monotonic() < end:
        time.sleep(0.1)
    assert before & set(_private_folders()) == set()


def _private_folders():
    return list(Path(tempfile.gettempdir()).glob("affidavit-????????????????"))


def test_groups_are_removed_and_those_of_killed_runners_by_the_next(ran, runners_of, left):
    """Only those of this test's runners are looked at: others run, and are killed, at the same time."""
    with runners_of(1) as runners:
        assert runners.stdout is not None
        killed = int(runners.stdout.readline())
        _until(left)
        assert bool(_groups_of(killed)) is _makes_groups()
        os.kill(killed, signal.SIGKILL)
    assert left(10) == []
    # The kernel may take a moment to see that nothing is left in a group, which then is for the one after the next.
    _until(lambda: ran(job(console("true"))) and not _groups_of(killed))
    assert _groups_of(os.getpid()) == []


def _until(holds):
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def _groups_of(pid):
    return list(Path("/sys/fs/cgroup").rglob(f"{PREFIX}{pid}-*"))


def _makes_groups():
    with group_for(Limits(), "test") as group:
        return bool(group.folders)


def test_without_bubblewrap_the_sandbox_promises_nothing(bubblewrap, limits_only):
    assert limits_only.promises == frozenset()
    assert {*Promise} - {Promise.MEMORY} <= bubblewrap.promises
    assert (Promise.MEMORY in bubblewrap.promises) is bounds_memory()


ORDINARY = """
import sys, tempfile
from pathlib import Path
from affidavit.examples.sandbox.bubblewrap import find_bubblewrap
from affidavit.examples.sandbox.limits_only import find_limits_only
from affidavit.examples.sandbox.run import run_job
from affidavit.model.runs import MIB
from tests.examples.sandbox.jobs import *

def ends(sandbox):
    for work in (
        job(console("echo on"), pycon("1")),
        job(console("while :; do sleep 30 & done 2>/dev/null"), processes=32),
        job(console("python3 -c 'x = []\\nwhile True: x.append(bytes(range(256)) * (1 << 14))'"), memory=96 * MIB),
        job(console("cat /dev/zero >big"), disk=16 * MIB),
        job(console("yes"), output=1000),
        job(console("setsid sleep 300 & exec sleep 300"), seconds=1, variables=[("AFFIDAVIT_TEST", sys.argv[1])]),
    ):
        with tempfile.TemporaryDirectory() as workspace:
            yield run_job(work, Path(workspace), sandbox).end.value

for sandbox in (find_bubblewrap(), find_limits_only()):
    print(getattr(sandbox, "name", sandbox), *ends(sandbox))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
def test_an_ordinary_user_is_bounded_too(project, left, mark, open_path):
    """Run as a user that cannot make control groups, and is not made another one."""
    if isinstance(find_bubblewrap(), Unable):
        pytest.skip("needs bubblewrap")
    # What the package needs stands in a folder that may be closed to others, and may fit another Python as well.
    shutil.copytree(Path(msgspec.__file__).parent, open_path / "msgspec")
    paths = f"{project / 'ext'}:{project}:{open_path}"
    python = next((each for each in ("/usr/bin/python3", sys.executable) if _can(each, paths)), None)
    if python is None:
        pytest.skip("needs a Python of 3.11 or later that all users may run, and that finds the package")
    found = _as_somebody(python, paths, ORDINARY, mark[1])
    ends = "finished processes-exceeded memory-exceeded disk-exceeded output-exceeded timed-out"
    assert found.stdout.splitlines() == [f"bubblewrap {ends}", f"limits {ends}"], found.stderr
    assert left(5) == []


def _can(python, paths):
    try:
        return _as_somebody(python, paths, "import affidavit.model.runs", "").returncode == 0
    except PermissionError:  # it may be in somebody's home
        return False


def _as_somebody(python, paths, program, argument):
    return subprocess.run(
        [python, "-B", "-c", program, argument],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": paths},
        user=60_999,
        group=60_999,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_carries_a_mark_is_found_and_ended_and_nothing_else():
    with (
        subprocess.Popen(["sleep", "60"], env={"AFFIDAVIT_RUN": "one"}) as one,
        subprocess.Popen(["sleep", "60"], env={"AFFIDAVIT_RUN": "oneself"}) as other,
    ):
        found = marked("one")
        left = sweep("one", None)
        ended = (one.wait(5), other.poll())
        other.kill()
    assert (found, left, ended) == ([one.pid], [], (-signal.SIGKILL, None))


def test_what_carries_the_mark_of_a_run_ends_with_it_in_whatever_state_that_is(sandbox, workspace):
    """So does a child of bubblewrap that was left to itself before it could say that it is to end with its parent."""
    with subprocess.Popen(["sleep", "60"], env={"AFFIDAVIT_RUN": "lost"}) as lost:
        with sandbox.started(job(console("true")), workspace, "lost"):
            pass
        found = marked("lost")
        lost.kill()
    assert found == []
