"""Programs in the background: started, waited for until they can be used, and stopped at the end."""

from __future__ import annotations

import _signal
import os
import time

from .ending import EndedError
from .processes import descendants, send
from .ready import lacking
from .spawn import Around, start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LOG = 64 * 1024
"""How much of the end of its log is kept, and ..."""
TAIL = 4096
"""... how much of that is told where it fails."""
STOPPING = 5
"""Seconds that it may take to stop, before it is made to."""
MARK = "AFFIDAVIT_SERVICE"


class Service:
    """A service of a run, by the number of its step."""

    def __init__(self, number: int, step: dict[str, Any], around: Around) -> None:
        self.number = number
        self._step = step
        self._mark = f"{MARK}={around.token}-{number}"
        variables = {**around.variables, MARK: f"{around.token}-{number}"}
        self._around = around.with_variables(variables)
        self._program = start(["bash", "-c", step["command"]], self._around, last=LOG)

    def wait(self) -> None:
        """Wait until all its conditions hold together; raise :class:`EndedError` where it dies, or they never do."""
        end = time.monotonic() + self._step["within"]
        pause = 0.01
        while lacks := self._lacking():
            self.require()
            if time.monotonic() > end:
                raise EndedError("service-not-ready", self._told(f"It was not ready in time: {lacks}"))
            self._around.watch.wait(lambda: False, pause)
            pause = min(2 * pause, 0.2)

    def require(self) -> None:
        """Raise :class:`EndedError` where it runs no more."""
        if self._is_dead():
            raise EndedError("service-died", self._told(f"It ended with status {self._program.status}"))

    def stop(self) -> int | None:
        """Stop it by its signal, and by force where that takes too long; return its exit status."""
        number = getattr(_signal, self._step["stop"])
        self._signal(number)
        if not self._around.watch.wait(self._is_gone, STOPPING):
            self._signal(_signal.SIGKILL)
            self._around.watch.wait(lambda: self._program.status is not None, 1)
        self._program.output.drain()
        return self._program.status

    @property
    def log(self) -> str:
        """Return the end of what it printed."""
        return self._program.output.text()

    def _lacking(self) -> str:
        """Return what the first condition lacks that does not hold, empty where all do."""
        told = (lacking(condition, self._program, self._around) for condition in self._step["ready"])
        return next(filter(None, told), "")

    def _is_dead(self) -> bool:
        """Return whether nothing is left of it; one that puts itself into the background ends, and well, but lives."""
        status = self._program.status
        return status is not None and (status != 0 or not self._members())

    def _is_gone(self) -> bool:
        # Its status first: while a program is replaced by another, its environment cannot be read.
        return self._program.status is not None and not self._members()

    def _told(self, what: str) -> str:
        self._program.output.drain()
        tail = self.log[-TAIL:]
        return f"{what}. The end of its log:\n{tail}" if tail else f"{what}. It had printed nothing."

    def _signal(self, number: int) -> None:
        """Send a signal to the program alone where it runs, as somebody at a terminal would, or to what it left."""
        if number != _signal.SIGKILL and self._program.status is None:
            send(-self._program.pid, number)
            return
        for pid in self._members():
            send(pid, number)

    def _members(self) -> list[int]:
        """Return the processes that carry its mark, whoever their parents are by now."""
        mark = self._mark.encode()
        return [each.pid for each in descendants(os.getpid()) if each.state != "Z" and mark in _environment(each.pid)]


def _environment(pid: int) -> list[bytes]:
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return file.read().split(b"\0")
    except OSError:
        return []
