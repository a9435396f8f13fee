"""Cells, drawn: what a run showed as an icon and a word, which lead to what it saw."""

from __future__ import annotations

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.model.cells import Cell, Showed
from affidavit.model.evidence import State
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw.tables import line
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.words import showed_word, state_word

_ = get_translation("affidavit")

AS_DECLARED = frozenset({State.PROVEN, State.PROVEN_ELSEWHERE, State.EXPIRED})
"""The states of cells that came as their cards declare, however long ago."""


def kind(cell: Cell) -> str:
    """Return the icon of a cell."""
    if cell.state not in AS_DECLARED and cell.showed is not Showed.NOTHING:
        return "against"
    return {Showed.WORKS: "shown-works", Showed.FAILS: "shown-fails", Showed.NOTHING: "unknown"}[cell.showed]


def name(cell: Cell, view: View) -> str:
    """Return what a cell is called: by its feature, or that it is a set-up; a plain example by its name."""
    feature = view.feature(cell.feature)
    if feature:
        return feature.title
    plain = cell.tried.example if cell.tried and not cell.method else ""
    return cell.feature or plain or _("Set-up")


def words(cell: Cell) -> str:
    """Return what a cell says beside its icon: what was shown, and its state where that is not simply proven."""
    if cell.showed is Showed.NOTHING:
        return state_word(cell.state)
    if cell.state is State.PROVEN:
        return showed_word(cell.showed)
    return _("%(showed)s: %(state)s") % {"showed": showed_word(cell.showed), "state": state_word(cell.state)}


def draw(cell: Cell, view: View) -> nodes.Node:
    """Return a line of the matrix: icon, words that lead to what was seen, and the variant, where there is one."""
    variant = f" ({cell.variant})" if cell.variant else ""
    return line(ours.mark(kind=kind(cell)), linked(cell, words(cell), view), nodes.Text(variant))


def linked(cell: Cell, text: str, view: View) -> nodes.Node:
    """Return a link to the run of a cell, with a text."""
    return view.link_to_run(cell.tried, text) if cell.tried else nodes.inline("", text)
