"""The settings that say which links are asked, and what comes of them: from raw values to those of judging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from affidavit.model import raw
from affidavit.model.codes import CODES, Code
from affidavit.model.settings import Online
from affidavit.model.severity import Severity

_NOTHING = "nothing"
ALL_LINKS = ("",)
"""The pattern that fits every address."""


def links(value: object) -> tuple[str, ...]:
    """Read which links outside of glossaries are asked: a word, or patterns."""
    words = {"glossary": (), "all": ALL_LINKS}
    if isinstance(value, str) and value in words:
        return words[value]
    if isinstance(value, str):
        raise raw.Wrong(f"'glossary', 'all', or a list of regular expressions, not {value!r}")
    return raw.patterns(value)


def online(value: object) -> Online:
    """Read whether the web is asked."""
    if not isinstance(value, str) or value not in set(Online):
        raise raw.Wrong(f"one of {', '.join(map(repr, map(str, Online)))}, not {raw.shown(value)}")
    return Online(value)


def cache(value: object) -> str | None:
    """Read a folder, or that there is to be none: ``False``, or 0 on the command line (``sphinx-build -D``)."""
    if value is False or value in ("0", ""):
        return None
    if not isinstance(value, str):
        raise raw.Wrong(f"the name of a folder, relative to conf.py, or False, not {raw.kind(value)}")
    return raw.path(value)


def severities(value: object) -> tuple[tuple[Code, Severity | None], ...]:
    """Read how much findings matter, by their code."""
    if not isinstance(value, Mapping):
        raise raw.Wrong(f"a dict of code to severity, not {raw.kind(value)}")
    return tuple(_severity(code, word) for code, word in value.items())


def _severity(code: object, word: object) -> tuple[Code, Severity | None]:
    if not isinstance(code, str) or code not in CODES:
        raise raw.Wrong(f"a dict whose keys are documented codes; {raw.shown(code)} is none")
    known: dict[object, Severity | None] = {str(each): each for each in Severity} | {_NOTHING: None}
    if not isinstance(word, str) or word not in known:
        raise raw.Wrong(f"a dict of code to one of {', '.join(map(str, known))}; {raw.shown(word)} is none of them")
    return CODES[code], known[word]


def synonyms(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read other words for terms: one, or several, for each."""
    if not isinstance(value, Mapping):
        raise raw.Wrong(f"a dict of term to a list of its other words, not {raw.kind(value)}")
    return tuple((raw.text(term), tuple(_words(words))) for term, words in value.items())


def _words(value: object) -> Iterator[str]:
    each = [value] if isinstance(value, str) else value
    if not isinstance(each, (list, tuple)) or not all(isinstance(word, str) and word.strip() for word in each):
        raise raw.Wrong("a dict of term to a list of its other words, none of them empty")
    yield from (word.strip() for word in each)
