"""Observations as text, and text as observations, for whoever keeps them. Pure.

The fields of the classes are the format: text that has others, or other types, is no observation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar, get_type_hints

from msgspec.structs import fields

from affidavit.links.seen import Answered, Observation, PageSeen, Unreachable

_KINDS: Mapping[str, Callable[..., Observation]] = {"answered": Answered, "unreachable": Unreachable}
_TYPES: Mapping[Callable[..., object], dict[str, Any]] = {
    Answered: get_type_hints(Answered),
    Unreachable: get_type_hints(Unreachable),
    PageSeen: get_type_hints(PageSeen),
}
_DEFAULTS: Mapping[type, list[tuple[str, object]]] = {
    kind: [(field.name, field.default) for field in fields(kind)] for kind in (Answered, Unreachable, PageSeen)
}
_NAMES = {Answered: "answered", Unreachable: "unreachable"}


T = TypeVar("T")


def to_text(observation: Observation) -> str:
    """Return an observation as a line of JSON, in ASCII; what is as usual is left out."""
    return json.dumps([_NAMES[type(observation)], _told(observation)], sort_keys=True)


def _told(value: Observation | PageSeen) -> dict[str, object]:
    """Return the fields whose values are not their defaults; not by ``asdict``, which takes ten times as long."""
    told = ((name, getattr(value, name)) for name, usual in _DEFAULTS[type(value)] if getattr(value, name) != usual)
    return {name: _told(each) if isinstance(each, PageSeen) else each for name, each in told}


def from_text(text: bytes | str) -> Observation | None:
    """Return what :func:`to_text` wrote; ``None`` for anything else, be it of another release."""
    try:
        name, given = json.loads(text if isinstance(text, str) else text.decode("ascii"))
        return _read(_KINDS[name], given)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _read(kind: Callable[..., T], given: object) -> T:
    if not isinstance(given, dict):
        raise TypeError
    types = _TYPES[kind]
    # Most values are of a plain type; the others are looked at by the function.
    return kind(
        **{name: value if type(value) is types[name] else _value(types[name], value) for name, value in given.items()}
    )


def _value(wanted: Any, value: object) -> object:  # noqa: ANN401 -- a type, or what `tuple[str, ...]` is
    """Return a value of the wanted type; no other passes, and ``True`` is no number."""
    if wanted is PageSeen:
        return _read(PageSeen, value)
    if wanted == tuple[str, ...]:
        return _strings(value)
    if issubclass(wanted, Enum):
        return wanted(value)
    raise TypeError


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError
    return tuple(value)
