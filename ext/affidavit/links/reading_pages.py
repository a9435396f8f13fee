"""How much of a page of the web is read, and what is made of it. Pure."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from msgspec import Struct

from affidavit.links.charset import decoded
from affidavit.links.finding import Found, InText, OnPage, found
from affidavit.links.folding import one_line
from affidavit.links.marks import Mark, MarkKind
from affidavit.links.markup import LONGEST, Markup, parse
from affidavit.links.scripted import is_scripted
from affidavit.links.seen import PageSeen
from affidavit.links.skim import ENOUGH, skim
from affidavit.links.suspicion import LITTLE, is_suspicious

BUDGET = 4 * 2**20
"""Bytes of one body, after inflation, that are read at most; so many only where something is looked for."""

_TOP = 32 * 2**10
_CLOSE_LOOK = 256 * 2**10
"""Bytes that are read to know what a page is, and those where it may be another than the one that was meant."""

_TOKEN = re.compile(rb"[a-z0-9]+")


class PlainPage(Struct, frozen=True):
    """A page on which nothing is looked for: only what it says on top, and whether that is what was meant."""

    media: str
    charset: str

    @property
    def budget(self) -> int:
        """Return the bound."""
        return _CLOSE_LOOK

    def early(self, body: bytes | bytearray) -> PageSeen | None:
        """Return title and heading where a quick look shows them; parse the page only where it does not."""
        top = body if len(body) <= _TOP else body[:_TOP]
        skimmed = skim(top, self.charset)
        if skimmed:
            return PageSeen(self.media, skimmed.title, skimmed.heading, ENOUGH)
        if len(body) < _TOP:
            return None
        page = self.page(bytes(top), ended=False)
        return None if is_suspicious(page.title, page.heading) or page.scripted else page

    def page(self, body: bytes, *, ended: bool) -> PageSeen:
        """Return what a parser sees."""
        page = _parsed(body, self.media, self.charset)
        return _shown(self.media, page, Found(whole=ended)) if page else PageSeen(self.media)


class MarkedPage(Struct, frozen=True):
    """A page on which something is looked for."""

    marks: frozenset[Mark]
    media: str
    charset: str

    @property
    def budget(self) -> int:
        """Return the bound."""
        return BUDGET

    def early(self, body: bytes | bytearray) -> PageSeen | None:
        """Return what a parser sees, if all marks are there; a look at the bytes alone tells where that cannot be."""
        if len(body) < _TOP or not all(_may_be_in(mark, body) for mark in self.marks):
            return None
        page = self.page(bytes(body), ended=False)
        return page if page.title and len(page.present) == len(self.marks) else None

    def page(self, body: bytes, *, ended: bool) -> PageSeen:
        """Return what a parser sees; only of the top, where the rest has nothing to show, or is too much for one."""
        in_vain = not (ended or len(body) <= _CLOSE_LOOK or self._may_have_any(body))
        page = None if in_vain else _parsed(body, self.media, self.charset)
        if not page:
            return PlainPage(self.media, self.charset).page(body[:_CLOSE_LOOK], ended=False)
        text = InText.of(page.text if self._of_words() else "", self.marks)
        return _shown(self.media, page, found(self.marks, OnPage(page, text), ended=ended))

    def _may_have_any(self, body: bytes) -> bool:
        return any(_may_be_in(mark, body) for mark in self.marks)

    def _of_words(self) -> bool:
        return any(mark.kind in (MarkKind.WORD, MarkKind.TEXT) for mark in self.marks)


def _parsed(body: bytes, media: str, charset: str) -> Markup | None:
    return parse(decoded(body, charset), xml=media.endswith("xml"))


def _shown(media: str, page: Markup, seen: Found) -> PageSeen:
    words = page.words
    scripted = is_scripted(page, words)
    return PageSeen(
        media=media,
        title=page.title,
        heading=page.heading,
        words=words,
        present=seen.present,
        absent=seen.absent,
        whole=seen.whole,
        scripted=scripted,
        text=_telling(page) if seen.whole and words <= LITTLE and not scripted else "",
    )


def _telling(page: Markup) -> str:
    """Return the text of a page that has little of it, if it may say that the page is not the one that was meant."""
    lines = (one_line(line, LONGEST) for line in page.lines)
    text = "\n".join(filter(None, lines))
    return text if is_suspicious(text, "") else ""


def _may_be_in(mark: Mark, body: bytes | bytearray) -> bool:
    """Tell whether a mark may be there by the longest of its words that nobody writes in another way."""
    words: list[bytes] = _TOKEN.findall(unquote_to_bytes(mark.text).lower())
    return max(words, key=len, default=b"") in body.lower()
