"""Reading the body of an answer, piece by piece, no further than is needed. Pure."""

from __future__ import annotations

from collections.abc import Collection

from affidavit.links.marks import Mark
from affidavit.links.media import SNIFFED, kind_of
from affidavit.links.reading_kinds import Reading, reading_of
from affidavit.links.reading_pages import BUDGET
from affidavit.links.seen import PageSeen

__all__ = ["BUDGET", "Reader"]

_GROWTH = 1.5
"""How much more there must be before it is worth another look, so that all looks cost no more than three at the end."""


class Reader:
    """Takes in one body and says when it has seen enough.

    ``media`` and ``charset`` are what ``Content-Type`` says, lower case, empty where it does not. Whatever the pieces
    are, what is seen is the same, but that larger ones may show more.
    """

    __slots__ = ("_body", "_charset", "_enough", "_look_at", "_marks", "_media", "_reading", "_seen")

    def __init__(self, marks: Collection[Mark], media: str, charset: str) -> None:
        self._marks = frozenset(marks)
        self._media = media
        self._charset = charset
        self._body: bytes | bytearray = b""
        self._look_at = SNIFFED
        self._enough = False
        self._reading: Reading | None = None
        self._seen: PageSeen | None = None

    @property
    def size(self) -> int:
        """Return the number of bytes that are held."""
        return len(self._body)

    def feed(self, piece: bytes) -> bool:
        """Take in a piece; return whether more is wanted."""
        if self._enough:
            return False
        budget = self._reading.budget if self._reading else BUDGET
        if self._body:
            self._grow(piece[: budget - len(self._body)])
        else:  # most pages come in one piece, which need not be copied
            self._body = piece[:budget]
        if len(self._body) >= min(self._look_at, budget):
            self._look()
        return not self._enough

    def seen(self, *, ended: bool) -> PageSeen:
        """Return what was read; ``ended`` tells that the body ended by itself."""
        if not self._seen and not self._enough:
            self._look()
        return self._seen or self._how().page(bytes(self._body), ended=ended and not self._enough)

    def _look(self) -> None:
        """Look whether what is there is enough: all that is wanted, or all that may be taken in."""
        reading = self._how()
        self._look_at = int(len(self._body) * _GROWTH) + 1
        self._seen = reading.early(self._body)
        self._enough = self._seen is not None or len(self._body) >= reading.budget
        if self._enough:
            self._body = b"" if self._seen else self._body[: reading.budget]

    def _grow(self, piece: bytes) -> None:
        if isinstance(self._body, bytes):
            self._body = bytearray(self._body)
        self._body += piece

    def _how(self) -> Reading:
        if self._reading is None:
            kind = kind_of(self._media, bytes(self._body[:SNIFFED]))
            self._reading = reading_of(kind, self._marks, self._media, self._charset)
        return self._reading
