"""Comparing words as readers do: without case, and whatever stands between or over letters. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Marks for where a word may be divided, or must not be."""

_DROPPED = _INVISIBLE | dict.fromkeys(map(ord, "\ufdfa\ufdfb"), " ")
"""Besides these, two letters that stand for whole sentences: a page of them would become one of many times its size."""

_BETWEEN = re.compile(r"[\W_]+")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")
_UNDIVIDED = r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""Letters that stand without blanks between words: Thai, Lao, Khmer, Kana, Han and, before particles, Hangul."""


@cache
def _undivided() -> re.Pattern[str]:
    """Return what fits such a letter; made when it is needed, since that takes as long as to load some modules."""
    return re.compile(_UNDIVIDED)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(f"{_UNDIVIDED}{{1,2}}|[^\\W_]+")


def one_line(text: str, most: int) -> str:
    """Return text on one line, of that many characters at most."""
    return " ".join(text[: 20 * most].split())[:most].rstrip()


def count_words(text: str, most: int) -> int:
    """Count words, up to a bound; where a script does not part them, two letters are taken for one.

    Of a text with many blanks it is not looked at what stands between them.
    """
    if len(text.split(None, most)) > most:
        return most
    found = 0
    for found, _ in zip(range(1, most + 1), _word().finditer(text), strict=False):  # noqa: B007 -- it is what is counted
        pass
    return found


def folded(text: str) -> str:
    """Return the words of a text, each with one blank before and behind it."""
    plain = unicodedata.normalize("NFKC", text.translate(_DROPPED)).casefold()
    return f" {_BETWEEN.sub(' ', plain).strip()} "


def speaks_of(text: str, term: str) -> bool:
    """Return whether a :func:`folded` text has the words of a term; those of several may be written as one."""
    words = folded(term).split()
    if not words:
        return False
    pattern = _bounded(" ?".join(map(re.escape, words)), words[0][0], words[-1][-1], r"(?<!\S)", r"(?!\S)")
    return re.search(pattern, text) is not None


def flattened(text: str) -> str:
    """Return text for a search that minds neither case nor accents; breaks between blocks of it stay line breaks."""
    plain = unicodedata.normalize("NFKD", text.translate(_DROPPED)).casefold()
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return _BREAKS.sub("\n", _SPACES.sub(" ", unicodedata.normalize("NFC", bare)))


def phrase(text: str) -> str:
    """Return a regular expression that finds words, whole ones, in a :func:`flattened` text."""
    plain = " ".join(flattened(text).split())
    return _bounded(re.escape(plain), plain[:1], plain[-1:], r"(?<!\w)", r"(?!\w)")


def _bounded(pattern: str, first: str, last: str, before: str, behind: str) -> str:
    """Add that a match begins and ends with a word, where the script has blanks between words."""
    return (before if _parted(first) else "") + pattern + (behind if _parted(last) else "")


def _parted(letter: str) -> bool:
    return letter.isalnum() and not _undivided().match(letter)
