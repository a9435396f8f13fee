"""What reading a block gives, and what the readers of all kinds of blocks share. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from affidavit.model.examples import Exchange
from affidavit.model.place import Place


class Problem(Struct, frozen=True):
    """Something in a block that cannot be meant so: where it stands, and a sentence for the author."""

    place: Place
    sentence: str


class Parsed(Struct, frozen=True):
    """The exchanges of a block in their order, and the problems found; a block with problems is not to be run."""

    exchanges: tuple[Exchange, ...]
    problems: tuple[Problem, ...] = ()


def source_lines(text: str) -> list[str]:
    """Return the lines of a block; only line feeds end them, since output may hold any other separator."""
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def below(place: Place, lines: int) -> Place:
    """Return the place some lines further down; a file as a whole stays what it is."""
    return replace(place, line=place.line + lines) if place.line else place


def without_blank_end(lines: Sequence[str]) -> list[str]:
    """Return the lines without the blank ones at their end, which are layout."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return list(lines[:end])


def recorded_if_silent(exchanges: Iterable[Exchange]) -> tuple[Exchange, ...]:
    """Return the exchanges of a block; where none of them shows output, what they print is not expected but recorded.

    So a block of commands alone shows what was seen, and in a block that shows some output, a command that shows
    none prints nothing. An exit status is no output.
    """
    every = tuple(exchanges)
    if any(each.expected for each in every):
        return every
    return tuple(replace(each, expected=None) for each in every)


class Escape:
    """Lines that would be read as something else carry a backslash before them, and one more for each that they have.

    ``marks`` is a regular expression for the beginning of such lines.
    """

    def __init__(self, marks: str) -> None:
        self._marked = re.compile(rf"\\*(?:{marks})")

    def off(self, line: str) -> str:
        """Return the line as it is meant."""
        return line[1:] if line.startswith("\\") and self._marked.match(line) else line

    def on(self, line: str, *, misread: bool = True) -> str:
        """Return the line as it is to be written, where it would be ``misread`` unless it is marked."""
        needed = misread or line.startswith("\\")
        return f"\\{line}" if needed and self._marked.match(line) else line
