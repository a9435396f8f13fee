"""The tables of the manual, each drawn from the table of the code that decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from types import ModuleType

from affidavit.links import judge, probe, refuse, seen
from affidavit.links.judge import STATUS_RULES, TROUBLE_RULES, StatusRule
from affidavit.links.probe import CurlProbe
from affidavit.links.refuse import BLOCKS
from affidavit.methods import matrix
from affidavit.methods.matrix import Declared
from affidavit.model import claims
from affidavit.model.claims import Status
from affidavit.sphinx import marks, words
from affidavit.sphinx.marks import SYMBOLS


@dataclass(frozen=True, slots=True)
class Table:
    """A table in reStructuredText; ``sources`` are the modules that it is drawn from."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    sources: Sequence[ModuleType]


def http_statuses() -> Table:
    """Return what each HTTP status means for a link."""
    rows = [(_span(rule), f"*{rule.ruling.outcome}*", _sentence(rule.ruling.reason)) for rule in STATUS_RULES]
    return Table("What an HTTP status means", ("Status", "Verdict", "Reason"), rows, (judge,))


def troubles() -> Table:
    """Return what it means for a link that there was no status."""
    rows = [
        (f"``{trouble}``", f"*{ruling.outcome}*", _sentence(ruling.reason)) for trouble, ruling in TROUBLE_RULES.items()
    ]
    return Table("What it means that there was no status", ("What happened", "Verdict", "Reason"), rows, (judge, seen))


def statuses() -> Table:
    """Return what each status of a stage is called on a page."""
    rows = [(f"``{status}``", words.status_word(status), f"``[{SYMBOLS[status]}]``") for status in Status]
    return Table(
        "The words of a status", ("In the source", "On the page", "In plain text"), rows, (claims, words, marks)
    )


def cells() -> Table:
    """Return what a cell of the matrix can say."""
    rows = [(words.declared_word(each), _sentence(words.declared_meaning(each))) for each in Declared]
    return Table("The cells of the matrix", ("Cell", "Meaning"), rows, (matrix, words))


def refused_addresses() -> Table:
    """Return which addresses are not asked; the first row that fits decides."""
    rows = [(f"``{block.network}``", _sentence(block.kind), _sentence(block.source)) for block in BLOCKS]
    return Table("Addresses that are refused", ("Addresses", "What they are", "Source"), rows, (refuse,))


LIMITS = {
    "in_all": "Addresses that are asked at once",
    "per_host": "Addresses that are asked at once on one host",
    "redirects": "Redirects that are followed from one address",
    "connect_seconds": "Seconds until there is a connection",
    "total_seconds": "Seconds for an address with its redirects",
    "run_seconds": "Seconds for all addresses of a build",
}


def limits() -> Table:
    """Return within which limits a build asks about links."""
    defaults = {field.name: field.default for field in fields(CurlProbe)}
    rows = [(meaning, str(defaults[name])) for name, meaning in LIMITS.items()]
    return Table("The limits of asking", ("What", "At most"), rows, (probe,))


TABLES: dict[str, Callable[[], Table]] = {
    "http-statuses": http_statuses,
    "troubles": troubles,
    "statuses": statuses,
    "cells": cells,
    "limits": limits,
    "refused-addresses": refused_addresses,
}


def lines_of(table: Table) -> list[str]:
    """Return a table as a ``list-table``, which narrow screens show row by row."""
    head = [f".. list-table:: {table.title}", "   :header-rows: 1", "   :class: stacked", ""]
    return [*head, *(line for row in (table.head, *table.rows) for line in _row(row))]


def _row(cells: Sequence[str]) -> list[str]:
    return [f"   {'*' if at == 0 else ' '} - {cell}" for at, cell in enumerate(cells)]


def _span(rule: StatusRule) -> str:
    return str(rule.first) if rule.first == rule.last else f"{rule.first} to {rule.last}"


def _sentence(clause: str) -> str:
    """Return a clause of the code as a sentence of its own."""
    return f"{clause[0].upper()}{clause[1:]}."
