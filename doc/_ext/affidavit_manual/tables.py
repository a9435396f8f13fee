"""The tables of the manual, each drawn from the table of the code that decides."""

from __future__ import annotations

from collections.abc import Callable

from affidavit.methods import contradictions, matrix
from affidavit.methods.matrix import Declared
from affidavit.model import cells as model_cells
from affidavit.model import claims
from affidavit.model import statements as model_statements
from affidavit.model.cells import Showed
from affidavit.model.claims import Status
from affidavit.model.statements import Bears
from affidavit.notes import listing
from affidavit.notes.listing import Standing
from affidavit.sphinx import marks, words
from affidavit.sphinx.marks import SYMBOLS
from affidavit_manual import tables_of_asking, tables_of_examples, tables_of_links, tables_of_sphinx
from affidavit_manual.table import Table, listed, literal, sentence


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


def shown() -> Table:
    """Return what a cell of the matrix can say that a run speaks of."""
    told = (each for each in Showed if each is not Showed.NOTHING)
    rows = [(words.showed_word(each), sentence(words.showed_meaning(each))) for each in told]
    return Table("What runs showed", ("Cell", "Meaning"), rows, (model_cells, words))


def borne() -> Table:
    """Return what runs can make of a statement in a release."""
    rows = [(words.bears_word(each), sentence(words.bears_meaning(each))) for each in Bears]
    return Table("What runs made of a statement", ("Verdict", "Meaning"), rows, (model_statements, words))


def outcomes() -> Table:
    """Return which outcomes contradict stages of which statuses."""
    rows = [
        (sentence(row.came.replace("`", "``")), listed_statuses(row), f":message:`{row.code}`")
        for row in contradictions.TABLE
    ]
    return Table("What contradicts a stage", ("Outcome", "Status", "Error"), rows, (contradictions,))


def listed_statuses(row: contradictions.Row) -> str:
    """Return the statuses that an outcome contradicts."""
    return "any" if set(row.statuses) == set(Status) else listed(row.statuses)


def standings() -> Table:
    """Return what the state of a reference to release notes can be."""
    rows = [(words.standing_word(each), sentence(words.standing_meaning(each))) for each in Standing]
    return Table("The states of a reference", ("State", "Meaning"), rows, (listing, words))


TABLES: dict[str, Callable[[], Table]] = {
    "statuses": statuses,
    "cells": cells,
    "shown": shown,
    "borne": borne,
    "contradictions": outcomes,
    "standings": standings,
    **tables_of_links.TABLES,
    **tables_of_asking.TABLES,
    **tables_of_examples.TABLES,
    **tables_of_sphinx.TABLES,
}
"""The tables by the names that pages have for them."""
