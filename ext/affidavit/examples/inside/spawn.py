"""Starting programs for the steps, each in a session of its own, without input and with one stream of output."""

from __future__ import annotations

import _signal
import os

from .ending import EndedError
from .stream import Budget, Stream, widen
from .watch import Watch

CANNOT = 127
"""The status of a process that did not become the program that it was to be, as shells have it."""


IGNORED = (_signal.SIGPIPE, _signal.SIGXFSZ)
"""Signals that Python ignores, and others are not to."""


class Around:
    """What all programs of a run share."""

    def __init__(self, variables: dict[str, str], workspace: str, watch: Watch, budget: Budget) -> None:
        self.variables = variables
        self.workspace = workspace
        self.watch = watch
        self.budget = budget
        self.token = os.urandom(8).hex()

    def with_variables(self, variables: dict[str, str]) -> Around:
        """Return the same with other variables."""
        other = Around(variables, self.workspace, self.watch, self.budget)
        other.token = self.token
        return other


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
    arguments: list[str], around: Around, *, passed: dict[int, int] | None = None, also: int = 0, last: int = 0
) -> Program:
    """Start a program that is found as the steps would find it.

    ``passed`` are descriptors that it gets, by the numbers that they have there; ``also`` is the number of one more
    that leads to its output.
    """
    reading, writing = os.pipe()
    widen(writing)
    try:
        pid = _start(arguments, around, {**(passed or {}), **({also: writing} if also else {})}, writing)
    except BaseException:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    return Program(pid, Stream(reading, around.budget, around.watch, last), around.watch)


def _start(arguments: list[str], around: Around, passed: dict[int, int], writing: int) -> int:
    """Start it with little more than two system calls: `subprocess` takes longer to import than all else together."""
    program = _found(arguments[0], around.variables.get("PATH", os.defpath))
    told, telling = os.pipe()
    try:
        pid = os.fork()
        if not pid:
            _become(program, arguments, around, {**passed, 1: writing, 2: writing}, telling)
    except OSError as error:
        raise EndedError("session-ended", f"{arguments[0]} cannot be started: {error.strerror}.") from None
    finally:
        os.close(telling)
    with open(told, "rb") as file:
        problem = file.read()
    if problem:
        raise EndedError("session-ended", f"{arguments[0]} cannot be started: {os.strerror(int(problem))}.")
    return pid


def _become(program: str, arguments: list[str], around: Around, descriptors: dict[int, int], telling: int) -> None:
    """Be the program from here on, or tell the number of the error; all other descriptors close by themselves."""
    try:
        for number in IGNORED:
            _signal.signal(number, _signal.SIG_DFL)
        os.setsid()
        os.chdir(around.workspace)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, descriptor in descriptors.items():
            os.dup2(descriptor, number)
        os.execve(program, arguments, around.variables)  # noqa: S606 - running what the page shows is the purpose
    except OSError as error:
        os.write(telling, b"%d" % (error.errno or 0))
    finally:
        os._exit(CANNOT)


def _found(name: str, path: str) -> str:
    for folder in path.split(os.pathsep):
        program = os.path.join(folder, name)
        if os.path.isfile(program) and os.access(program, os.X_OK):
            return program
    raise EndedError("session-ended", f"There is no program {name}.")
