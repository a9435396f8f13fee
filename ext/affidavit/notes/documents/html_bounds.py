"""Which pages are better not given to a parser of html: those whose elements are nested without end. Pure.

A parser walks through all elements that are open, and opens again all formatting that was never closed, so that a small
page can take minutes and gigabytes. No page of release notes comes near the bounds here, which are an estimate.
"""

from __future__ import annotations

import re

_MOST_PIECES = 400_000
"""Signs that begin a tag or an entity."""

_DEEPEST = 2000
_MOST_STEPS = 10**8
_MOST_FORMATTED = 10**5
"""Open elements, these summed over all tags, and open formatting summed likewise."""

_LONGEST = 200_000
"""Bytes without the end of a tag, behind the begin of one: thousands of attributes are compared with each other."""

_TAG = re.compile(rb"<(/?)([a-z][a-z0-9-]*)", re.IGNORECASE)
_FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
_FLAT = frozenset(
    b"area base br circle col dd dt embed hr img input li line link meta option p param path polygon polyline rect"
    b" source tbody td th thead tr track use wbr".split()
)
"""Elements that have no end tag, or need none."""


def is_bearable(markup: bytes) -> bool:
    """Return whether a parser takes a page in its stride."""
    if markup.count(b"<") + markup.count(b"&") > _MOST_PIECES:
        return False
    return not re.search(rb"<[a-z][^>]{%d}" % _LONGEST, markup, re.IGNORECASE) and not _is_nested(markup)


def _is_nested(markup: bytes) -> bool:
    depth = formatted = steps = copies = 0
    for end, name in _TAG.findall(markup.lower()):
        if name in _FLAT:
            copies += formatted
            continue
        change = -1 if end else 1
        depth = max(0, depth + change)
        formatted = max(0, formatted + change * (name in _FORMATTING))
        steps += depth
        copies += formatted * (name not in _FORMATTING)
        if depth > _DEEPEST or steps > _MOST_STEPS or copies > _MOST_FORMATTED:
            return True
    return False
