"""The parts of a source that show text as it is: code, comments, transcripts. A URL in them is no link. Pure.

This knows of both markups as much as it takes to leave alone what an author wrote as an example; it is no parser. Where
it takes a link for an example, the link is told as one that was not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

from affidavit.links.rewrite import Span
from affidavit.links.source_lines import CODE, Fenced, Line, fenced, lines_of


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
        "meta",
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
_CODE_INDENT = 4

_DRAWN = re.compile(r"""([!-/:-@\[-`{-~])\1{2,}(?:\s+\1+)*$|\+[-=+]+\+$""")
"""Lines that titles, and tables of both kinds, are drawn with."""

_INLINE = {
    Markup.RST: re.compile(
        r"``(?=\S)(?:(?!\n[ \t\r]*\n).)+?``|:(?:literal|code|samp|command|kbd|file|program|math):`[^`]*`", re.DOTALL
    ),
    Markup.MYST: re.compile(r"(?<!`)(`+)(?!`)[^\n]+?(?<!`)\1(?!`)|<!--.*?-->", re.DOTALL),
}


def literals(text: str, markup: Markup) -> tuple[Span, ...]:
    """Return the parts of a source that show text as it is; they may overlap."""
    lines = list(lines_of(text))
    return tuple(_of_rst(text, lines) if markup is Markup.RST else _of_myst(text, lines))


def _of_rst(text: str, lines: list[Line]) -> Iterator[Span]:
    yield from _rst_blocks(lines)
    yield from _measured(lines)
    yield from _inline(text, lines, Markup.RST)


def _of_myst(text: str, lines: list[Line]) -> Iterator[Span]:
    """Yield those of a text in MyST, and of what is written in reStructuredText in it."""
    for other, together in groupby(fenced(lines, LITERAL_DIRECTIVES), key=_is_rst):
        inner = list(together)
        inner_lines = [each.line for each in inner]
        if other:
            yield from _of_rst(text, inner_lines)
        else:
            yield from _myst_blocks(inner)
            yield from _inline(text, inner_lines, Markup.MYST)


def _is_rst(line: Fenced) -> bool:
    return "eval-rst" in line.within[-1:] and not line.marks


def _inline(text: str, lines: list[Line], markup: Markup) -> Iterator[Span]:
    """Yield what some lines that follow each other show as it is, inside of their sentences."""
    found = _INLINE[markup].finditer(text, lines[0].span.start, lines[-1].span.end) if lines else ()
    return (Span(*match.span()) for match in found)


def _rst_blocks(lines: list[Line]) -> Iterator[Span]:
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


def _measured(lines: list[Line]) -> Iterator[Span]:
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


def _indented(lines: list[Line], number: int, indent: int) -> Iterator[Span]:
    """Yield the lines behind one that are indented deeper than it, blank ones among them."""
    for line in lines[number + 1 :]:
        if line.text and line.indent <= indent:
            return
        yield line.span


def _myst_blocks(lines: list[Fenced]) -> Iterator[Span]:
    """Yield the lines of code fences, of indented code, and comments; fences of other directives hold markup."""
    for each in lines:
        shown = not each.marks and bool(each.within) and each.within[-1] in LITERAL_DIRECTIVES | {CODE}
        if shown or each.line.text.startswith("% "):
            yield each.line.span
    yield from _indented_code([each.line for each in lines if not each.within])


def _indented_code(lines: list[Line]) -> Iterator[Span]:
    """Yield lines behind a blank one, indented by four or more (CommonMark, 4.4); in a list they may be text."""
    behind_blank, code, listed = True, False, False
    for line in lines:
        code = bool(line.text) and line.indent >= _CODE_INDENT and (behind_blank or code) and not listed
        if code:
            yield line.span
        elif line.text and line.indent < _CODE_INDENT:
            listed = bool(_BULLET.match(line.text)) or (listed and bool(line.indent))
        behind_blank = not line.text
