"""What a table of the manual is, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import ModuleType

from msgspec import Struct


class Table(Struct, frozen=True):
    """A table in reStructuredText; ``sources`` are the modules that it is drawn from."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    sources: Sequence[ModuleType]


def lines_of(table: Table) -> list[str]:
    """Return a table as a ``list-table``, which narrow screens show row by row."""
    head = [f".. list-table:: {table.title}", "   :header-rows: 1", "   :class: stacked", ""]
    return [*head, *(line for row in (table.head, *table.rows) for line in _row(row))]


def _row(cells: Sequence[str]) -> list[str]:
    return [f"   {'*' if at == 0 else ' '} - {cell}" for at, cell in enumerate(cells)]


def sentence(clause: str) -> str:
    """Return a clause as a sentence of its own."""
    return f"{clause[0].upper()}{clause[1:]}."


def literal(text: str) -> str:
    """Return text as it stands in the code."""
    return f"``{text}``"


def listed(texts: Iterable[object]) -> str:
    """Return each as a literal, with commas between."""
    return ", ".join(literal(str(each)) for each in texts)


def span(first: int, last: int) -> str:
    """Return a range of numbers."""
    return str(first) if first == last else f"{first} to {last}"
