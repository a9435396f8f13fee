"""The lines of a source, and the fences of MyST that they stand in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from affidavit.links.rewrite import Span

_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})\s*(?:\{([\w:.+-]+)\})?(.*)")

CODE = ""
"""In place of the name of a directive: a fence whose content is no markup, and not of a directive either."""


class Line(Struct, frozen=True):
    """A line of a text: where it stands, how far it is indented, and what it says."""

    span: Span
    indent: int
    text: str


class Fenced(Struct, frozen=True):
    """A line, and the directives in which it stands, the outer one first; ``marks`` says that it opens or ends one."""

    line: Line
    within: tuple[str, ...]
    marks: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text."""
    ends = [match.end() for match in re.finditer(r"\r\n|\n|\r|\Z", text)]
    for start, end in pairwise([0, *ends]):
        line = text[start:end].expandtabs()
        said = line.strip()
        yield Line(Span(start, end), len(line) - len(line.lstrip()), said)


def fenced(lines: Iterable[Line], literal: frozenset[str]) -> Iterator[Fenced]:
    """Yield the lines of a text in MyST with the fences around them; what stands in one of ``literal`` opens none.

    A fence of colons always holds markup, as does one of backticks that names a directive.
    """
    opened: list[tuple[str, str]] = []
    for line in lines:
        fence = _FENCE.match(line.text)
        shown = bool(opened) and (opened[-1][1] == CODE or opened[-1][1] in literal)
        if fence and opened and _closes(fence, opened[-1][0]):
            opened.pop()
            yield Fenced(line, tuple(name for _, name in opened), marks=True)
        elif fence and not shown:
            opened.append((fence[1], _directive(fence)))
            yield Fenced(line, tuple(name for _, name in opened), marks=True)
        else:
            yield Fenced(line, tuple(name for _, name in opened))


def _closes(fence: re.Match[str], opened: str) -> bool:
    return fence[1].startswith(opened) and not fence[2] and not fence[3].strip()


def _directive(fence: re.Match[str]) -> str:
    """Return what a fence names; one of colons without a name is but a container."""
    if fence[2]:
        return fence[2].lower()
    return "div" if fence[1].startswith(":") else CODE
