"""The addresses of one host that are still to be asked, and how the host is to be treated. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from math import inf
from typing import Generic, TypeVar, assert_never

from affidavit.links.attempts import Sign, is_refusal, sign
from affidavit.links.limits import Limits
from affidavit.links.manner import Manner
from affidavit.links.outcome import Came, Failed, Outcome
from affidavit.links.pace import Pace
from affidavit.links.patience import Gone, Patience, Silence

T = TypeVar("T")


class Line(Generic[T]):
    """What waits at one host: first what was not asked yet, then what is to be asked once more.

    ``at_once`` is the most that may be under way, 0 if its ``pace`` alone decides; ``apart`` the least time between the
    starts of two, in seconds; ``seconds`` how long the host may take for all of its addresses, besides. Times are on
    the caller's clock.
    """

    def __init__(
        self, pace: Pace, patience: Patience, *, at_once: int = 0, apart: float = 0, seconds: float = inf
    ) -> None:
        self.patience = patience
        self._pace = pace
        self._silence = Silence()
        self.waiting: deque[T] = deque()
        self.under_way = 0
        self.in_turn = False
        self.ends = inf
        self._at_once = at_once or inf
        self._apart = apart
        self._seconds = seconds
        self._next = 0.0
        self._peak = 0
        self._again: deque[tuple[float, T]] = deque()

    def add(self, item: T) -> None:
        """Let something wait behind all that was not asked yet; the host has its time for that, too."""
        self.waiting.append(item)
        self.ends += self._apart

    def ready_at(self, now: float) -> float:
        """Return when the next one may be asked; infinite where something must happen first."""
        if self.under_way >= min(self._pace.limit, self._at_once):
            return inf
        if self.waiting:
            due = now
        elif self._again:
            due = self._again[0][0]
        else:
            return inf
        return max(due, self.patience.until, self._next)

    def take(self, now: float) -> T:
        """Return the next one; the line must be ready."""
        if self.ends == inf:
            self.ends = now + self._seconds + self._apart * len(self.waiting)
        self.under_way += 1
        self._peak = self.under_way
        self._next = now + self._apart
        return self.waiting.popleft() if self.waiting else self._again.popleft()[1]

    def answered(self, port: int, seconds: float) -> None:
        """Take note of an answer that came as it should, in so many seconds; it is still counted as under way."""
        self._silence.answered(port)
        self.patience.answered()
        self._pace.answered(seconds, self._peak)

    def note(self, port: int, outcome: Outcome) -> None:
        """Take note of what a request came to that is still counted as under way."""
        match outcome:
            case Came():
                self._silence.answered(port)
                if not is_refusal(outcome):
                    self.patience.answered()
            case Failed():
                self._silence.failed(port, outcome.kind, outcome.reason)
            case _:  # pragma: no cover
                assert_never(outcome)
        self._adapt(outcome)

    def gone(self, port: int) -> Gone | None:
        """Return why it is no use to ask a port any more, if it is none."""
        return self.patience.gone or self._silence.gone(port)

    def put_off(self, item: T, due: float) -> None:
        """Let something wait until a time, and in any case as long as those that were put off before."""
        self._again.append((max(due, self._again[-1][0]) if self._again else due, item))

    def drop(self, fits: Callable[[T], bool]) -> list[T]:
        """Let nothing wait that fits, and return it."""
        dropped = [item for item in self.items() if fits(item)]
        self.waiting = deque(item for item in self.waiting if not fits(item))
        self._again = deque((due, item) for due, item in self._again if not fits(item))
        return dropped

    def _adapt(self, outcome: Outcome) -> None:
        match sign(outcome):
            case Sign.EASE if isinstance(outcome, Came):
                self._pace.answered(outcome.seconds, self._peak)
            case Sign.STRAIN:
                self._pace.pushed(self.under_way)
            case _:
                pass

    def items(self) -> Iterator[T]:
        """Yield what waits."""
        yield from self.waiting
        yield from (item for _, item in self._again)


def line_for(limits: Limits, manner: Manner) -> Line[T]:
    """Return a line for a host that is to be asked in such a manner."""
    return Line(
        Pace(limits.per_host, limits.in_all),
        Patience(limits.patience, limits.strikes),
        at_once=manner.at_once,
        apart=manner.pace,
        seconds=limits.host_seconds,
    )
