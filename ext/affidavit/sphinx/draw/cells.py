"""Cells, drawn: what a run showed as an icon and a word, which lead to what it saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.model.cells import Cell, Showed
from affidavit.model.evidence import State
from affidavit.sphinx import nodes as ours
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


def draw(own: Sequence[Cell], view: View) -> list[nodes.Node]:
    """Return lines of the matrix, one for all variants that came alike, each with links to what was seen."""
    alike: dict[tuple[str, str], list[Cell]] = {}
    for cell in own:
        alike.setdefault((kind(cell), words(cell)), []).append(cell)
    return [_line(each, view) for each in alike.values()]


def _line(alike: Sequence[Cell], view: View) -> nodes.Node:
    """Return icon, words and variants: of a single one the words are the link, of several the variants are."""
    first, *others = alike
    icon = ours.mark(kind=kind(first))
    if others:
        told = [icon, nodes.Text(words(first)), nodes.Text(": "), *_variants(alike, view)]
    else:
        told = [icon, linked(first, words(first), view), nodes.Text(f" ({first.variant})" if first.variant else "")]
    several = ["affidavit-variants"] if others else []
    return nodes.paragraph("", "", *told, classes=[f"affidavit-cell-{kind(first)}", *several])


def _variants(alike: Sequence[Cell], view: View) -> Iterator[nodes.Node]:
    for at, cell in enumerate(alike):
        yield nodes.Text(", " if at else "")
        yield linked(cell, cell.variant or _("without a name"), view)


def linked(cell: Cell, text: str, view: View) -> nodes.Node:
    """Return a link to the run of a cell, with a text."""
    return view.link_to_run(cell.tried, text) if cell.tried else nodes.inline("", text)
