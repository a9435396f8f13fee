"""A regular expression of an author, ready for use, or why it cannot be used. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from affidavit.examples.patterns.automaton import Automaton, Side
from affidavit.examples.patterns.syntax import PatternRefusedError, read
from affidavit.examples.patterns.tree import Node, size

_MOST_STATES = 2000
LONGEST = 200
"""Characters that are replaced at once at most: what makes looking for all places take time in proportion."""


class Refused(Struct, frozen=True):
    """Why an expression cannot be used: the rest of a sentence that begins with it."""

    why: str


class Pattern:
    """Knows which lines an expression matches; the lines hold no line break.

    ``settled`` are the characters that stand for something that was replaced.
    """

    def __init__(self, node: Node, settled: re.Pattern[str] | None = None) -> None:
        self._node = node
        self._settled = settled

    def is_whole(self, line: str) -> bool:
        """Tell whether it matches a line from its beginning to its end."""
        states, before = self._here.start, Side.NOTHING
        for character in line:
            _, states = self._here.advance(states, before, character)
            if not states:
                return False
            before = self._here.side(character)
        return self._here.advance(states, before, "")[0]

    def is_in(self, line: str) -> bool:
        """Tell whether it matches something in a line."""
        states, before = self._anywhere.start, Side.NOTHING
        for character in line:
            ends, states = self._anywhere.advance(states, before, character)
            if ends:
                return True
            before = self._anywhere.side(character)
        return self._anywhere.advance(states, before, "")[0]

    def spans(self, line: str) -> Iterator[tuple[int, int]]:
        """Give where it matches, from left to right, each as long as possible, up to ``LONGEST`` characters."""
        if not self.is_in(line):
            return
        at = 0
        while at < len(line):
            end = self._longest(line, at)
            if end > at:
                yield at, end
            at = max(end, at + 1)

    @cached_property
    def _here(self) -> Automaton:
        return Automaton(self._node, settled=self._settled)

    @cached_property
    def _anywhere(self) -> Automaton:
        return Automaton(self._node, anywhere=True, settled=self._settled)

    def _longest(self, line: str, start: int) -> int:
        """Return where the longest match that begins at a place ends; there, if there is none."""
        states, longest = self._here.start, start
        before = self._here.side(line[start - 1] if start else "")
        for at in range(start, min(start + LONGEST, len(line)) + 1):
            character = line[at : at + 1]
            ends, states = self._here.advance(states, before, character)
            longest = at if ends else longest
            if not states:
                break
            before = self._here.side(character)
        return longest


def read_pattern(text: str, settled: re.Pattern[str] | None = None) -> Pattern | Refused:
    """Read an expression."""
    try:
        node = read(text)
    except PatternRefusedError as error:
        return Refused(str(error))
    if size(node) > _MOST_STATES:
        return Refused(f"its repetitions come to more than {_MOST_STATES} states")
    return Pattern(node, settled)
