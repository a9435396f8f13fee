r"""Python sessions: statements behind ``>>>``, and what they print, by the rules of doctest. Pure.

- A line that begins with ``>>> `` is a statement; lines right behind it that begin with ``... `` belong to it.
- All else is expected output, up to the next statement or a blank line; ``<BLANKLINE>`` stands for one that is printed.
- A backslash before a line of output that looks like one of these (``\>>> ``, ``\...``) makes it output. So output that
  begins with any lines begins with ``\...``.
- A block in which no statement shows output has its output recorded; in any other a statement without output prints
  nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from affidavit.examples.parse.parsed import (
    Escape,
    Parsed,
    Problem,
    below,
    recorded_if_silent,
    source_lines,
    without_blank_end,
)
from affidavit.model.examples import Exchange
from affidavit.model.place import Place

_PROMPT = re.compile(r">>>(?: |$)")
_MARK = re.compile(r"\.\.\.(?: |$)")
_CRAMPED = re.compile(r">>>[^ >]")
_ESCAPE = Escape(r">>>(?!>)|\.\.\.(?: |$)")


class _Statement(Struct, frozen=True):
    """A statement that begins at a line, counted from 0, and the lines behind it from ``end`` on."""

    start: int
    lines: tuple[str, ...]
    end: int


def parse(text: str, place: Place) -> Parsed:
    """Read a block of which ``place`` is the first line."""
    lines = source_lines(text)
    statements = list(_statements(lines))
    if not statements:
        return Parsed((), (Problem(place, "The block has no statement; a statement begins with “>>> ”."),))
    ends = [*(each.start for each in statements[1:]), len(lines)]
    exchanges = (_exchange(each, lines[each.end : end], place) for each, end in zip(statements, ends, strict=True))
    return Parsed(recorded_if_silent(exchanges), tuple(_problems(statements, ends, lines, place)))


def render(exchanges: Iterable[Exchange]) -> str:
    """Return the block of which reading gives these exchanges."""
    return "".join(f"{line}\n" for each in exchanges for line in _rendered(each))


def _rendered(exchange: Exchange) -> Iterator[str]:
    first, *rest = exchange.given.split("\n")
    yield f">>> {first}"
    yield from (f"... {line}" if line else "..." for line in rest)
    shown = exchange.expected.split("\n") if exchange.expected else []
    yield from (
        _ESCAPE.on(line, misread=number == 0 or line.startswith(">")) or "<BLANKLINE>"
        for number, line in enumerate(shown)
    )


def _statements(lines: list[str]) -> Iterator[_Statement]:
    at = 0
    while at < len(lines):
        start = at
        at += 1
        if not _PROMPT.match(lines[start]):
            continue
        while at < len(lines) and _MARK.match(lines[at]):
            at += 1
        yield _Statement(start, tuple(line[4:] for line in lines[start:at]), at)


def _exchange(statement: _Statement, behind: list[str], place: Place) -> Exchange:
    expected = "\n".join(map(_ESCAPE.off, behind[: _blank(behind)]))
    return Exchange("\n".join(statement.lines), expected, below(place, statement.start))


def _blank(lines: list[str]) -> int:
    """Return where the first blank line is, or the end."""
    return next((at for at, line in enumerate(lines) if not line.strip()), len(lines))


def _problems(statements: list[_Statement], ends: list[int], lines: list[str], place: Place) -> Iterator[Problem]:
    before = next((at for at, line in enumerate(lines[: statements[0].start]) if line.strip()), None)
    if before is not None:
        yield Problem(below(place, before), _said_of_output_before(lines[before]))
    for each, end in zip(statements, ends, strict=True):
        if not any(line.strip() for line in each.lines):
            yield Problem(below(place, each.start), "This prompt has no statement.")
        yield from _problems_behind(lines[each.end : end], below(place, each.end))


def _problems_behind(behind: list[str], place: Place) -> Iterator[Problem]:
    """Find what cannot be output: a prompt that lacks its blank, and lines behind a blank line."""
    shown = without_blank_end(behind)
    cramped = next((at for at, line in enumerate(shown) if _CRAMPED.match(line)), None)
    if cramped is not None:
        yield Problem(below(place, cramped), "A blank is missing behind “>>>”.")
    elif (end := _blank(shown)) < len(shown):
        yield Problem(below(place, end), "Output ends at a blank line; one that is printed is written “<BLANKLINE>”.")


def _said_of_output_before(line: str) -> str:
    if _CRAMPED.match(line):
        return "A blank is missing behind “>>>”."
    return "There is output before the first statement; a statement begins with “>>> ”."
