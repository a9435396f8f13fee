"""Who is asked next: the hosts in turn, each as often at once as is good for it, and none while it is to be left alone.

Pure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Generic, Protocol, TypeVar

from affidavit.links.line import Line


class Waiting(Protocol):
    """Whatever waits for its turn at a host."""

    @property
    def host(self) -> str:
        """Return the host that it is to be asked of."""
        ...  # pragma: no cover


T = TypeVar("T", bound=Waiting)


class Queue(Generic[T]):
    """All that waits, each host's in a line of its own; ``new_line`` opens one for whoever comes first.

    Taking costs the same however many hosts there are: those that may be asked now stand in ``_turn``, those that may
    be at a known time in ``_later``, and the others come back when one of theirs is done.
    """

    def __init__(self, new_line: Callable[[T], Line[T]]) -> None:
        self._new_line = new_line
        self._lines: dict[str, Line[T]] = {}
        self._turn: deque[Line[T]] = deque()
        self._later: list[tuple[float, int, Line[T]]] = []
        self._tie = count()
        self._size = 0

    def __len__(self) -> int:
        """Return how many wait."""
        return self._size

    def line(self, item: T) -> Line[T]:
        """Return the line that something belongs to."""
        line = self._lines.get(item.host)
        if line is None:
            line = self._lines[item.host] = self._new_line(item)
        return line

    def add(self, item: T) -> None:
        """Let something wait behind all that waits at its host."""
        self._added(self.line(item)).add(item)

    def go_on(self, item: T) -> None:
        """Let something go before all that waits at its host: it has come from another host already."""
        self._added(self.line(item)).waiting.appendleft(item)

    def again(self, item: T, due: float) -> None:
        """Let something wait until a time, and behind all that was not asked yet."""
        self._added(self.line(item)).put_off(item, due)

    def take(self, now: float) -> T | None:
        """Return what is to be asked now, ``None`` if there is nothing; it counts as under way."""
        self._wake(now)
        while self._turn:
            line = self._turn.popleft()
            line.in_turn = False
            if line.ready_at(now) <= now:
                self._size -= 1
                item = line.take(now)
                self._place(line, now)
                return item
            self._place(line, now)
        return None

    @property
    def is_ready(self) -> bool:
        """Return whether there may be something to be asked now."""
        return bool(self._turn)

    def done(self, line: Line[T]) -> None:
        """Take note that something of a line is no longer under way."""
        line.under_way -= 1
        self._show(line)

    def next_time(self) -> float:
        """Return when something waits to be asked that must not be asked earlier; infinite if nothing does."""
        return self._later[0][0] if self._later and self._size else inf

    def drop(self, line: Line[T], fits: Callable[[T], bool]) -> list[T]:
        """Let nothing of a line wait any longer that fits, and return it."""
        dropped = line.drop(fits)
        self._size -= len(dropped)
        return dropped

    def rest(self) -> Iterator[T]:
        """Yield what still waits."""
        return (item for line in self._lines.values() for item in line.items())

    def _added(self, line: Line[T]) -> Line[T]:
        self._size += 1
        self._show(line)
        return line

    def _wake(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            self._show(heappop(self._later)[2])

    def _show(self, line: Line[T]) -> None:
        """Let a line have its turn, behind the others; it is then looked at whether it is ready."""
        if not line.in_turn:
            line.in_turn = True
            self._turn.append(line)

    def _place(self, line: Line[T], now: float) -> None:
        """Put a line where it belongs after it had its turn."""
        ready = line.ready_at(now)
        if ready <= now:
            self._show(line)
        elif ready < inf:
            heappush(self._later, (ready, next(self._tie), line))
