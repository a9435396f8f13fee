"""Whether JSON has at least what is expected of it. Pure.

An object has at least the expected names, a list as many values as expected. ``...`` in a list, alone or as a string,
stands for any number of values, in place of another value for any one, and within a string for anything. It may also
stand behind the names of an object, where it says what holds anyway.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from msgspec import Struct

from affidavit.examples.numbers import is_close
from affidavit.examples.pairing import pair
from affidavit.examples.sequence import InOrder, Parting

Path = tuple[str | int, ...]
Value = dict[str, "Value"] | list["Value"] | str | float | bool | None

ANYTHING = "..."
_DEEPEST = 50
_GAP = re.compile(r'"(?:[^"\\]|\\.)*"|(?:,[ \t\r\n]{0,200})?\.\.\.(?=[ \t\r\n]{0,200}\})|\.\.\.', re.DOTALL)


class Lacking(Struct, frozen=True):
    """Where what was seen lacks something: the names and numbers that lead there, and a sentence."""

    path: Path
    sentence: str

    def __str__(self) -> str:
        """Return the sentence with its place, as in ``$.images[0].status``."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return f"${''.join(steps)}: {self.sentence}"


def read_expected(text: str) -> Value:
    """Return the value that a text stands for; raise ``ValueError`` where it is no JSON, or too deep."""
    value = read(_GAP.sub(_as_json, text))
    if _is_deep(value):
        raise ValueError(f"it is nested more than {_DEEPEST} deep")
    return value


def read(text: str) -> Value:
    """Return the value that a text stands for; raise ``ValueError`` where it is no JSON."""
    try:
        value: Value = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    return value


class Subset:
    """Knows what a value must have, and what it lacks.

    ``fits`` compares strings; ``tolerance`` is for numbers, ``unordered`` for lists.
    """

    def __init__(self, fits: Callable[[str, str], bool], *, tolerance: float = 0, unordered: bool = False) -> None:
        self._fits = fits
        self._tolerance = tolerance
        self._unordered = unordered

    def has(self, expected: Value, seen: Value) -> bool:
        """Tell whether a value has all that is expected."""
        match expected, seen:
            case dict(), dict():
                return all(name in seen and self.has(value, seen[name]) for name, value in expected.items())
            case list(), list():
                return self._partings(expected, seen) is None
            case _:
                return self._is_same(expected, seen)

    def lacking(self, expected: Value, seen: Value, path: Path = ()) -> Lacking:
        """Return what a value lacks first that does not have all; whether it has is asked once on each level."""
        match expected, seen:
            case dict(), dict():
                return self._in_object(expected, seen, path)
            case list(), list():
                return self._in_list(expected, seen, path)
            case _:
                return Lacking(path, f"{_shown(expected)} is expected, not {_shown(seen)}.")

    def _in_object(self, expected: dict[str, Value], seen: dict[str, Value], path: Path) -> Lacking:
        name = next(each for each, value in expected.items() if each not in seen or not self.has(value, seen[each]))
        if name not in seen:
            return Lacking((*path, name), "it is missing.")
        return self.lacking(expected[name], seen[name], (*path, name))

    def _in_list(self, expected: list[Value], seen: list[Value], path: Path) -> Lacking:
        parting = self._partings(expected, seen) or Parting(0, 0)
        if parting.expected == len(expected):
            return Lacking(path, f"{len(seen)} values are too many, {len(expected)} are expected.")
        wanted = expected[parting.expected]
        if self._unordered:
            return Lacking(path, f"{_shown(wanted)} is missing.")
        if parting.seen == len(seen):
            return Lacking((*path, parting.expected), "there are too few values for this one.")
        here = (*path, parting.seen)
        if self.has(wanted, seen[parting.seen]):
            return Lacking(here, f"{_shown(wanted)} does not come where it is expected.")
        return self.lacking(wanted, seen[parting.seen], here)

    def _partings(self, expected: list[Value], seen: list[Value]) -> Parting | None:
        if self._unordered:
            return self._unpaired(expected, seen)
        wanted = [None if each == ANYTHING else (each,) for each in expected]  # `null` is a value too
        return InOrder(wanted, seen, lambda wish, value: self.has(wish[0], value)).parting()

    def _unpaired(self, expected: list[Value], seen: list[Value]) -> Parting | None:
        numbers = [number for number, each in enumerate(expected) if each != ANYTHING]
        partners = pair(numbers, seen, lambda number, value: self.has(expected[number], value))
        alone = (number for number, partner in zip(numbers, partners, strict=True) if partner is None)
        too_many = len(numbers) == len(expected) and len(seen) > len(numbers)
        number = next(alone, len(expected) if too_many else None)
        return None if number is None else Parting(number, len(seen))

    def _is_same(self, expected: Value, seen: Value) -> bool:
        if isinstance(expected, str):
            return expected == ANYTHING or (isinstance(seen, str) and self._fits(expected, seen))
        if isinstance(expected, bool) or isinstance(seen, bool) or expected is None:
            return expected is seen
        if isinstance(expected, (int, float)) and isinstance(seen, (int, float)):
            return is_close(expected, seen, self._tolerance)
        return False


def line_of(path: Path, text: str) -> int:
    """Return about which line of an expected text a path leads to, from 1: its names are looked for one by one."""
    at = 0
    for name in path:
        found = text.find(json.dumps(name, ensure_ascii=False), at) if isinstance(name, str) else -1
        at = found if found >= 0 else at
    return text.count("\n", 0, at) + 1


def _as_json(found: re.Match[str]) -> str:
    """Make of a gap what JSON has: a string in a list, nothing in an object."""
    if found[0].startswith('"'):
        return found[0]
    return f'"{ANYTHING}"' if found[0] == ANYTHING and not _is_in_object(found) else ""


def _is_in_object(found: re.Match[str]) -> bool:
    return found.string[found.end() : found.end() + 200].lstrip().startswith("}") and _is_bare(found)


def _is_bare(found: re.Match[str]) -> bool:
    """Tell a gap that is no value of a name: ``{...}``, but not ``{"a": ...}``."""
    return not found.string[: found.start()].rstrip().endswith(":")


def _is_deep(value: Value) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _inner(each)]
        if not level:
            return False
    return True


def _inner(value: Value) -> list[Value]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
        case _:
            return []


def _shown(value: Value) -> str:
    match value:
        case dict():
            return "an object"
        case list():
            return "a list"
        case _:
            text = json.dumps(value, ensure_ascii=False)
            return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 80
