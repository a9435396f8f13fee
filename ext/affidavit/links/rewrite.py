"""Writing new URLs in the place of old ones, and touching nothing else of a text. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_BEFORE = frozenset("'\"`<([{|")
"""What may stand right before a URL; behind anything else it is a part of something longer, as of an archive's URL."""

_CLOSING = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'", "`": "`", "|": "|"}
_AFTER = re.compile(r"[.,;:!?)\]}'\"*`|\\]*")
"""What may stand behind a URL without being a part of it, if nothing else of a URL follows."""


class Span(Struct, frozen=True):
    """A part of a text, from the character ``start`` to the one before ``end``."""

    start: int
    end: int


class Rewritten(Struct, frozen=True):
    """A text with new URLs in it; ``counts`` says how often each old one stood there."""

    text: str
    counts: Mapping[str, int]


def rewrite(text: str, changes: Mapping[str, str], untouched: Iterable[Span] = ()) -> Rewritten:
    """Replace each old URL, a key of ``changes``, where it stands as a whole; ``untouched`` parts stay as they are.

    A URL that is the beginning of a longer one, or a part of one, is not that URL. Line ends, and all else, are kept.
    """
    found = list(_found(text, changes, tuple(untouched)))
    pieces, at = [], 0
    for span, old in found:
        pieces += [text[at : span.start], changes[old]]
        at = span.end
    return Rewritten("".join([*pieces, text[at:]]), Counter(old for _, old in found))


def _found(text: str, changes: Mapping[str, str], untouched: tuple[Span, ...]) -> Iterator[tuple[Span, str]]:
    lengths = sorted({len(old) for old in changes}, reverse=True)
    for match in _SCHEME.finditer(text):
        start = match.start()
        if _begins(text, start) and not any(span.start <= start < span.end for span in untouched):
            old = _standing(text, start, changes, lengths)
            if old:
                yield Span(start, start + len(old)), old


def _standing(text: str, start: int, changes: Mapping[str, str], lengths: Iterable[int]) -> str:
    """Return the old URL that stands at a place, the longest if there are several, or nothing."""
    candidates = (text[start : start + length] for length in lengths)
    return next((each for each in candidates if each in changes and _ends(text, start, start + len(each))), "")


def _begins(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    if before.isascii():
        return not before or before.isspace() or before in _BEFORE
    return not before.isalnum()


def _ends(text: str, start: int, end: int) -> bool:
    """Return whether a URL ends here; angle brackets hold it whole, and other brackets may."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "<":
        return after == ">"
    if after and after == _CLOSING.get(before):
        return True
    follows = _AFTER.match(text, end)
    rest = text[follows.end() :][:1] if follows else after
    return not rest or rest.isspace() or rest == "<" or not (rest.isascii() or rest.isalnum())
