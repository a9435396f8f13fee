"""What is looked for on a page: sections, words, lines, pages. Pure."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class MarkKind(StrEnum):
    """What a mark is, and how its ``text`` is read."""

    ANCHOR = "anchor"
    """An element of this id or name; the text is the fragment as it is in the URL, percent-encoded or not."""

    RENDERED = "rendered"
    """A section of a text that a code host shows: like an anchor, but the element may as well be named
    ``user-content-`` and then so, be it only in data of the page's scripts."""

    TEXT = "text"
    """Words that a text fragment names, ``[prefix-,]start[,end][,-suffix]``, as they are in the URL."""

    PAGE = "page"
    """A page of a PDF, by its number from 1."""

    LINE = "line"
    """A line of a plain text, by its number from 1."""

    WORD = "word"
    """A word, or words, that the page speaks of, whatever their case and punctuation."""


class Mark(Struct, frozen=True, order=True):
    """Something to look for on a page."""

    kind: MarkKind
    text: str

    def __str__(self) -> str:
        """Return the mark as observations name it."""
        return f"{self.kind}:{self.text}"


class Question(Struct, frozen=True):
    """A page to ask for, and what to look for on it.

    ``url`` is as it goes over the wire: ASCII, without a fragment (:attr:`~affidavit.links.address.Address.request`).
    """

    url: str
    marks: frozenset[Mark] = frozenset()
