"""Pairs what is expected with what was seen, in any order, so that as many as possible find a partner. Pure.

What fits much must not take away what is all that another fits. So a pair is given up again where its partner can have
another one: the paths of Berge (1957), each found by breadth.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

E = TypeVar("E")
S = TypeVar("S")


def pair(expected: Sequence[E], seen: Sequence[S], fits: Callable[[E, S], bool]) -> list[int | None]:
    """Return for each of the expected the number of its partner, ``None`` where it has none."""
    fitting = [[at for at, each in enumerate(seen) if fits(wanted, each)] for wanted in expected]
    partner: list[int | None] = [None] * len(expected)
    holder: dict[int, int] = {}
    for number in range(len(expected)):
        _find_partner(number, fitting, partner, holder)
    return partner


def _find_partner(number: int, fitting: list[list[int]], partner: list[int | None], holder: dict[int, int]) -> None:
    """Give one a partner, if that is possible without leaving another one alone."""
    reached_by: dict[int, int] = {}
    waiting = deque([number])
    while waiting:
        asking = waiting.popleft()
        for at in fitting[asking]:
            if at in reached_by:
                continue
            reached_by[at] = asking
            if at not in holder:
                _hand_over(at, reached_by, partner, holder)
                return
            waiting.append(holder[at])


def _hand_over(at: int, reached_by: dict[int, int], partner: list[int | None], holder: dict[int, int]) -> None:
    """Let each on the path take what it reached, and leave what it had to the one before."""
    free: int | None = at
    while free is not None:
        taker = reached_by[free]
        before = partner[taker]
        partner[taker], holder[free] = free, taker
        free = before
