"""Reading the body of an answer, piece by piece, no further than is needed. Pure."""

from __future__ import annotations

from collections.abc import Collection

from affidavit.links.marks import Mark
from affidavit.links.seen import PageSeen

BUDGET = 4 * 2**20
"""Bytes of one body, after inflation, that are read at most."""


class Reader:
    """Takes in one body and says when it has seen enough.

    ``media`` and ``charset`` are what ``Content-Type`` says, lower case, empty where it does not.
    """

    def __init__(self, marks: Collection[Mark], media: str, charset: str) -> None:
        self._marks = marks
        self._media = media
        self._charset = charset
        self._body = bytearray()

    @property
    def size(self) -> int:
        """Return the number of bytes that are held."""
        return len(self._body)

    def feed(self, piece: bytes) -> bool:
        """Take in a piece; return whether more is wanted."""
        self._body += piece
        return len(self._body) < BUDGET

    def seen(self, *, ended: bool) -> PageSeen:
        """Return what was read; ``ended`` tells that the body ended by itself."""
        return PageSeen(media=self._media, whole=ended)
