"""How a run begins: not with all requests at the same moment. Pure.

Servers that take the same time would answer them at the same moment as well, again and again: while one of the answers
is taken in, all others wait.
"""

from __future__ import annotations

from math import inf

_FIRST = 8
_SECONDS = 0.05
"""In which requests become as many as they may be: about what a server far away takes for its first answers."""

_A_LITTLE = 1e-6
"""Of a request, by which times that are no exact numbers may be too early."""


class Opening:
    """How many requests may be under way: ``most``, which are ``in_all`` a moment after the beginning."""

    def __init__(self, in_all: int) -> None:
        self.most = min(_FIRST, in_all)
        self._in_all = in_all
        self._apart = _SECONDS / max(1, in_all - _FIRST)
        self._begun: float | None = None

    def look(self, now: float) -> None:
        """Let as many be under way as may be by now; it begins when this is called for the first time."""
        if self.most < self._in_all:
            self._begun = now if self._begun is None else self._begun
            self.most = min(self._in_all, _FIRST + int((now - self._begun) / self._apart + _A_LITTLE))

    def next_time(self) -> float:
        """Return when one more may be under way; infinite where no more ever may."""
        if self.most == self._in_all or self._begun is None:
            return inf
        return self._begun + (self.most + 1 - _FIRST) * self._apart
