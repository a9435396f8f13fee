"""What a regular expression says, as values. Pure."""

from __future__ import annotations

import re
from enum import Enum
from typing import assert_never

from msgspec import Struct


class Where(Enum):
    """What is asked of a place between two characters."""

    START = "start"
    END = "end"
    EDGE = "edge"
    """Between a word and what is none."""


class One(Struct, frozen=True):
    """One character: those that ``test``, an expression for a single one, matches."""

    test: re.Pattern[str]


class At(Struct, frozen=True):
    """No character, but a place."""

    where: Where


class Sequence(Struct, frozen=True):
    """One behind the other; nothing at all where it is empty."""

    parts: tuple[Node, ...]


class Choice(Struct, frozen=True):
    """One of several."""

    ways: tuple[Node, ...]


class Repeat(Struct, frozen=True):
    """At least ``least`` times, and at most ``most`` times, ``None`` for without end."""

    node: Node
    least: int
    most: int | None


Node = One | At | Sequence | Choice | Repeat


def size(node: Node) -> int:
    """Return about how many states an automaton needs for it."""
    match node:
        case One() | At():
            return 1
        case Sequence(parts):
            return sum(map(size, parts))
        case Choice(ways):
            return sum(map(size, ways)) + len(ways)
        case Repeat(inner, least, most):
            return (size(inner) + 1) * max(least + (most is None), most or 0, 1)
        case _:  # pragma: no cover
            assert_never(node)
