"""A mismatch as text: what was expected, what was seen, and the rule that was not kept. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from affidavit.examples.verdict import Mismatch

_AROUND = 3
_MOST_LINES = 40
_LONGEST = 200
Sides = tuple[str, str]
"""What the two sides of a comparison are called."""


def render(mismatch: Mismatch, sides: Sides = ("expected", "seen")) -> str:
    """Return a mismatch in lines: a sentence, the rule, and the lines of both sides around where they part.

    ``-`` is expected, ``+`` was seen, or what else both sides are. Long lines and long output are cut, and say so.
    """
    return "\n".join(_rendered(mismatch, sides)) + "\n"


def _rendered(mismatch: Mismatch, sides: Sides) -> Iterator[str]:
    yield mismatch.detail
    yield f"Rule: {mismatch.rule}."
    if not (mismatch.expected or mismatch.seen):
        return
    yield f"--- {sides[0]}"
    yield f"+++ {sides[1]}"
    yield from _compared(mismatch, sides)


def _compared(mismatch: Mismatch, sides: Sides) -> Iterator[str]:
    """Give the lines of both sides; equal ones stand there once."""
    expected, before_expected = _window(mismatch.expected, mismatch.line)
    seen, before_seen = _window(mismatch.seen, mismatch.at)
    yield from _left_out(before_expected, before_seen, sides, "before")
    matcher = difflib.SequenceMatcher(None, expected, seen, autojunk=False)
    for _, first, last, seen_first, seen_last in matcher.get_opcodes():
        if expected[first:last] == seen[seen_first:seen_last]:
            yield from (f" {_cut(line)}" for line in expected[first:last])
        else:
            yield from (f"-{_cut(line)}" for line in expected[first:last])
            yield from (f"+{_cut(line)}" for line in seen[seen_first:seen_last])
    after_expected = len(mismatch.expected) - before_expected - len(expected)
    yield from _left_out(after_expected, len(mismatch.seen) - before_seen - len(seen), sides, "after")


def _window(lines: Sequence[str], line: int) -> tuple[Sequence[str], int]:
    """Return the lines around one, counted from 1, and how many stand before them."""
    start = max(0, line - 1 - _AROUND) if len(lines) > _MOST_LINES else 0
    return lines[start : start + _MOST_LINES], start


def _left_out(expected: int, seen: int, sides: Sides, where: str) -> Iterator[str]:
    if expected or seen:
        yield f"({expected} {sides[0]} and {seen} {sides[1]} lines {where} are left out)"


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}… ({len(line) - _LONGEST} more characters)"
