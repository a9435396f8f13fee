"""The matrix: a table of methods and features with header cells, and its legend."""

from __future__ import annotations

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.methods.matrix import Declared, Row, matrix
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.words import declared_meaning, declared_word, status_word

_ = get_translation("affidavit")


def draw(node: ours.deployment_matrix, view: View) -> list[nodes.Node]:
    """Draw the matrix of the documented release; features are rows, since there are more of them than methods."""
    corpus, settings = view.judgement.corpus, view.judgement.settings
    drawn = matrix(corpus.cards, corpus.features, settings)
    if not drawn.rows:
        return [nodes.paragraph("", _("No deployment method is declared."))]
    head = [_entry([nodes.Text(_("Feature"))]), *(_entry(_method(row, view)) for row in drawn.rows)]
    body = [
        nodes.row("", _entry([view.link_to_feature(feature.name)]), *(_cell(row.cells[at]) for row in drawn.rows))
        for at, feature in enumerate(drawn.features)
    ]
    group = nodes.tgroup("", *_columns(len(head)), cols=len(head))
    group += [nodes.thead("", nodes.row("", *head)), nodes.tbody("", *body)]
    label = _("Methods and features in release %(release)s") % {"release": settings.release or "?"}
    table = nodes.table("", nodes.title("", label), group, ids=node["ids"], classes=["affidavit-matrix"])
    shown = [declared for declared in Declared if any(declared in row.cells for row in drawn.rows)]
    return [ours.scroll("", table, label=label), *_legend(shown)]


def _columns(count: int) -> list[nodes.Node]:
    """Return the columns; the first holds header cells."""
    return [
        nodes.colspec("", colwidth=30 if at == 0 else 18, **({"stub": 1} if at == 0 else {})) for at in range(count)
    ]


def _entry(content: list[nodes.Node]) -> nodes.Node:
    return nodes.entry("", nodes.paragraph("", "", *content))


def _method(row: Row, view: View) -> list[nodes.Node]:
    word = nodes.inline("", status_word(row.status), classes=["affidavit-status"])
    return [view.link_to_card(row.card), nodes.Text(": "), ours.mark(kind=str(row.status)), word]


def _cell(declared: Declared) -> nodes.Node:
    return _entry([ours.mark(kind=str(declared)), nodes.Text(declared_word(declared))])


def _legend(shown: list[Declared]) -> list[nodes.Node]:
    items = [nodes.list_item("", _meaning(declared)) for declared in shown]
    told = _("Everything in this table is declared, and not yet proven: no run has shown it.")
    legend = nodes.bullet_list("", *items, bullet="*", classes=["affidavit-legend"])
    return [legend, nodes.paragraph("", told, classes=["affidavit-evidence"])]


def _meaning(declared: Declared) -> nodes.Node:
    word = nodes.strong("", declared_word(declared))
    return nodes.paragraph("", "", ours.mark(kind=str(declared)), word, nodes.Text(": " + declared_meaning(declared)))
