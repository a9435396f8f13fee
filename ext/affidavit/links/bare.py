"""The URLs that stand bare in a source in MyST: text, not links, unless ``linkify`` is among its extensions. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from affidavit.links.literal import LITERAL_DIRECTIVES
from affidavit.links.rewrite import Span
from affidavit.links.source_lines import Fenced, fenced, lines_of

_URL = re.compile(r"https?://", re.IGNORECASE)
_LINKING = re.compile(r"(?:\]\(\s*<?|<|^\s*(?:>\s*)*\[[^\]^][^\]]*\]:\s*<?)$")
"""What stands before the URL of a link, of an autolink, or of a definition (CommonMark, 4.7, 6.3 and 6.5)."""

_OPTION = re.compile(r":?[\w-]+:\s+[\"']?$")
"""What stands before the value of an option of a directive."""

_OTHER_MARKUP = frozenset({"eval-rst", "toctree"})
"""Directives in which a bare URL is a link all the same."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)


def bare(text: str) -> Iterator[Span]:
    """Yield the URLs of a source that are no links; where the source itself asks for ``linkify``, there are none."""
    front = _FRONT_MATTER.match(text)
    if front and "linkify" in front[1]:
        return
    for each in fenced(lines_of(text), LITERAL_DIRECTIVES):
        yield from _of_line(text, each)


def _of_line(text: str, fenced_line: Fenced) -> Iterator[Span]:
    within = fenced_line.within
    if fenced_line.marks or not _OTHER_MARKUP.isdisjoint(within):
        return
    span = fenced_line.line.span
    for match in _URL.finditer(text, span.start, span.end):
        before = text[span.start : match.start()]
        if not _LINKING.search(before) and not (within and _OPTION.match(before.lstrip())):
            yield Span(*match.span())
