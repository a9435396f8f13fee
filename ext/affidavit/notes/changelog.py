"""A change log: from the bytes of one file to the sections of its releases. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import Anchors
from affidavit.notes import changelog_markdown, changelog_rst
from affidavit.notes.outline import Entry, Part, entries_of

LIMIT = 4 * 1024 * 1024
"""The most bytes of a change log: the parsers take some seconds for each megabyte."""

ADVICE = "Name the file of a change log itself, in Markdown or reStructuredText."


class Markup(Enum):
    """The markups that change logs are written in."""

    MARKDOWN = "Markdown"
    RST = "reStructuredText"


_SUFFIXES: Mapping[str, Markup] = MappingProxyType({
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), Markup.MARKDOWN),
    **dict.fromkeys((".rst", ".rest"), Markup.RST),
})  # fmt: skip

_READERS: Mapping[tuple[Markup, Anchors], Callable[[str], tuple[Part, ...]]] = MappingProxyType({
    (Markup.MARKDOWN, Anchors.GITHUB): changelog_markdown.github_parts,
    (Markup.MARKDOWN, Anchors.MYST): changelog_markdown.myst_parts,
    (Markup.RST, Anchors.GITHUB): changelog_rst.github_parts,
    (Markup.RST, Anchors.DOCUTILS): changelog_rst.docutils_parts,
})  # fmt: skip

_USUAL = MappingProxyType({Markup.MARKDOWN: Anchors.GITHUB, Markup.RST: Anchors.DOCUTILS})
"""Where files are read mostly, by their markup."""


def entries(content: bytes, place: str, anchors: Anchors | None) -> tuple[Entry, ...]:
    """Return the sections in a change log; ``place`` is where it comes from, whose name tells its kind.

    Raise :class:`SourceError` for what is none.
    """
    text = _text(content)
    try:
        return _read(text, _markups(place), anchors)
    except RecursionError:
        raise SourceError("It is nested too deeply to be read.", advice=ADVICE) from None


def _read(text: str, markups: tuple[Markup, ...], anchors: Anchors | None) -> tuple[Entry, ...]:
    """Read a text in each markup that it may be in; that which finds the most in it is the right one."""
    found: list[tuple[Entry, ...]] = []
    errors: list[SourceError] = []
    for markup in markups:
        try:
            found.append(entries_of(_parts(text, markup, anchors or _USUAL[markup])))
        except SourceError as error:
            errors.append(error)
    if not found:
        raise errors[0]
    return max(found, key=len)


def _parts(text: str, markup: Markup, anchors: Anchors) -> tuple[Part, ...]:
    if anchors is Anchors.NONE:
        return tuple(replace(part, anchor="") for part in _parts(text, markup, _USUAL[markup]))
    reader = _READERS.get((markup, anchors))
    if reader is None:
        problem = f"It is {markup.value}, which has no anchors of the kind `{anchors}`."
        raise SourceError(problem, advice="Leave `anchors` out, or name who publishes the file.")
    return reader(text)


def _markups(place: str) -> tuple[Markup, ...]:
    path = urlsplit(place).path if "://" in place else place
    known = _SUFFIXES.get(PurePosixPath(path.lower()).suffix)
    return (known,) if known else tuple(Markup)


def _text(content: bytes) -> str:
    if len(content) > LIMIT:
        raise SourceError(f"It has more than {LIMIT // 2**20} MiB, too much for a change log.", advice=ADVICE)
    if not content.strip():
        raise SourceError("It is empty.", advice=ADVICE)
    if re.match(rb"(?i)\s*(<!doctype html|<html)", content.removeprefix(b"\xef\xbb\xbf")):
        advice = "Name the address of the file as it was written (`raw` on code hosts), or set `page` instead."
        raise SourceError("What is there is a web page, not a change log.", advice=advice)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(f"It is no text in UTF-8: see line {line}.", advice=ADVICE) from None
    if "\0" in text:
        raise SourceError("It is a binary file.", advice=ADVICE)
    return text
