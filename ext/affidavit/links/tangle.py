"""Which markup costs a parser more than it is worth: tags that are nested without end, or too many of them. Pure.

The rules of HTML make a parser walk through all elements that are open, and open again all formatting that was never
closed: 25 kB of ``<b a=1><p><b a=2><p>...`` took 730 MB, a million bytes of ``<div>`` more than a minute, and one tag
of two million bytes of attributes two minutes (measured with selectolax 0.4.0 and 1.0.2).
"""

from __future__ import annotations

import re
from collections import Counter

_FEW = 500
_MANY = 7500
"""Tags that cannot do much, however they are nested, and those that cannot where little is formatted."""

_MOST_PIECES = 300_000
"""Signs that begin a tag, a comment or an entity; a parser takes some hundred bytes for each."""

_MOST_STEPS = 3 * 10**7
_MOST_COPIES = 15 * 10**4
"""Steps through open elements, and elements that are opened again: at most some 0.5 s and 60 MB."""

_MOST_ATTRIBUTES = 3000
"""Of one tag; each is compared with all before it."""

_UNIFORM = 36
"""Elements of one name that have no attributes are opened again three times at most, and there are twelve names."""

_FORMATTED = re.compile(rb"<(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE)
_LONG = 10_000
"""Bytes of a tag with so many attributes; to see that there is none, to look at its halves is enough."""

_BEGINS = re.compile(rb"<[a-z]", re.IGNORECASE)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(rb"<(/?)([a-z][a-z0-9-]*)", re.IGNORECASE)
_FORMATTING = frozenset(
    (b"b", b"big", b"code", b"em", b"font", b"i", b"s", b"small", b"strike", b"strong", b"tt", b"u")
)
# Of these, none is open in itself: they have no end tag, or the next one closes the last.
_FLAT = frozenset(
    b"a area base br col dd dt embed hr img input li link meta nobr option p param source tbody td th thead tr track"
    b" wbr".split()
)
# Leaves of drawings, mostly written as closed in themselves, which only drawings can be.
_LEAVES = frozenset(
    (b"circle", b"ellipse", b"image", b"line", b"path", b"polygon", b"polyline", b"rect", b"stop", b"use")
)
_NEVER_DRAWN = frozenset((b"body", b"div", b"p", b"span", b"table", b"ul", b"ol", b"pre", b"h1", b"h2", b"h3", b"img"))
"""What ends a drawing that was not ended."""


def is_tangled(markup: bytes) -> bool:
    """Return whether markup is better not given to a parser; an estimate, on the safe side."""
    return _is_crowded(markup) or _is_overloaded(markup) or (_could_be_nested(markup) and _is_nested(markup))


def _is_crowded(markup: bytes) -> bool:
    """Tell so many elements and entities that a parser would hold far more than the markup itself."""
    return markup.count(b"<") + markup.count(b"&") > _MOST_PIECES


def _is_overloaded(markup: bytes) -> bool:
    """Tell a tag with thousands of attributes; the text of one attribute may well be long."""
    if all(markup.find(b">", at, at + _LONG // 2) >= 0 for at in range(0, len(markup) - _LONG // 2, _LONG // 2)):
        return False
    long = (each for each in markup.split(b">") if len(each) > _LONG and _BEGINS.search(each))
    return any(len(_QUOTED.sub(b"", each).split()) > _MOST_ATTRIBUTES for each in long)


def _could_be_nested(markup: bytes) -> bool:
    """Tell the pages, nearly all, whose tags are too few, from those that need to be looked at."""
    tags = markup.count(b"<")
    if tags < _FEW:
        return False
    return tags > _MANY or tags * (_UNIFORM + len(_FORMATTED.findall(markup))) > _MOST_COPIES


def _is_nested(markup: bytes) -> bool:
    unclosed: Counter[bytes] = Counter()
    depth = formatting = steps = copies = 0
    for end, name in _TAG.findall(markup.lower()):
        change = _change(unclosed, name, end)
        unclosed[name] += change
        depth += change
        formatting += change * (name in _FORMATTING)
        steps += depth
        copies += formatting
    return steps > _MOST_STEPS or copies > _MOST_COPIES


def _change(unclosed: Counter[bytes], name: bytes, end: bytes) -> int:
    """Return by how much a tag changes the number of open elements."""
    if name in _NEVER_DRAWN:
        unclosed[b"svg"] = 0
    if name in _FLAT or (name in _LEAVES and unclosed[b"svg"]):
        return 0
    if end:
        return -1 if unclosed[name] else 0
    return 1
