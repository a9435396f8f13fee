"""Runs a regular expression over a text character by character, in all its states at once (Thompson, 1968). Pure.

Python's own expressions try one way after the other, and some take longer than anyone waits: ``(a+)+b`` on thirty
letters. Here every character is looked at once. Sets of states that were seen are kept, so most characters cost
one look into a dictionary.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import assert_never

from msgspec import Struct

from affidavit.examples.patterns.tree import At, Choice, Node, One, Repeat, Sequence, Where

_MOST_KEPT = 20_000
"""Sets of states kept before all are forgotten; what a hostile text costs in memory."""


class Side(Enum):
    """What stands at one side of a place."""

    NOTHING = "nothing"
    WORD = "word"
    OTHER = "other"
    SETTLED = "settled"
    """Something that was replaced: no edge of a word, and no character that an expression could match."""


class _Fork(Struct, frozen=True):
    ways: tuple[int, ...]


class _Step(Struct, frozen=True):
    test: re.Pattern[str]
    to: int


class _Gate(Struct, frozen=True):
    where: Where
    to: int


States = frozenset[int]
_END = 0
_WORD = re.compile(r"\w")


class Automaton:
    """The states of one expression; ``anywhere`` lets what matches begin at any character.

    ``settled`` are the characters that stand for something that was replaced.
    """

    def __init__(self, node: Node, *, anywhere: bool = False, settled: re.Pattern[str] | None = None) -> None:
        self._parts: list[_Fork | _Step | _Gate] = [_Fork(())]
        self._settled = settled
        self._kept: dict[tuple[States, Side, str], tuple[bool, States]] = {}
        self._sides: dict[str, Side] = {"": Side.NOTHING}
        start = self._build(node, _END)
        if anywhere:
            start = self._skipping(start)
        self.start: States = frozenset((start,))

    def side(self, character: str) -> Side:
        """Return what a character is to its neighbours, the empty one is an end of the text."""
        known = self._sides.get(character)
        if known is None:
            known = self._side(character)
            if len(self._sides) < _MOST_KEPT:
                self._sides[character] = known
        return known

    def advance(self, states: States, before: Side, character: str) -> tuple[bool, States]:
        """Return whether what matches may end here, and the states behind the next character, if there is one."""
        key = (states, before, character)
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            known = self._kept[key] = self._advance(states, before, character)
        return known

    def _advance(self, states: States, before: Side, character: str) -> tuple[bool, States]:
        after = self.side(character)
        here = self._closed(states, before, after)
        if after is Side.NOTHING or after is Side.SETTLED:
            return _END in here, frozenset(self._over(here) if character else ())
        steps = (part for part in map(self._parts.__getitem__, here) if isinstance(part, _Step))
        return _END in here, frozenset(step.to for step in steps if step.test.match(character))

    def _over(self, here: set[int]) -> set[int]:
        """Return the states that even something replaced leads to: to begin anywhere is to begin behind it too."""
        parts = map(self._parts.__getitem__, here)
        return {part.to for part in parts if isinstance(part, _Step) and part.test is _ANYTHING}

    def _closed(self, states: States, before: Side, after: Side) -> set[int]:
        """Return the states, and those that can be reached from them without a character."""
        reached: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state not in reached:
                reached.add(state)
                waiting += self._onward(self._parts[state], before, after)
        return reached

    def _onward(self, part: _Fork | _Step | _Gate, before: Side, after: Side) -> tuple[int, ...]:
        match part:
            case _Fork(ways):
                return ways
            case _Gate(where, to):
                return (to,) if _is_open(where, before, after) else ()
            case _Step():
                return ()
            case _:  # pragma: no cover
                assert_never(part)

    def _side(self, character: str) -> Side:
        if self._settled and self._settled.match(character):
            return Side.SETTLED
        return Side.WORD if _WORD.match(character) else Side.OTHER

    def _add(self, part: _Fork | _Step | _Gate) -> int:
        self._parts.append(part)
        return len(self._parts) - 1

    def _skipping(self, start: int) -> int:
        loop = self._add(_Fork(()))
        self._parts[loop] = _Fork((start, self._add(_Step(_ANYTHING, loop))))
        return loop

    def _build(self, node: Node, to: int) -> int:
        """Add the states of a node that lead to a state; return where they begin."""
        match node:
            case One(test):
                return self._add(_Step(test, to))
            case At(where):
                return self._add(_Gate(where, to))
            case Sequence(parts):
                for part in reversed(parts):
                    to = self._build(part, to)
                return to
            case Choice(ways):
                return self._add(_Fork(tuple(self._build(way, to) for way in ways)))
            case Repeat():
                return self._build_repeat(node, to)
            case _:  # pragma: no cover
                assert_never(node)

    def _build_repeat(self, repeat: Repeat, to: int) -> int:
        if repeat.most is None:
            loop = self._add(_Fork(()))
            self._parts[loop] = _Fork((self._build(repeat.node, loop), to))
            start = loop
        else:
            start = to
            for _ in range(repeat.most - repeat.least):
                start = self._add(_Fork((self._build(repeat.node, start), to)))
        for _ in range(repeat.least):
            start = self._build(repeat.node, start)
        return start


_ANYTHING = re.compile(r"(?s:.)")


def _is_open(where: Where, before: Side, after: Side) -> bool:
    match where:
        case Where.START:
            return before is Side.NOTHING
        case Where.END:
            return after is Side.NOTHING
        case Where.EDGE:
            return Side.SETTLED not in (before, after) and (before is Side.WORD) != (after is Side.WORD)
        case _:  # pragma: no cover
            assert_never(where)
