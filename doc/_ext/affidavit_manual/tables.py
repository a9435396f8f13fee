"""The tables of the manual, each drawn from the table of the code that decides."""

from __future__ import annotations

from collections.abc import Callable

from affidavit.methods import matrix
from affidavit.methods.matrix import Declared
from affidavit.model import claims
from affidavit.model.claims import Status
from affidavit.notes import listing
from affidavit.notes.listing import Standing
from affidavit.sphinx import marks, words
from affidavit.sphinx.marks import SYMBOLS
from affidavit_manual import tables_of_asking, tables_of_links, tables_of_sphinx
from affidavit_manual.table import Table, literal, sentence


def statuses() -> Table:
    """Return what each status of a stage is called on a page."""
    rows = [(literal(status), words.status_word(status), literal(f"[{SYMBOLS[status]}]")) for status in Status]
    return Table(
        "The words of a status", ("In the source", "On the page", "In plain text"), rows, (claims, words, marks)
    )


def cells() -> Table:
    """Return what a cell of the matrix can say."""
    rows = [(words.declared_word(each), sentence(words.declared_meaning(each))) for each in Declared]
    return Table("The cells of the matrix", ("Cell", "Meaning"), rows, (matrix, words))


def standings() -> Table:
    """Return what the state of a reference to release notes can be."""
    rows = [(words.standing_word(each), sentence(words.standing_meaning(each))) for each in Standing]
    return Table("The states of a reference", ("State", "Meaning"), rows, (listing, words))


TABLES: dict[str, Callable[[], Table]] = {
    "statuses": statuses,
    "cells": cells,
    "standings": standings,
    **tables_of_links.TABLES,
    **tables_of_asking.TABLES,
    **tables_of_sphinx.TABLES,
}
"""The tables by the names that pages have for them."""
