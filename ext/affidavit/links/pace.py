"""How many requests a host is sent at once: more while its answers come at ease, half as many once they do not. Pure.

Additive increase and multiplicative decrease, as TCP goes about it (RFC 5681, 3.1): whoever shares a server so ends up
with an equal part, and the server with no more than it can do.
"""

from __future__ import annotations

_STEP = 2
"""What the number grows by with each time that it was reached and all of these requests were answered at ease."""

_WEIGHT = 1 / 8
"""Of one answer in the running average of how long answers take."""

_SETTLED = 8
"""Answers until the average says something."""

_AT_EASE, _SLACK_AT_EASE = 2, 0.1
_STRAINED, _SLACK_STRAINED = 4, 0.4
"""An average of so many times the best one, and so many seconds more: the slack is what a busy machine may add by
itself, be the server on the next desk."""

_FORGIVEN, _FORGOTTEN = 1.5, 1 / 256
"""How the best average comes up to a worse one: by so much with each step back, and by so much of the way with each
answer. Where a host has become slow for good, and not because of us, going slower does not help."""


class Pace:
    """The number of requests that a host may be sent at once, from ``start`` on, between 1 and ``most``."""

    def __init__(self, start: int, most: int) -> None:
        self._most = max(1, most)
        self._limit = float(min(max(1, start), self._most))
        self._average = 0.0
        self._best = 0.0
        self._answers = 0
        self._earlier = 0

    @property
    def limit(self) -> int:
        """Return how many requests may be under way."""
        return int(self._limit)

    def answered(self, seconds: float, under_way: int) -> None:
        """Take note of an answer that took so long, where so many requests were under way when the last one began."""
        self._measure(seconds)
        if self._is_earlier():
            return
        if self._average > _STRAINED * self._best + _SLACK_STRAINED:
            self._best = min(self._average, _FORGIVEN * self._best + _SLACK_AT_EASE)
            self._halve(under_way)
        elif under_way >= self.limit and self._average <= _AT_EASE * self._best + _SLACK_AT_EASE:
            self._limit = min(self._limit + _STEP / self._limit, self._most)

    def pushed(self, under_way: int) -> None:
        """Take note that the host would rather be asked less: it says so, hangs up, or does not answer."""
        if not self._is_earlier():
            self._halve(under_way)

    def _halve(self, under_way: int) -> None:
        """Step back once for all requests of a time: those that are under way were sent before."""
        self._limit = max(1.0, self._limit / 2)
        self._earlier = max(0, under_way - 1)

    def _is_earlier(self) -> bool:
        if self._earlier == 0:
            return False
        self._earlier -= 1
        return True

    def _measure(self, seconds: float) -> None:
        """Keep the running average, in which one answer that took very long counts for no more than a slow one."""
        if self._answers == 0:
            self._average = seconds
        usual = min(seconds, _AT_EASE * self._average + _SLACK_AT_EASE)
        self._average += _WEIGHT * (usual - self._average)
        self._answers += 1
        if self._answers <= _SETTLED or self._average < self._best:
            self._best = self._average
        else:
            self._best += _FORGOTTEN * (self._average - self._best)
