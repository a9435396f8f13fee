"""All that can be changed in a JSON file at one place: each leaf, each key, each element of a list."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
OTHERS: tuple[object, ...] = ("", "x", 7, 0.25, True, None, [], {}, ["x"])


def mutants(tree: Any) -> Iterator[tuple[str, Path, Any]]:
    """Yield what was done, where, and the whole tree with it done; the tree itself stays as it is."""
    for path, value in [*_values(tree)]:
        for what, change in _changes(value):
            if path or what in {"key added", "key removed"}:
                yield what, path, _changed(tree, path, change)


def _values(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _values(each, (*path, key))


def _changes(value: Any) -> Iterator[tuple[str, object]]:
    """Yield other values that may stand in its place."""
    match value:
        case str():
            yield from (("text changed", each) for each in (f"{value}x", value[:-1], value.swapcase()) if each != value)
        case bool() | None:
            pass
        case int() | float():
            yield from (("number changed", each) for each in (value + 1, -value - 1))
        case list():
            yield from (("element removed", value[:at] + value[at + 1 :]) for at in range(len(value)))
            yield from (("element added", value[:at] + value[at : at + 1] + value[at:]) for at in range(len(value)))
            yield from (("elements swapped", each) for each in _swapped(value))
        case dict():
            yield from (("key removed", {name: value[name] for name in value if name != gone}) for gone in value)
            yield from (("key added", {**value, "more": each}) for each in ("x", *[*value.values()][:1]))
    yield from (("other type", other) for other in OTHERS if type(other) is not type(value))


def _swapped(value: list[Any]) -> Iterator[list[Any]]:
    for at in range(len(value) - 1):
        if value[at] != value[at + 1]:
            yield [*value[:at], value[at + 1], value[at], *value[at + 2 :]]


def _changed(tree: Any, path: Path, value: object) -> Any:
    """Return a tree that is another one at a path; what lies beside the path is shared."""
    if not path:
        return value
    inner = copy.copy(tree)
    inner[path[0]] = _changed(tree[path[0]], path[1:], value)
    return inner
