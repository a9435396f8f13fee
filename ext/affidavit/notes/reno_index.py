"""What is kept of a repository's notes, so that they need not be looked for again: to JSON and back. Pure.

There is an index of all facts, and a chapter for each listing of a page with its texts. Each names the key that it was
made for, which tells all that it depends on. Whatever is not exactly so is taken for none, and made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec import Struct

from affidavit.notes.facts import Dropped, Facts, Heading, State
from affidavit.notes.reno_sections import Passage

FORMAT = 1
"""The version of both formats, and of what is made of notes: to be raised when either changes."""

_Kept = TypeVar("_Kept")


class Chapter(Struct, frozen=True):
    """What one listing of a page comes to; ``bases`` are the tags at which reno saw branches leave the main one."""

    bases: Mapping[str, str | None]
    passages: tuple[Passage, ...]
    dropped: tuple[Dropped, ...]


class Index(Struct, frozen=True):
    """The facts of all pages, and the keys of the chapters that they are from."""

    facts: Facts
    chapters: tuple[str, ...]


def key_of(*parts: object) -> str:
    """Return a key that is the same for the same parts only."""
    told = json.dumps([FORMAT, *parts], sort_keys=True, default=repr)
    return hashlib.sha256(told.encode()).hexdigest()


def index_text(key: str, index: Index) -> str:
    """Return the text of an index."""
    facts = index.facts
    headings = [_row(each) for each in facts.headings]
    table = _table(facts.dropped)
    return _text(key, headings=headings, states=dict(facts.states), dropped=table, chapters=index.chapters)


def index_of(text: str, key: str) -> Index | None:
    """Return the index that a text holds, if it was made for this key."""
    return _kept(text, key, _index)


def chapter_text(key: str, chapter: Chapter) -> str:
    """Return the text of a chapter."""
    passages = [[*_row(each.heading), each.text] for each in chapter.passages]
    return _text(key, bases=dict(chapter.bases), passages=passages, dropped=_table(chapter.dropped))


def chapter_of(text: str, key: str) -> Chapter | None:
    """Return the chapter that a text holds, if it was made for this key."""
    return _kept(text, key, _chapter)


def _text(key: str, **values: object) -> str:
    return json.dumps({"format": FORMAT, "key": key, **values}, separators=(",", ":"))


def _row(heading: Heading) -> list[str]:
    return [heading.series, heading.version, heading.title, heading.target]


def _table(dropped: tuple[Dropped, ...]) -> dict[str, tuple[str, ...]]:
    return {each.note: each.sections for each in dropped}


def _kept(text: str, key: str, make: Callable[[Mapping[str, Any]], _Kept]) -> _Kept | None:
    try:
        raw = json.loads(text)
        return make(raw) if (raw["format"], raw["key"]) == (FORMAT, key) else None
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _index(raw: Mapping[str, Any]) -> Index:
    headings = tuple(Heading(*_words(row, 4)) for row in raw["headings"])
    states = tuple((_word(name), State(state)) for name, state in raw["states"].items())
    return Index(Facts(headings, states, _dropped(raw)), _words(raw["chapters"]))


def _chapter(raw: Mapping[str, Any]) -> Chapter:
    passages = (_words(row, 5) for row in raw["passages"])
    made = tuple(Passage(Heading(*row[:4]), row[4]) for row in passages)
    bases = {_word(branch): None if base is None else _word(base) for branch, base in raw["bases"].items()}
    return Chapter(bases, made, _dropped(raw))


def _dropped(raw: Mapping[str, Any]) -> tuple[Dropped, ...]:
    return tuple(Dropped(_word(note), _words(sections)) for note, sections in raw["dropped"].items())


def _words(row: object, length: int | None = None) -> tuple[str, ...]:
    if not isinstance(row, list) or len(row) != (len(row) if length is None else length):
        raise TypeError
    return tuple(_word(each) for each in row)


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
