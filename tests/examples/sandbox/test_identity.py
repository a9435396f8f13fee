"""Who runs the steps of root: a user for each run, which no other has at the same time, whoever started it."""

import errno
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack

import pytest

from affidavit.examples.sandbox import identity as module
from affidavit.examples.sandbox.identity import identity
from affidavit.examples.sandbox.sandbox import SandboxError

FEW = 4


@pytest.fixture(autouse=True)
def _as_root(monkeypatch):
    """Choose as root does, which needs no root."""
    monkeypatch.setattr("os.geteuid", lambda: 0)


@pytest.fixture
def few(monkeypatch):
    """Return the only users that may be chosen: numbers that nothing else takes, so that tests may run at once."""
    first = 4_000_000_000 + os.getpid() * FEW
    monkeypatch.setattr(module, "FIRST", first)
    monkeypatch.setattr(module, "LAST", first + FEW)
    return set(range(first, first + FEW))


def test_all_at_once_have_users_of_their_own_and_the_next_is_told_to_wait(few):
    with ExitStack() as stack:
        assert {stack.enter_context(identity())["user"] for _ in few} == few
        with pytest.raises(SandboxError, match="set aside for runs are taken") as raised, identity():
            pass
        assert "--jobs" in raised.value.advice


def test_a_user_is_free_again_afterwards(few):
    for _ in range(3):
        with ExitStack() as stack:
            assert {stack.enter_context(identity())["user"] for _ in few} == few


HOLD = f"""
import os, sys
from contextlib import ExitStack
from affidavit.examples.sandbox import identity as module

os.geteuid = lambda: 0
module.FIRST, module.LAST = int(sys.argv[1]), int(sys.argv[1]) + {FEW}
with ExitStack() as stack:
    held = [stack.enter_context(module.identity())["user"] for _ in range({FEW - 1})]
    print(*held, flush=True)
    sys.stdin.read()
"""


def test_other_processes_leave_what_one_holds_alone_until_it_is_killed(few):
    command = [sys.executable, "-c", HOLD, str(min(few))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        held = {int(each) for each in process.stdout.readline().split()}
        with identity() as left:
            assert held | {left["user"]} == few
        process.send_signal(signal.SIGKILL)
    with ExitStack() as stack:
        assert {stack.enter_context(identity())["user"] for _ in few} == few


def test_a_user_that_has_processes_is_left_alone(monkeypatch):
    monkeypatch.setattr(module, "FIRST", os.getuid())
    monkeypatch.setattr(module, "LAST", os.getuid() + 1)
    with pytest.raises(SandboxError), identity():
        pass


def test_where_names_cannot_be_had_users_are_chosen_all_the_same(few, monkeypatch):
    class Refusing(socket.socket):
        def bind(self, _):
            raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("socket.socket", Refusing)
    with identity() as who:
        assert who["user"] in few


def test_who_is_not_root_runs_them_as_he_is(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with identity() as who:
        assert who == {}
