"""One note of reno's: from its bytes to its sections, within bounds, with the line of what is wrong. Pure.

What reno itself refuses is refused. Notes come from whoever may commit, so nothing in them may cost more than
notes are worth: how long they are is bounded, how deep they nest, and what aliases make of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml
from msgspec import Struct

from affidavit.model.errors import SourceError

LIMIT = 1024 * 1024
"""The most bytes of a note; OpenStack's longest have some ten thousand."""

_ALIASES = 20
"""The most aliases of a note: merged again and again, this many come to a thousand keys."""

_DEPTH = 100
"""How deep a note may nest; the loader in C, up to PyYAML 6.0.2, takes the whole program with it in the end."""

_LONG = 1000
"""How deep a file can nest at most before it is looked at more closely: in brackets, and by indenting."""

_ADVICE = "Correct the file where it was written; the option `ignore-notes` of reno's directive leaves a note out."
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What the loaders raise on values that are not what their tag says: `!!timestamp x`, `!!int ''`, a list as a key.
_WRONG = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Note(Struct, frozen=True):
    """A note by its path, with the items of each section; the prelude is one item."""

    path: str
    sections: Mapping[object, object]


def read_note(path: str, content: bytes) -> Note:
    """Return what a note says; raise :class:`SourceError` with its name for one that reno could not publish."""
    if len(content) > LIMIT:
        raise bad_note(path, f"has more than {LIMIT // 1024} KiB")
    found = read_yaml(path, content)
    if not isinstance(found, dict):
        raise bad_note(path, "is no mapping of sections to their texts")
    return Note(path, found)


def read_yaml(path: str, content: bytes) -> object:
    """Return the plain values of a file of YAML."""
    try:
        _check_shape(path, content)
        # Both loaders make plain values only, as `yaml.safe_load` does; the one in C is quicker.
        return yaml.load(content, Loader=_LOADER)  # noqa: S506
    except yaml.YAMLError as error:
        raise bad_note(path, f"is no YAML: {_problem(error)}", _line(error, content)) from None
    except _WRONG as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise bad_note(path, f"holds a value that cannot be read ({reason})") from None


def texts_of(note: Note, section: object) -> Iterator[str]:
    """Give the items of a section, in the order in which reno lists them."""
    content = note.sections.get(section)
    if not content and content != "":  # of an empty text, reno makes an item, and stumbles over it
        return
    items = [content] if isinstance(content, str) else content
    if not isinstance(items, list | dict | set):  # the keys of a mapping are what reno lists of it
        raise bad_note(note.path, f"has neither a text nor a list as its `{section}`")
    for item in items:
        if not isinstance(item, str) or not item:
            raise bad_note(note.path, f"lists something in its `{section}` that is no text")
        yield item


def prelude_of(note: Note, section: str) -> str:
    """Return the text that opens a release's notes."""
    text = note.sections[section]
    if not isinstance(text, str):
        raise bad_note(note.path, f"has something else than a text as its `{section}`")
    return text


def bad_note(path: str, problem: str, line: int = 0) -> SourceError:
    """Return the error that says what is wrong with a file, and with its line where it is known."""
    place = f"{path}:{line}" if line else path
    return SourceError(f"The file `{place}` {problem}.", advice=_ADVICE)


def _check_shape(path: str, content: bytes) -> None:
    """Refuse aliases without end and depths without end, before anything is built of them."""
    if content.count(b"*") <= _ALIASES and _depth_at_most(content) <= _LONG:
        return
    depth = aliases = 0
    for event in yaml.parse(content, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > _DEPTH:
            raise bad_note(path, f"nests more than {_DEPTH} lists or mappings in each other")
        if aliases > _ALIASES:
            raise bad_note(path, f"has more than {_ALIASES} aliases, which are shorthand for text that may be endless")


def _depth_at_most(content: bytes) -> int:
    """Return a number that the depth is not above: blocks nest from column to column."""
    return content.count(b"[") + content.count(b"{") + max(map(len, content.splitlines()), default=0)


def _problem(error: yaml.YAMLError) -> str:
    found = getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__
    return " ".join(str(found).split()).rstrip(".")


def _line(error: yaml.YAMLError, content: bytes) -> int:
    """Return the line of an error, counted from 1; of bytes that are no text, the error knows the offset only."""
    if mark := getattr(error, "problem_mark", None):
        return int(mark.line) + 1
    position = getattr(error, "position", None)
    return content[:position].count(b"\n") + 1 if isinstance(position, int) else 0
