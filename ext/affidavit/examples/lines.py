"""How one expected line is compared with one that was seen. Pure.

A line holds if it does so as both stand, or as both are once settled: so an author may show a real identifier, a part
of one (``0b5e...``), or the word that stands for it.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable
from typing import assert_never

from msgspec import Struct

from affidavit.examples.numbers import tolerant
from affidavit.examples.patterns.pattern import Refused, read_pattern
from affidavit.examples.verdict import Unusable
from affidavit.model.examples import Comparison, Matching

ANYTHING = "..."
_BLANK = "<BLANKLINE>"

Settle = Callable[[str], str]
Test = Callable[[str], bool]


class Line(Struct, frozen=True):
    """A line as it stands, and once settled."""

    raw: str
    settled: str


class Wanted(Struct, frozen=True):
    """An expected line that is no gap, and what tells whether another one holds against it as it stands, or settled."""

    line: Line
    is_plain: bool
    raw: Test
    settled: Test

    def fits(self, seen: Line) -> bool:
        """Tell whether a line is what is wanted."""
        return self.raw(seen.raw) or self.settled(seen.settled)


def split(text: str, settle: Settle) -> list[Line]:
    """Return the lines of a text: without blanks at their ends, and without blank lines at the end of the text."""
    text = "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")
    if not text:
        return []
    return [Line(*both) for both in zip(text.split("\n"), settle(text).split("\n"), strict=True)]


def split_expected(text: str, settle: Settle) -> list[Line]:
    """Return the lines of an expected text; ``<BLANKLINE>`` stands for a blank one."""
    return split("\n".join("" if line.strip() == _BLANK else line for line in text.split("\n")), settle)


def wanted(lines: list[Line], matching: Matching) -> list[Wanted | None] | Unusable:
    """Return what is wanted, line by line; ``None`` is a gap for any number of lines."""
    found: list[Wanted | None] = []
    for number, line in enumerate(lines, start=1):
        each = None if line.raw.strip() == ANYTHING else _wanted(line, matching)
        if isinstance(each, Refused):
            return Unusable(number, f"The regular expression cannot be used: {each.why}.")
        found.append(each)
    return found


def _wanted(line: Line, matching: Matching) -> Wanted | Refused:
    match matching.comparison:
        case Comparison.EXACT | Comparison.JSON:
            plain = ANYTHING not in line.raw and not matching.tolerance
            return Wanted(line, plain, _exact(line.raw, matching), _exact(line.settled, matching))
        case Comparison.GLOB:
            return Wanted(line, False, _glob(line.raw), _glob(line.settled))  # noqa: FBT003 # the field says what it is
        case Comparison.REGEX:
            pattern = read_pattern(line.raw)
            if isinstance(pattern, Refused):
                return pattern
            return Wanted(line, False, pattern.is_whole, _never)  # noqa: FBT003
        case _:  # pragma: no cover
            assert_never(matching.comparison)


def _never(_: str) -> bool:
    """Hold against nothing: a regular expression is written for what programs print, not for what is made of it."""
    return False


def _glob(line: str) -> Test:
    form = re.compile(fnmatch.translate(line))
    return lambda seen: form.match(seen) is not None


def _exact(line: str, matching: Matching) -> Test:
    if matching.tolerance:
        return tolerant(line.split(ANYTHING), matching.tolerance)
    if ANYTHING not in line:
        return line.__eq__
    first, *middle, last = line.split(ANYTHING)
    return lambda seen: _has_in_order(seen, first, middle, last)


def _has_in_order(seen: str, first: str, middle: list[str], last: str) -> bool:
    """Tell whether a line begins with a piece, ends with another, and has the others between, in their order."""
    end = len(seen) - len(last)
    if end < len(first) or not (seen.startswith(first) and seen.endswith(last)):
        return False
    at = len(first)
    for piece in middle:
        found = seen.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
