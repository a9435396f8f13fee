"""Sandboxes as they are on this machine, folders that their users may enter, and a count of what survives."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from secrets import token_hex

import pytest
from msgspec.structs import replace

from affidavit.examples.sandbox import run
from affidavit.examples.sandbox.bubblewrap import INSTALL, find_bubblewrap
from affidavit.examples.sandbox.cgroups import NOTHING
from affidavit.examples.sandbox.limits_only import find_limits_only
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import Unable


@pytest.fixture(scope="session")
def bubblewrap(require_program):
    require_program("bwrap", install=INSTALL)
    found = find_bubblewrap()
    if not isinstance(found, Unable):
        return found
    told = f"{found.reason} {found.advice}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(told, pytrace=False)
    return pytest.skip(told)


@pytest.fixture(scope="session")
def limits_only():
    found = find_limits_only()
    assert not isinstance(found, Unable)
    return found


@pytest.fixture(params=["bubblewrap", "limits_only"])
def sandbox(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["groups", "looks"])
def bounds(request, monkeypatch):
    """Try what holds for all processes with control groups, where they are to be had, and without them."""
    if request.param == "looks":
        monkeypatch.setattr(run, "group_for", lambda *_: _Nothing())
    return request.param


class _Nothing:
    def __enter__(self):
        return NOTHING

    def __exit__(self, *_):
        return None


@pytest.fixture
def open_path():
    """Return a folder that every user may enter, which pytest's own are not."""
    path = Path(tempfile.mkdtemp(prefix="affidavit-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def workspace(open_path):
    path = open_path / "workspace"
    path.mkdir()
    return path


@pytest.fixture
def mark():
    """Return an entry of the environment by which a test finds the processes that it started."""
    return ("AFFIDAVIT_TEST", token_hex(16))


def survivors(mark, seconds=0.0):
    """Return the processes of all namespaces that carry a mark, once there are none or the time is over."""
    end = time.monotonic() + seconds
    while True:
        found = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and carries(path, mark)]
        if not found or time.monotonic() > end:
            return found
        time.sleep(0.05)


def carries(process, mark):
    with suppress(OSError):
        return "=".join(mark).encode() in (process / "environ").read_bytes().split(b"\0")
    return False


@pytest.fixture
def left(mark):
    """Return a function that says which processes of the test are left, and end them after it in any case."""
    yield lambda seconds=0.0: survivors(mark, seconds)
    for pid in survivors(mark):
        with suppress(ProcessLookupError):
            os.kill(pid, 9)


@pytest.fixture
def ran_in(workspace, mark, left):
    """Return a function that runs a job in a sandbox, and holds that nothing of it is left."""

    def run_marked(sandbox, job, **options):
        found = run_job(replace(job, variables=(*job.variables, mark)), workspace, sandbox, **options)
        assert left() == []
        return found

    return run_marked


@pytest.fixture
def ran(ran_in, sandbox):
    """Return the same for a sandbox, which is each of them in turn."""
    return partial(ran_in, sandbox)


@pytest.fixture
def ran_simply(ran_in, limits_only):
    """Return the same for what does not depend on the sandbox, in the one that is everywhere."""
    return partial(ran_in, limits_only)


@pytest.fixture
def ran_inside(ran_in, bubblewrap):
    """Return the same for what bubblewrap promises."""
    return partial(ran_in, bubblewrap)
