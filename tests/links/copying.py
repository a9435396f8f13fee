"""Calls in copies of a process. It is a program of its own: a test has threads, so that it cannot be copied."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from tests.links.spreading import ROOT, is_there, refuse_copies, vanish

from affidavit.links.copies import Copies


def start(what: str) -> subprocess.Popen[str]:
    """Start what is named so below."""
    command = [sys.executable, "-m", "tests.links.copying", what]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def forget(_future: Future[object], _message: bytes) -> None:
    """Make nothing of what is told."""


def own() -> list[int]:
    """Return the copies of this process."""
    return [int(each) for each in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()]


def unheard() -> None:
    """Never listen to a copy that tells more than its pipe holds."""
    copies = Copies(forget)
    copies.submit(copies.tell, bytes(2**20))
    print(*own(), flush=True)  # noqa: T201 -- how the test learns of it
    time.sleep(60)


def reaped() -> None:
    """Stop, and then end, a copy that is gone, since the system was told to forget it by itself."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    copies = Copies(forget)
    future = copies.submit(abs, -7)
    vanish(own())
    copies.stop()
    copies.shutdown(cancel_futures=True)
    print(future.result())  # noqa: T201 -- likewise


def refused() -> None:
    """Say how many files are open before, and after, the system refuses a copy."""
    refuse_copies(0)
    copies = Copies(forget)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 -- which would hold one open itself
    with suppress(BlockingIOError):
        copies.submit(abs, -7)
    print(before, len(os.listdir("/proc/self/fd")))  # noqa: PTH208, T201 -- likewise


def leaves() -> None:
    """Say what a call gives that ends before its own end, and leaves behind another process that has its pipe, too.

    Say as well whether that one is there by then, and how many copies are there once all is over.
    """
    left_behind: list[int] = []

    def work() -> None:
        other = os.fork()
        if other == 0:
            time.sleep(60)
            os._exit(0)
        copies.tell(b"%d" % other)
        leave(5)
        time.sleep(60)

    copies = Copies(lambda _, message: left_behind.append(int(message)))
    leave: Callable[[int], object] = copies.leave  # it is to be seen here whether it comes back
    future = copies.submit(work)
    vanish(own())
    while copies.listen(1):
        pass
    print(future.result(), *map(int, map(is_there, left_behind)))  # noqa: T201 -- likewise
    for each in left_behind:
        os.kill(each, signal.SIGKILL)
    copies.shutdown()
    print(len(own()))  # noqa: T201 -- likewise


if __name__ == "__main__":
    {each.__name__: each for each in (unheard, reaped, refused, leaves)}[sys.argv[1]]()
