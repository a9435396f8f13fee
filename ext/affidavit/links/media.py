"""How the body of an answer is read: by its media type, and where that says nothing by its first bytes.

Source: MIME Sniffing Standard, 7. Pure.
"""

from __future__ import annotations

from enum import Enum, auto

SNIFFED = 1024
"""Bytes by which a kind is known."""

_UNSAID = frozenset(
    {"", "unknown/unknown", "application/unknown", "*/*", "application/octet-stream", "binary/octet-stream"}
)
_MARKUP = frozenset({"text/html", "application/xhtml+xml", "text/xml", "application/xml"})
_TEXTS = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/toml",
        "application/x-javascript",
        "application/x-ndjson",
        "application/x-sh",
        "application/x-yaml",
        "application/yaml",
    }
)
_HTML = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<title",
    b"<h1",
    b"<div",
    b"<p",
    b"<a",
    b"<!--",
    b"<?xml",
    b"<svg",
)
_BLANKS = b"\t\n\x0c\r \xef\xbb\xbf"


class Kind(Enum):
    """How a body is read."""

    MARKUP = auto()
    TEXT = auto()
    PDF = auto()
    OPAQUE = auto()
    """Images, archives and the like: nothing that could be looked for in them."""


def kind_of(media: str, start: bytes) -> Kind:
    """Return how to read a body; ``media`` is in lower case without parameters, ``start`` are its first bytes.

    PDF is known by its first bytes alone, as browsers know it: many servers send it as something else.
    """
    if start.lstrip(_BLANKS).startswith(b"%PDF-"):
        return Kind.PDF
    if media in _UNSAID:
        return _sniffed(start)
    if media in _MARKUP or media.endswith("+xml"):
        return Kind.MARKUP
    return Kind.TEXT if media.startswith("text/") or media in _TEXTS or media.endswith("+json") else Kind.OPAQUE


def kind_said(media: str) -> Kind | None:
    """Return how a body is read as far as its media type says; ``None`` is that it says nothing."""
    if media in _UNSAID:
        return None
    return Kind.PDF if media == "application/pdf" else kind_of(media, b"")


def _sniffed(start: bytes) -> Kind:
    if start.startswith((b"\xfe\xff", b"\xff\xfe")):  # a text in UTF-16
        return Kind.MARKUP if b"<" in start else Kind.TEXT
    if b"\0" in start:
        return Kind.OPAQUE
    return Kind.MARKUP if start.lstrip(_BLANKS).lower().startswith(_HTML) else Kind.TEXT
