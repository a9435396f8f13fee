"""Starting programs for the steps, each in a session of its own, without input and with one stream of output."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import NamedTuple

from .ending import EndedError
from .stream import Budget, Stream, widen
from .watch import Watch


class Around(NamedTuple):
    """What all programs of a run share."""

    variables: dict[str, str]
    workspace: str
    watch: Watch
    budget: Budget
    token: str


class Program:
    """A program that was started."""

    def __init__(self, pid: int, output: Stream, watch: Watch) -> None:
        self.pid = pid
        self.output = output
        self._watch = watch

    @property
    def status(self) -> int | None:
        """Return its exit status as shells count it, ``None`` while it runs."""
        return self._watch.status_of(self.pid)


def start(
    arguments: list[str], around: Around, *, passed: tuple[int, ...] = (), also: int = 0, last: int = 0
) -> Program:
    """Start a program that is found as the steps would find it.

    ``passed`` are descriptors that it gets, ``also`` is the number of one more that leads to its output.
    """
    reading, writing = os.pipe()
    widen(writing)
    try:
        if also:
            os.dup2(writing, also)
            passed = (*passed, also)
        pid = _start(arguments, around, passed, writing)
    except BaseException:
        os.close(reading)
        raise
    finally:
        os.close(writing)
        if also:
            os.close(also)
    return Program(pid, Stream(reading, around.budget, around.watch, last), around.watch)


def _start(arguments: list[str], around: Around, passed: tuple[int, ...], writing: int) -> int:
    program = shutil.which(arguments[0], path=around.variables.get("PATH"))
    if program is None:
        raise EndedError("session-ended", f"There is no program {arguments[0]}.")
    try:
        started = subprocess.Popen(  # noqa: S603 - running what the page shows is the purpose
            arguments,
            executable=program,
            env=around.variables,
            cwd=around.workspace,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            pass_fds=passed,
            start_new_session=True,
        )
    except OSError as error:
        raise EndedError("session-ended", f"{arguments[0]} cannot be started: {error.strerror}.") from None
    # It is waited for with all others; this object is not to do so.
    started.returncode = 0
    return started.pid
