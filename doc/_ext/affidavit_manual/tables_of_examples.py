"""The tables about how output of examples is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from affidavit.examples import settle_table
from affidavit.examples.settle_table import ROWS, Row
from affidavit_manual.table import Table, literal


def settled_always() -> Table:
    """Return what is replaced in all output."""
    return _table("What is always settled", (row for row in ROWS if row.always))


def settled_on_request() -> Table:
    """Return what is replaced where a block names it."""
    return _table("What is settled on request", (row for row in ROWS if not row.always))


def _table(title: str, rows: Iterable[Row]) -> Table:
    told = [(literal(row.name), f"{row.purpose}.", literal(row.example), literal(row.settled)) for row in rows]
    return Table(title, ("Name", "What it is", "As it is printed", "As it is compared"), told, (settle_table,))


TABLES: dict[str, Callable[[], Table]] = {
    "settled-always": settled_always,
    "settled-on-request": settled_on_request,
}
