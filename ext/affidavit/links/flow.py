"""How requests follow one another: not many at the same moment, where servers take their time. Pure.

Requests that are sent together are answered together, again and again, and whoever comes meanwhile joins them: while
one of the answers is taken in, all others wait.
"""

from __future__ import annotations

_AT_ONCE = 5
"""Requests that may follow each other at once after a while without any; it is what a run begins with."""

_HASTE = 1.6
"""How much faster requests may follow each other than answers come, as long as there are any places for them."""

_GUESS = 0.05
"""Seconds that an answer is taken to need before there are some: about what a server far away needs."""

_WEIGHT = 1 / 8
"""Of one answer in the running average of how long answers take."""

_TELLING = 16
"""Answers until the average tells how fast they come."""

_OWN_SECONDS = 0.00025
"""Of each request that a process is busy with; where all that are under way are answered in less time than it has for
them, it has nothing to wait for."""


class Flow:
    """Which requests may begin now, where no more than ``most`` may be under way at once."""

    def __init__(self, most: int) -> None:
        self._average = _GUESS
        self._answers = 0
        self._credit = float(_AT_ONCE)
        self._begun: float | None = None
        self._now = 0.0
        self.bound(most)

    def bound(self, most: int) -> None:
        """Let no more than so many be under way from now on."""
        self.most = most
        self._own_seconds = most * _OWN_SECONDS
        self._weigh()

    @property
    def is_fast(self) -> bool | None:
        """Return whether answers come faster than one process can deal with them, ``None`` while it is too early."""
        if self._answers >= _TELLING:
            return self._is_fast
        return False if self._begun is not None and self._now - self._begun > self._own_seconds else None

    @property
    def lets(self) -> bool:
        """Return whether a request may begin now, if there is a place for it."""
        return self._credit >= 1 or self._is_fast

    def look(self, now: float) -> None:
        """Take note of the time; the run begins when this is called first."""
        if self._begun is None:
            self._begun = self._now = now
        self._credit = min(_AT_ONCE, self._credit + (now - self._now) * self._a_second)
        self._now = now

    def began(self) -> None:
        """Take note that a request begins."""
        self._credit = max(0.0, self._credit - 1)

    def answered(self, seconds: float) -> None:
        """Take note of an answer that took so long."""
        self._average += _WEIGHT * (seconds - self._average)
        self._answers += 1
        self._weigh()

    def next_time(self) -> float:
        """Return when the next request may begin."""
        return self._now if self.lets else self._now + (1 - self._credit) / self._a_second

    def _weigh(self) -> None:
        self._is_fast = self._average < self._own_seconds
        self._a_second = _HASTE * self.most / self._average
