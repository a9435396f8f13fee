"""A change log: from the bytes of one file to the sections of its releases. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from msgspec.structs import replace

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import Anchors
from affidavit.notes.documents import markdown, rst
from affidavit.notes.documents.outline import Entry, Part, entries_of

LIMIT = 2 * 1024 * 1024
"""The most bytes of a change log: the parsers take some seconds for each megabyte."""

_MOST_SEARCHED = 3 * 10**8
"""Characters that may have to be searched for the ends of what is begun in lines: each to the end of its block."""

ADVICE = "Name the file of a change log itself, in Markdown or reStructuredText."


class Markup(Enum):
    """The markups that change logs are written in."""

    MARKDOWN = "Markdown"
    RST = "reStructuredText"


_SUFFIXES: Mapping[str, Markup] = MappingProxyType({
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), Markup.MARKDOWN),
    **dict.fromkeys((".rst", ".rest"), Markup.RST),
})  # fmt: skip

_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```|\[[^\]]+\]: )", re.MULTILINE)
_RST = re.compile(r"^\.\. |^ *:[a-z-]+: |``[^`]+``|`_\b", re.MULTILINE)
"""What one of the markups has, and the other has not, or seldom."""

_READERS: Mapping[tuple[Markup, Anchors], Callable[[str], tuple[Part, ...]]] = MappingProxyType({
    (Markup.MARKDOWN, Anchors.GITHUB): markdown.github_parts,
    (Markup.MARKDOWN, Anchors.MYST): markdown.myst_parts,
    (Markup.RST, Anchors.GITHUB): rst.github_parts,
    (Markup.RST, Anchors.DOCUTILS): rst.docutils_parts,
})  # fmt: skip

_USUAL = MappingProxyType({Markup.MARKDOWN: Anchors.GITHUB, Markup.RST: Anchors.DOCUTILS})
"""Where files are read mostly, by their markup."""


def entries(content: bytes, place: str, anchors: Anchors | None) -> tuple[Entry, ...]:
    """Return the sections in a change log; ``place`` is where it comes from, whose name tells its kind.

    Raise :class:`SourceError` for what is none.
    """
    text = _text(content)
    try:
        return _read(text, _markups(text, place), anchors)
    except RecursionError:
        raise SourceError("It is nested too deeply to be read.", advice=ADVICE) from None
    except ValueError:  # docutils counts lists in integers, of which Python has none of thousands of digits
        raise SourceError("It holds a number that is too long to be read.", advice=ADVICE) from None


def _read(text: str, markups: tuple[Markup, ...], anchors: Anchors | None) -> tuple[Entry, ...]:
    """Read a text in the first of the markups that it may be in which makes a change log of it."""
    errors: list[SourceError] = []
    for markup in markups:
        try:
            return entries_of(_parts(text, markup, anchors or _USUAL[markup]))
        except SourceError as error:
            errors.append(error)
    raise errors[0]


def _parts(text: str, markup: Markup, anchors: Anchors) -> tuple[Part, ...]:
    if anchors is Anchors.NONE:
        return tuple(replace(part, anchor="") for part in _parts(text, markup, _USUAL[markup]))
    reader = _READERS.get((markup, anchors))
    if reader is None:
        problem = f"It is {markup.value}, which has no anchors of the kind `{anchors}`."
        raise SourceError(problem, advice="Leave `anchors` out, or name who publishes the file.")
    return reader(text)


def _markups(text: str, place: str) -> tuple[Markup, ...]:
    """Return which markups a text may be in: the one that its name tells, or both, the likelier first."""
    path = urlsplit(place).path if "://" in place else place
    known = _SUFFIXES.get(PurePosixPath(path.lower()).suffix)
    if known:
        return (known,)
    is_markdown = len(_MARKDOWN.findall(text)) > len(_RST.findall(text))
    return (Markup.MARKDOWN, Markup.RST) if is_markdown else (Markup.RST, Markup.MARKDOWN)


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
    if _searched(text) > _MOST_SEARCHED:
        raise SourceError("It has too much markup in one block to be read.", advice=ADVICE)
    return text


def _searched(text: str) -> int:
    blocks = (item for block in re.split(r"\n\s*\n", text) for item in _items(block))
    return sum(len(re.findall(r"[*`_|\[:<]", block)) * len(block) for block in blocks)


def _items(block: str) -> Sequence[str]:
    """Return the items of a list, each of which is searched by itself; of a block that may be more than that, itself.

    In reStructuredText, what looks as an item is none behind a line that is none.
    """
    block = block.rstrip()
    bullet = re.match(r" *[-+*] ", block)
    if bullet is None:
        return (block,)
    begin, indent = re.escape(bullet[0]), bullet[0][:-2]
    has_more = re.search(rf"^(?!{begin}|{indent} )", block, re.MULTILINE)
    return (block,) if has_more else re.split(rf"\n(?={begin})", block)
