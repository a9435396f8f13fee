"""Whether JSON has at least what is expected of it. Pure.

An object has at least the expected names, a list as many values as expected. ``...`` in a list, alone or as a string,
stands for any number of values, in place of another value for any one, and within a string for anything. It may also
stand behind the names of an object, where it says what holds anyway.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from affidavit.examples.numbers import is_close
from affidavit.examples.pairing import pair
from affidavit.examples.sequence import InOrder

Value = dict[str, "Value"] | list["Value"] | str | float | bool | None

ANYTHING = "..."
_DEEPEST = 100
_GAP = re.compile(r'"(?:[^"\\]|\\.)*"|(?:,[ \t\r\n]{0,200})?\.\.\.(?=[ \t\r\n]{0,200}\})|\.\.\.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Where what was seen lacks something: the names and numbers that lead there, and a sentence."""

    path: tuple[str | int, ...]
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
    """Finds what a value lacks: ``fits`` compares strings; ``tolerance`` is for numbers, ``unordered`` for lists."""

    def __init__(self, fits: Callable[[str, str], bool], *, tolerance: float = 0, unordered: bool = False) -> None:
        self._fits = fits
        self._tolerance = tolerance
        self._unordered = unordered

    def lacking(self, expected: Value, seen: Value, path: tuple[str | int, ...] = ()) -> Iterator[Lacking]:
        """Give what is lacking, from the beginning of what is expected."""
        match expected, seen:
            case dict(), dict():
                yield from self._in_object(expected, seen, path)
            case list(), list():
                yield from self._in_list(expected, seen, path)
            case _ if not self._is_same(expected, seen):
                yield Lacking(path, f"{_shown(expected)} is expected, not {_shown(seen)}.")
            case _:
                pass

    def _in_object(
        self, expected: dict[str, Value], seen: dict[str, Value], path: tuple[str | int, ...]
    ) -> Iterator[Lacking]:
        for name, value in expected.items():
            if name in seen:
                yield from self.lacking(value, seen[name], (*path, name))
            else:
                yield Lacking((*path, name), "it is missing.")

    def _in_list(self, expected: list[Value], seen: list[Value], path: tuple[str | int, ...]) -> Iterator[Lacking]:
        if self._unordered:
            yield from self._in_any_order(expected, seen, path)
            return
        parting = InOrder([None if each == ANYTHING else (each,) for each in expected], seen, self._has).parting()
        if parting is None:
            return
        if parting.expected == len(expected):
            yield Lacking(path, f"{len(seen)} values are too many, {len(expected)} are expected.")
        elif parting.seen == len(seen):
            yield Lacking((*path, parting.expected), "there are too few values for this one.")
        else:
            yield from self._in_value(expected[parting.expected], seen[parting.seen], (*path, parting.seen))

    def _in_value(self, expected: Value, seen: Value, path: tuple[str | int, ...]) -> Iterator[Lacking]:
        """Give what is lacking in the one value that parts; behind a gap it may be that none is."""
        found = list(self.lacking(expected, seen, path))
        yield from found or [Lacking(path, f"{_shown(expected)} does not come where it is expected.")]

    def _in_any_order(self, expected: list[Value], seen: list[Value], path: tuple[str | int, ...]) -> Iterator[Lacking]:
        values = [each for each in expected if each != ANYTHING]
        partners = pair(values, seen, lambda value, other: self._has((value,), other))
        alone = next((value for value, partner in zip(values, partners, strict=True) if partner is None), _NONE)
        if not isinstance(alone, _None):
            yield Lacking(path, f"{_shown(alone)} is missing.")
        elif len(values) == len(expected) and len(seen) > len(values):
            yield Lacking(path, f"{len(seen)} values are too many, {len(expected)} are expected.")

    def _has(self, expected: tuple[Value], seen: Value) -> bool:
        """Tell whether a value has what is expected; that is put into a tuple, since ``null`` is a value too."""
        return next(self.lacking(expected[0], seen), None) is None

    def _is_same(self, expected: Value, seen: Value) -> bool:
        if isinstance(expected, str):
            return expected == ANYTHING or (isinstance(seen, str) and self._fits(expected, seen))
        if isinstance(expected, bool) or isinstance(seen, bool) or expected is None:
            return expected is seen
        if isinstance(expected, (int, float)) and isinstance(seen, (int, float)):
            return is_close(expected, seen, self._tolerance)
        return False


class _None:
    """Nothing, since ``None`` is a value of JSON."""


_NONE = _None()


def line_of(path: tuple[str | int, ...], text: str) -> int:
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
