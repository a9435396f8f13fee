"""The one place where anything is waited for, so that limits, the clock and the lifeline are never out of sight."""

from __future__ import annotations

import os
import select
import time

from .ending import EndedError, OrphanedError
from .limits import Usage
from .processes import reap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

OFTEN = 0.05
"""How many seconds lie between two looks at what is used, and ..."""
SHARE = 20
"""... how many times as long as a look takes they are at least: many processes and files take time."""
SELDOM = 0.25
"""How many seconds lie between two looks at processes at most, however long they take."""


class Watch:
    """Waits for descriptors, and looks meanwhile at the clock, at what is used, and at who ended.

    ``lifeline`` is a descriptor that is at its end once whoever started the run is gone. ``tell`` is called before
    anything is waited for that is not there yet, and often where that never is so: whom it wakes takes processor time.
    """

    def __init__(self, usage: Usage, seconds: float, lifeline: int, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._due = 0.0
        self._ended: dict[int, int] = {}
        self._usage = usage
        self._end = time.monotonic() + seconds
        self._looks = [_Look(usage.check, SELDOM), _Look(usage.check_disk, seconds)]
        self._poll = select.poll()
        self._calls: dict[int, Callable[[], object]] = {}
        self.add(lifeline, self._hear)
        self._lifeline = lifeline

    def add(self, descriptor: int, call: Callable[[], object], events: int = select.POLLIN) -> None:
        """Have something called whenever a descriptor can be read."""
        self._calls[descriptor] = call
        self._poll.register(descriptor, events)

    def remove(self, descriptor: int) -> None:
        """Wait no longer for a descriptor."""
        if self._calls.pop(descriptor, None):
            self._poll.unregister(descriptor)

    def turn(self, seconds: float = OFTEN) -> None:
        """Wait until there is something to read, and no longer than the time; have it read, and look around."""
        for descriptor, _ in self._poll.poll(0) or self._waited(min(seconds, OFTEN)):
            call = self._calls.get(descriptor)
            if call:
                call()
        self.look()

    def _waited(self, seconds: float) -> list[tuple[int, int]]:
        self._tell_at(time.monotonic())
        return self._poll.poll(1000 * seconds)

    def _tell_at(self, now: float) -> None:
        self._tell()
        self._due = now + OFTEN

    def rest(self, seconds: float) -> None:
        """Wait for nothing in particular; what was taken down so far is heard meanwhile, while others are at work."""
        self._tell_at(time.monotonic())
        time.sleep(seconds)

    def wait(self, done: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so; return whether it was within the time."""
        end = time.monotonic() + seconds
        while not done():
            left = end - time.monotonic()
            if left <= 0:
                return False
            self.turn(left)
        return True

    def status_of(self, pid: int) -> int | None:
        """Return the exit status of a child, ``None`` while it runs."""
        if pid not in self._ended:
            self._ended.update(reap())
        return self._ended.get(pid)

    def end_in(self, seconds: float) -> None:
        """Set the clock: time is up so many seconds from now."""
        self._end = time.monotonic() + seconds

    def look(self) -> None:
        """Raise :class:`EndedError` where time is up or too much is used."""
        now = time.monotonic()
        if now > self._due:
            self._tell_at(now)
        self._ended.update(reap())
        if now > self._end:
            raise EndedError("timed-out", "")
        for look in self._looks:
            if now >= look.due:
                look()

    def look_at_once(self) -> None:
        """Look at all that is used, as is due when the steps are done."""
        self._usage.check()
        self._usage.check_disk()

    def _hear(self) -> None:
        if not os.read(self._lifeline, 4096):
            raise OrphanedError


class _Look:
    def __init__(self, check: Callable[[], None], most: float) -> None:
        self._check = check
        self._most = most
        self.due = 0.0

    def __call__(self) -> None:
        before = time.monotonic()
        self._check()
        after = time.monotonic()
        self.due = after + min(max(OFTEN, SHARE * (after - before)), self._most)
