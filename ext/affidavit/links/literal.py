"""The parts of a source that show text as it is: code, comments, transcripts. A URL in them is no link. Pure.

This knows of both markups as much as it takes to leave alone what an author wrote as an example; it is no parser. Where
it takes a link for an example, the link is told as one that was not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby, pairwise

from msgspec import Struct

from affidavit.links.rewrite import Span


class Markup(StrEnum):
    """What a source is written in."""

    RST = "reStructuredText"
    MYST = "MyST"


LITERAL_DIRECTIVES = frozenset(
    {
        "code",
        "code-block",
        "code-cell",
        "command-output",
        "console",
        "doctest",
        "file",
        "graphviz",
        "highlight",
        "http",
        "ipython",
        "jupyter-execute",
        "literalinclude",
        "math",
        "mermaid",
        "plantuml",
        "productionlist",
        "program-output",
        "prompt",
        "pycon",
        "raw",
        "service",
        "sourcecode",
        "testcleanup",
        "testcode",
        "testoutput",
        "testsetup",
        "uml",
    }
)
"""Directives whose content is shown, or run, as it is written."""

_DIRECTIVE = re.compile(r"\.\.\s+(?:\|[^|]+\|\s+)?([\w:.+-]+?)::(?:\s|$)")
_EXPLICIT = re.compile(r"\.\.\s+(?:_|\[|\||[\w:.+-]+?::)")
"""Targets, footnotes, substitutions and directives; any other explicit markup is a comment."""

_BULLET = re.compile(r"(?:(?:[-*+•]|\(?\w{1,3}[.)]|#\.)\s+)+")
_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})\s*(?:\{([\w:.+-]+)\})?(.*)")

_DRAWN = re.compile(r"""([!-/:-@\[-`{-~])\1{2,}(?:\s+\1+)*$|\+[-=+]+\+$""")
"""Lines that titles, and tables of both kinds, are drawn with."""

_INLINE = {
    Markup.RST: re.compile(
        r"``(?=\S)(?:(?!\n[ \t\r]*\n).)+?``|:(?:literal|code|samp|command|kbd|file|program|math):`[^`]*`", re.DOTALL
    ),
    Markup.MYST: re.compile(r"(?<!`)(`+)(?!`)[^\n]+?(?<!`)\1(?!`)|<!--.*?-->", re.DOTALL),
}


class _Line(Struct, frozen=True):
    """A line of a text: where it stands, how far it is indented, and what it says."""

    span: Span
    indent: int
    text: str


def literals(text: str, markup: Markup) -> tuple[Span, ...]:
    """Return the parts of a source that show text as it is; they may overlap."""
    lines = list(_lines(text, Span(0, len(text))))
    blocks = (*_rst_blocks(lines), *_measured(lines)) if markup is Markup.RST else _myst_blocks(lines)
    inline = (Span(*match.span()) for match in _INLINE[markup].finditer(text))
    return (*blocks, *inline)


def _lines(text: str, within: Span) -> Iterator[_Line]:
    ends = [match.end() for match in re.finditer(r"\r\n|\n|\r|\Z", text[within.start : within.end])]
    for start, end in pairwise([0, *ends]):
        line = text[within.start + start : within.start + end].expandtabs()
        said = line.strip()
        yield _Line(Span(within.start + start, within.start + end), len(line) - len(line.lstrip()), said)


def _rst_blocks(lines: list[_Line]) -> Iterator[Span]:
    for number, line in enumerate(lines):
        if line.text.startswith(">>> "):
            yield line.span
        elif line.text == ".." or line.text.startswith(".. "):
            if _shows_its_block(line.text, next_blank=number + 1 < len(lines) and not lines[number + 1].text):
                yield line.span
                yield from _indented(lines, number, line.indent)
        elif line.text.endswith("::"):
            bullet = _BULLET.match(line.text)
            yield from _indented(lines, number, line.indent + (bullet.end() if bullet else 0))


def _measured(lines: list[_Line]) -> Iterator[Span]:
    """Yield the lines of titles and tables: another address would be longer than what they are drawn with allows."""
    for written, block in groupby(lines, key=lambda line: bool(line.text)):
        together = list(block)
        if written and any(_DRAWN.match(line.text) for line in together):
            yield from (line.span for line in together)


def _shows_its_block(explicit: str, *, next_blank: bool) -> bool:
    """Tell a comment, and a directive with literal content, from all others; two dots alone have no block."""
    directive = _DIRECTIVE.match(explicit)
    if directive:
        return directive[1].lower() in LITERAL_DIRECTIVES
    return not next_blank if explicit == ".." else not _EXPLICIT.match(explicit)


def _indented(lines: list[_Line], number: int, indent: int) -> Iterator[Span]:
    """Yield the lines behind one that are indented deeper than it, blank ones among them."""
    for line in lines[number + 1 :]:
        if line.text and line.indent <= indent:
            return
        yield line.span


def _myst_blocks(lines: list[_Line]) -> Iterator[Span]:
    """Yield the lines of code fences, and comments; fences of other directives hold markup, down to their end."""
    open_fences: list[tuple[str, bool]] = []
    for line in lines:
        fence = _FENCE.match(line.text)
        literal = bool(open_fences) and open_fences[-1][1]
        if fence and open_fences and _closes(fence, open_fences[-1][0]):
            open_fences.pop()
        elif fence and not literal:
            open_fences.append((fence[1], _is_literal(fence)))
        if literal or line.text.startswith("% "):
            yield line.span


def _closes(fence: re.Match[str], opened: str) -> bool:
    return fence[1].startswith(opened) and not fence[2] and not fence[3].strip()


def _is_literal(fence: re.Match[str]) -> bool:
    """Tell code from a directive; a fence of colons always holds markup, as does one without a closing for a word."""
    if fence[2]:
        return fence[2].lower() in LITERAL_DIRECTIVES
    return not fence[1].startswith(":")
