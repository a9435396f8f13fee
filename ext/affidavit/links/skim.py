"""A quick look at a page: title and heading, without parsing, where nothing is unusual about them. Pure.

Parsing takes some ten times as long, and most links ask for nothing but that their page is there.
"""

from __future__ import annotations

import re
from html import unescape

from msgspec import Struct

from affidavit.links.charset import encoding
from affidavit.links.folding import one_line
from affidavit.links.markup import LONGEST
from affidavit.links.suspicion import is_suspicious

ENOUGH = 30
"""Words behind the heading that show that a page has content; there may be many more."""

_TITLE = re.compile(rb"<title(?:\s[^>]{0,300})?>([^<]{0,1000})</title", re.IGNORECASE)
_HEADING = re.compile(rb"<h1(?:\s[^>]{0,1000})?>(.{0,1000}?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_HIDES = rb"!--|script|style|template|noscript|iframe|textarea|svg|xmp"
_HIDING = re.compile(rb"<(?:%s)" % _HIDES, re.IGNORECASE)
"""What may hold something that looks like a title or a heading, and is none."""

_WORDS = re.compile(rb"(?:(?:\s|<(?!%s)[^<>]*+>)*+[^<\s]++){%d}" % (_HIDES, ENOUGH), re.IGNORECASE)
"""So many words that surely are seen: nothing is open that hides them, and none is of a tag that is cut off."""

_HEAD, _FAR = 8192, 3200
"""Bytes in which a page says its encoding, and those behind the heading in which words are counted."""


class Skimmed(Struct, frozen=True):
    """Title and heading of a page that has at least :data:`ENOUGH` words besides."""

    title: str
    heading: str


def skim(body: bytes | bytearray, charset: str) -> Skimmed | None:
    """Return what a page says on top; ``None`` where a parser, or more of the page, is needed to tell."""
    title = _TITLE.search(body)
    heading = _HEADING.search(body, title.end()) if title else None
    if title is None or heading is None or not _is_plain(body, title.start(), heading.start()):
        return None
    title_text = _text(title[1], body, charset)
    raw = heading[1]
    heading_text = _text(_TAG.sub(b"", raw) if b"<" in raw else raw, body, charset)
    if not title_text or not heading_text or is_suspicious(title_text, heading_text):
        return None
    start = heading.end()
    return Skimmed(title_text, heading_text) if _WORDS.match(body, start, start + _FAR) else None


def _is_plain(body: bytes | bytearray, *places: int) -> bool:
    """Return whether nothing is open at any of these places that hides what stands in it."""
    hiding = _HIDING.search(body, 0, places[-1])
    while hiding:
        name = bytes(hiding[0][1:]).lower()
        close = body.find(b"-->" if name == b"!--" else b"</" + name, hiding.end())
        if close < 0 or any(hiding.start() < place < close for place in places):
            return False
        hiding = _HIDING.search(body, close, places[-1])
    return True


def _text(raw: bytes, body: bytes | bytearray, charset: str) -> str:
    """Return text on one line; empty where it is not at hand what its bytes mean."""
    if b"\x1b" in raw:  # of ISO 2022, where other scripts are written in ASCII
        return ""
    if raw.isascii():
        return one_line(unescape(raw.decode("ascii")), LONGEST)
    codec = encoding(bytes(body[:_HEAD]), charset)
    return one_line(unescape(raw.decode(codec, "replace")), LONGEST) if codec else ""
