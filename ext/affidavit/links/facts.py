"""Observations as text, and text as observations, for whoever keeps them. Pure.

The fields of the dataclasses are the format: text that has others, or other types, is no observation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from enum import Enum
from typing import get_type_hints

from affidavit.links.seen import Answered, Observation, Unreachable

_KINDS: Mapping[str, Callable[..., Observation]] = {"answered": Answered, "unreachable": Unreachable}
_TYPES = {kind: get_type_hints(kind) for kind in _KINDS.values()}
_NAMES = {Answered: "answered", Unreachable: "unreachable"}


def to_text(observation: Observation) -> str:
    """Return an observation as a line of JSON, in ASCII."""
    return json.dumps([_NAMES[type(observation)], asdict(observation)], sort_keys=True)


def from_text(text: bytes | str) -> Observation | None:
    """Return what :func:`to_text` wrote; ``None`` for anything else, be it of another release."""
    try:
        name, given = json.loads(text)
        return _read(_KINDS[name], given)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _read(kind: Callable[..., Observation], given: object) -> Observation:
    if not isinstance(given, dict):
        raise TypeError
    types = _TYPES[kind]
    return kind(**{name: _value(types[name], value) for name, value in given.items()})


def _value(wanted: type, value: object) -> object:
    """Return a value of the wanted type; no other passes, and ``True`` is no number."""
    if issubclass(wanted, Enum):
        return wanted(value)
    if type(value) is not wanted:
        raise TypeError
    return value
