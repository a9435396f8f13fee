"""The matrix: a table of methods and features with header cells, and its legend."""

from __future__ import annotations

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.methods.matrix import Declared, Matrix, Row, matrix
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw import tables
from affidavit.sphinx.draw.tables import Cell, line
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.words import declared_meaning, declared_word, status_word

_ = get_translation("affidavit")


def draw(node: ours.deployment_matrix, view: View) -> list[nodes.Node]:
    """Draw the matrix of the documented release; nothing where a table cannot stand, of which a finding tells."""
    target = nodes.target("", "", ids=node["ids"])
    if not node["value"]:
        return [target]
    corpus, settings = view.judgement.corpus, view.judgement.settings
    drawn = matrix(corpus.cards, corpus.features, settings)
    if not drawn.rows:
        return [target, nodes.paragraph("", _("No deployment method is declared."))]
    label = _("Methods and features in release %(release)s") % {"release": settings.release or "?"}
    return [target, tables.caption(label), _table(drawn, label, view), *_legend(drawn)]


def _table(drawn: Matrix, label: str, view: View) -> nodes.Node:
    """Return the table; features are its rows, since a site has more of them than methods."""
    head = [[line(nodes.Text(_("Feature")))], *(_method(row, view) for row in drawn.rows)]
    rows = (
        [[line(view.link_to_feature(feature.name))], *(_cell(row.cells[at]) for row in drawn.rows)]
        for at, feature in enumerate(drawn.features)
    )
    return tables.draw(label, head, rows, [30, *(18 for _row in drawn.rows)], "affidavit-matrix")


def _method(row: Row, view: View) -> Cell:
    word = nodes.inline("", status_word(row.status), classes=["affidavit-status"])
    return [line(view.link_to_card(row.card)), line(ours.mark(kind=str(row.status)), word)]


def _cell(declared: Declared) -> Cell:
    return [line(ours.mark(kind=str(declared)), nodes.Text(declared_word(declared)))]


def _legend(drawn: Matrix) -> list[nodes.Node]:
    shown = (declared for declared in Declared if any(declared in row.cells for row in drawn.rows))
    told = _("Everything in this table is declared, and not yet proven: no run has shown it.")
    words = tables.legend((str(each), declared_word(each), declared_meaning(each)) for each in shown)
    return [words, nodes.paragraph("", told, classes=["affidavit-evidence"])]
