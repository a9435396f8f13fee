"""Whether things come one behind the other as expected, where “any number of anything” may stand between. Pure.

No way is tried twice: of what stands between two gaps the first place is as good as any later one, since what
follows may come anywhere behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

E = TypeVar("E")
S = TypeVar("S")


class Parting(Struct, frozen=True):
    """Where both sides part, each counted from 0; ``expected`` is its length where the other side has more."""

    expected: int
    seen: int


class InOrder(Generic[E, S]):
    """Compares two sides by what ``fits``; ``None`` among the expected stands for any number of anything."""

    def __init__(self, expected: Sequence[E | None], seen: Sequence[S], fits: Callable[[E, S], bool]) -> None:
        self._expected = expected
        self._seen = seen
        self._fits = fits

    def parting(self) -> Parting | None:
        """Return where both sides part first; ``None`` where they do not."""
        pieces = list(_pieces(self._expected))
        start, end = pieces[0]
        if len(pieces) == 1:
            return self._part(start, end, 0) or self._rest(end)
        if parting := self._part(start, end, 0):
            return parting
        at = end
        for start, end in pieces[1:-1]:
            found = self._find(start, end, at)
            if isinstance(found, Parting):
                return found
            at = found + end - start
        return self._last(*pieces[-1], at)

    def _rest(self, end: int) -> Parting | None:
        return Parting(end, end) if end < len(self._seen) else None

    def _last(self, start: int, end: int, at: int) -> Parting | None:
        """Compare what stands behind the last gap: with the end of what was seen."""
        first = len(self._seen) - (end - start)
        if first < at:
            return Parting(start + len(self._seen) - at, len(self._seen))
        return self._part(start, end, first)

    def _part(self, start: int, end: int, at: int) -> Parting | None:
        """Compare a piece of the expected with what was seen from a place on."""
        for number in range(start, end):
            if at == len(self._seen) or not self._fit(number, at):
                return Parting(number, at)
            at += 1
        return None

    def _find(self, start: int, end: int, at: int) -> int | Parting:
        """Return the first place of a piece; where there is none, where the longest beginning of it parts."""
        best = Parting(start, at)
        for first in range(at, len(self._seen) - (end - start) + 1):
            parting = self._part(start, end, first)
            if parting is None:
                return first
            if parting.expected > best.expected:
                best = parting
        return best

    def _fit(self, number: int, at: int) -> bool:
        expected = self._expected[number]
        return expected is not None and self._fits(expected, self._seen[at])


def _pieces(expected: Sequence[E | None]) -> list[tuple[int, int]]:
    """Return where each piece between two gaps begins and ends."""
    gaps = [number for number, each in enumerate(expected) if each is None]
    starts = [0, *(gap + 1 for gap in gaps)]
    return list(zip(starts, [*gaps, len(expected)], strict=True))
