"""How much of a body is read, and what is made of it: one way for each kind of body and purpose. Pure."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, assert_never

from msgspec import Struct

from affidavit.links.charset import decoded
from affidavit.links.finding import InText, found, nobody_tells
from affidavit.links.folding import count_words
from affidavit.links.marks import Mark, MarkKind
from affidavit.links.markup import MANY, few_words
from affidavit.links.media import Kind
from affidavit.links.pdf import Pages, pages_at_first, pages_of
from affidavit.links.reading_pages import BUDGET, MarkedPage, PlainPage
from affidavit.links.seen import PageSeen

_TOP_OF_TEXT = 4 * 2**10


class Reading(Protocol):
    """A way to read a body; ``budget`` is how many bytes of it are taken in at most."""

    @property
    def budget(self) -> int:
        """Return the bound."""
        ...  # pragma: no cover

    def early(self, body: bytes | bytearray) -> PageSeen | None:
        """Return what was seen, if it is all that is wanted; ``None`` if there should be more of the body."""
        ...  # pragma: no cover

    def page(self, body: bytes, *, ended: bool) -> PageSeen:
        """Return what was seen when there is no more, be it that the body ``ended`` or that no more is taken in."""
        ...  # pragma: no cover


@lru_cache(maxsize=256)
def reading_of(kind: Kind, marks: frozenset[Mark], media: str, charset: str) -> Reading:
    """Return how to read a body of this kind to learn of these marks; kept, since most pages are read alike."""
    match kind:
        case Kind.MARKUP:
            return MarkedPage(marks, media, charset) if marks else PlainPage(media, charset)
        case Kind.TEXT:
            return Text(marks, media, charset)
        case Kind.PDF:
            return Pdf(marks, media)
        case Kind.OPAQUE:
            return Opaque(marks, media)
        case _:  # pragma: no cover
            assert_never(kind)


class Text(Struct, frozen=True):
    """A text without markup."""

    marks: frozenset[Mark]
    media: str
    charset: str

    @property
    def budget(self) -> int:
        """Return the bound."""
        return BUDGET if self.marks else _TOP_OF_TEXT

    def early(self, body: bytes | bytearray) -> PageSeen | None:
        """Return what was seen once all marks are there; without any, the budget is the end."""
        page = self.page(bytes(body), ended=False) if self.marks else None
        return page if page and len(page.present) == len(self.marks) else None

    def page(self, body: bytes, *, ended: bool) -> PageSeen:
        """Return what was seen."""
        text = decoded(body, self.charset)
        seen = found(self.marks, InText.of(text, self.marks), ended=ended)
        return PageSeen(
            self.media,
            heading=few_words(text),
            words=count_words(text, MANY),
            present=seen.present,
            absent=seen.absent,
            whole=seen.whole,
        )


class Pdf(Struct, frozen=True):
    """A PDF: of what can be looked for, only its pages can be told."""

    marks: frozenset[Mark]
    media: str

    @property
    def budget(self) -> int:
        """Return the bound."""
        return BUDGET if any(mark.kind is MarkKind.PAGE for mark in self.marks) else 1

    def early(self, body: bytes | bytearray) -> PageSeen | None:
        """Return what was seen if the file begins with its number of pages, and that is large enough."""
        page = self._page(pages_at_first(body), ended=False)
        return page if len(page.present) == len(self.marks) else None

    def page(self, body: bytes, *, ended: bool) -> PageSeen:
        """Return what was seen."""
        return self._page(pages_of(body), ended=ended)

    def _page(self, pages: Pages, *, ended: bool) -> PageSeen:
        seen = found(self.marks, _has_page(pages), ended=ended)
        return PageSeen(self.media, present=seen.present, absent=seen.absent, whole=seen.whole)


class Opaque(Struct, frozen=True):
    """A body in which nothing can be looked for."""

    marks: frozenset[Mark]
    media: str

    @property
    def budget(self) -> int:
        """Return the bound."""
        return 1

    def early(self, _: bytes | bytearray) -> PageSeen | None:
        """Return that nothing was seen: more would not help."""
        return PageSeen(self.media)

    def page(self, _: bytes, *, ended: bool) -> PageSeen:
        """Return that nothing was seen."""
        return PageSeen(self.media, whole=found(self.marks, nobody_tells, ended=ended).whole)


def _has_page(pages: Pages) -> Callable[[Mark], bool | None]:
    def tell(mark: Mark) -> bool | None:
        if mark.kind is not MarkKind.PAGE:
            return None
        return int(mark.text) <= pages.least or (False if pages.exact else None)

    return tell
