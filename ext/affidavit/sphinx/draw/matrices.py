"""The matrix: for each release a table of methods and features with header cells, and a legend for all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.methods.matrix import Declared, Matrix, Row, Stated, matrices
from affidavit.model.cells import Cell, Showed
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw import cells, tables
from affidavit.sphinx.draw.tables import line
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.words import (
    declared_meaning,
    declared_word,
    release_word,
    showed_meaning,
    showed_word,
    status_word,
    warning_words,
)

_ = get_translation("affidavit")

WORST_FIRST = ("against", "shown-fails", "unknown", "shown-works")
"""The icons of cells; of several in one cell of the table, the worst gives its tone."""


def draw(node: ours.deployment_matrix, view: View) -> list[nodes.Node]:
    """Draw the matrix of each release; nothing where a table cannot stand, of which a finding tells."""
    target = nodes.target("", "", ids=node["ids"])
    if not node["value"]:
        return [target]
    corpus, settings = view.judgement.corpus, view.judgement.settings
    stated = Stated(corpus.cards, corpus.features, view.judgement.report.cells, settings.releases)
    drawn = matrices(stated, settings)
    if not drawn[0].rows:
        return [target, nodes.paragraph("", _("No deployment method is declared."))]
    if len(drawn) == 1:
        return [target, tables.caption(_label(drawn[0])), _table(drawn[0], view), *_legend(drawn)]
    group = node["ids"][0] if node["ids"] else ""
    return [target, *(_release(each, view, group) for each in drawn), *_legend(drawn)]


def _label(drawn: Matrix) -> str:
    return _("Methods and features in release %(release)s") % {"release": drawn.release or "?"}


def _release(drawn: Matrix, view: View, group: str) -> nodes.Node:
    """Fold a release's table away, unless the site documents it; html opens one of them at a time."""
    settings = view.judgement.settings
    is_open = drawn.release == settings.release
    told = _("Release %(release)s") % {"release": release_word(drawn.release, settings.releases)}
    label = ours.fold_label("", "", nodes.strong("", told))
    label += [nodes.Text(" " + _("(the one that is documented here)"))] if is_open else []
    attributes = {"name": group, **({"open": "open"} if is_open else {})}
    return ours.fold("", label, _table(drawn, view), classes=["affidavit-release"], **attributes)


def _table(drawn: Matrix, view: View) -> nodes.Node:
    """Return the table; features are its rows, since a site has more of them than methods."""
    head = [[line(nodes.Text(_("Feature")))], *(_method(row, view) for row in drawn.rows)]
    rows = [
        [[line(view.link_to_feature(feature.name))], *(_cell(row.cells[at], row.tried[at], view) for row in drawn.rows)]
        for at, feature in enumerate(drawn.features)
    ]
    if any(row.setups for row in drawn.rows):
        rows = [
            [[line(nodes.Text(_("Set-up")))], *(_cell(Declared.NOTHING, row.setups, view) for row in drawn.rows)],
            *rows,
        ]
    return tables.draw(_label(drawn), head, rows, [30, *(18 for _row in drawn.rows)], "affidavit-matrix")


def _method(row: Row, view: View) -> tables.Cell:
    word = nodes.inline("", status_word(row.status), classes=["affidavit-status"])
    return [line(view.link_to_card(row.card)), line(ours.mark(kind=str(row.status)), word)]


def _cell(declared: Declared, tried: Sequence[Cell], view: View) -> tables.Cell:
    """Return a cell: what runs showed, or else what is declared; a set-up that nobody tried is not declared to work."""
    if not tried:
        return [line(ours.mark(kind=str(declared)), nodes.Text(declared_word(declared)))]
    kinds = {cells.kind(each) for each in tried}
    worst = next(each for each in WORST_FIRST if each in kinds)
    return nodes.entry("", *cells.draw(tried, view), classes=[f"affidavit-cell-{worst}"])


def _legend(drawn: Sequence[Matrix]) -> list[nodes.Node]:
    tried = [cell for each in drawn for cell in each.tried]
    said = {row.cells[at] for each in drawn for row in each.rows for at in range(len(row.cells)) if not row.tried[at]}
    words = [(f"shown-{each}", showed_word(each), showed_meaning(each)) for each in Showed if _is_shown(each, tried)]
    words += [(str(each), declared_word(each), declared_meaning(each)) for each in Declared if each in said]
    words += [("against", *warning_words())] if "against" in map(cells.kind, tried) else []
    return [tables.legend(words), nodes.paragraph("", _seen(tried, said), classes=["affidavit-evidence"])]


def _seen(tried: Sequence[Cell], said: Collection[Declared]) -> str:
    """Say what of the tables runs saw; ``said`` is what stands in the cells that no run speaks of."""
    if not tried:
        return _("Everything in this table is declared, and not yet proven: no run has shown it.")
    if all(each is Declared.NOTHING for each in said):
        return _("Each cell leads to what a run saw.")
    return _(
        "What is said to work or to fail is declared, and not yet proven; each other cell leads to what a run saw."
    )


def _is_shown(showed: Showed, tried: Sequence[Cell]) -> bool:
    return showed is not Showed.NOTHING and any(each.showed is showed for each in tried)
