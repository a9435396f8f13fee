"""Plain values of a JSON file, read with an error that names the keys for whatever is not as it must be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NoReturn, TypeVar

from msgspec import Struct

Word = TypeVar("Word", bound=StrEnum)
_HALF = re.compile("[\ud800-\udfff]")
_DIGEST = re.compile("sha256:[0-9a-f]{64}")


class ShapeError(ValueError):
    """A value is not what its file must have there; the text completes "The file is not right: it ...".

    ``line`` is where that is, counted from 1; 0 where it is not known.
    """

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(problem)
        self.line = line


def natural(name: str) -> tuple[str, str]:
    """Return a sort key by which ``9.0.0`` comes before ``10.0.0``."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(12), name), name


class Node(Struct, frozen=True):
    """A value of the file, and the keys that lead to it."""

    value: object
    path: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the key that it stands under."""
        return self.path[-1]

    def table(self) -> dict[str, object]:
        """Return it as a table; JSON's tables have strings as keys."""
        if not isinstance(self.value, dict):
            self.fail(f"must be a table, not {kind(self.value)}")
        return self.value

    def field(self, key: str) -> Node:
        """Return the value under a key that must be there."""
        table = self.table()
        if key not in table:
            self.fail(f"lacks the key `{key}`")
        return Node(table[key], (*self.path, key))

    def optional(self, key: str, default: object) -> Node:
        """Return the value under a key that need not be there."""
        return Node(self.table().get(key, default), (*self.path, key))

    def only(self, *keys: str) -> None:
        """Fail for a key besides these."""
        unknown = sorted(set(self.table()) - set(keys))
        if unknown:
            self.fail(f"has the unknown key {shown(unknown[0])}")

    def record(self, *keys: str) -> tuple[Node, ...]:
        """Return the values under exactly these keys."""
        self.only(*keys)
        return tuple(self.field(key) for key in keys)

    def members(self, *, unnamed: bool = False) -> Iterator[Node]:
        """Return the values under names that the file gives, in natural order."""
        table = self.table()
        for name in sorted(table, key=natural):
            if not (name or unnamed) or not _is_unicode(name):
                self.fail(f"has the key {shown(name)}, which is no name")
            yield Node(table[name], (*self.path, name))

    def entries(self) -> Iterator[Node]:
        """Return the values of a list."""
        if not isinstance(self.value, list):
            self.fail(f"must be a list, not {kind(self.value)}")
        return (Node(each, (*self.path, str(number))) for number, each in enumerate(self.value, start=1))

    def word(self, known: type[Word]) -> Word:
        """Return it as one of a few words."""
        found = next((each for each in known if each == self.value), None)
        if found is None:
            self.fail(f"must be one of {', '.join(known)}")
        return found

    def answer(self) -> bool | None:
        """Return it as yes, no or not known."""
        if self.value is not None and not isinstance(self.value, bool):
            self.fail(f"must be true, false or null, not {kind(self.value)}")
        return self.value

    def whole(self) -> int:
        """Return it as a whole number."""
        if type(self.value) is not int:
            self.fail(f"must be a whole number, not {kind(self.value)}")
        return self.value

    def number(self) -> float:
        """Return it as a number that can be reckoned with."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            self.fail(f"must be a number, not {kind(self.value)}")
        if not abs(self.value) < float("inf"):
            self.fail("must be a number with an end")
        return float(self.value)

    def text(self, *, empty: bool = False) -> str:
        """Return it as text."""
        if not isinstance(self.value, str):
            self.fail(f"must be text, not {kind(self.value)}")
        if not _is_unicode(self.value) or not (self.value or empty):
            self.fail(f"must be text, not {shown(self.value)}")
        return self.value

    def lines(self) -> str:
        """Return a list of lines as one text."""
        return "\n".join(each.text(empty=True) for each in self.entries())

    def digest(self) -> str:
        """Return it as a hash that is written with its algorithm."""
        if not _DIGEST.fullmatch(self.text()):
            self.fail("must be `sha256:` and 64 digits")
        return self.text()

    def fail(self, problem: str) -> NoReturn:
        """Raise the error about this value."""
        where = f", at {' > '.join(map(shown, self.path))}," if self.path else ""
        raise ShapeError(f"it{where} {problem}")


def kind(value: object) -> str:
    """Return what a value of JSON is, for a message."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "a table"


def shown(name: str) -> str:
    """Return a key for a message: in quotes, and printable whatever it holds."""
    return f"`{name}`" if name.isprintable() and name else ascii(name)


def _is_unicode(text: str) -> bool:
    """Return whether text can be written: JSON can spell half of a surrogate pair, UTF-8 cannot."""
    return not _HALF.search(text)
