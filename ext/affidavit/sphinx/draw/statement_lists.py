"""The statements of a site, drawn as a table: what was claimed, and what was seen."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.model.cells import Borne
from affidavit.model.statements import Bears, Statement
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw import tables
from affidavit.sphinx.draw.statements import MARKS, fared, untestable
from affidavit.sphinx.draw.tables import Cell, line
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.tree import written
from affidavit.sphinx.words import bears_meaning, bears_word, interval_words

_ = get_translation("affidavit")


def draw(node: ours.statement_list, view: View) -> list[nodes.Node]:
    """Draw the list; nothing where a table cannot stand, of which a finding tells."""
    target = nodes.target("", "", ids=node["ids"])
    if not node["value"]:
        return [target]
    source = written(node, ours.source)
    statements = [each for each in view.judgement.corpus.statements if source in ("", each.words.source)]
    if not statements:
        return [target, line(nodes.Text(_("No page makes such a statement.")))]
    return [target, *_table(statements, node["options"].get("class", ""), view)]


def _table(statements: Sequence[Statement], classes: str, view: View) -> list[nodes.Node]:
    label = _("What was claimed, what was seen")
    words = (_("Claim"), _("Source"), _("Releases"), _("What was seen"), _("Evidence"))
    head = [[line(nodes.Text(word))] for word in words]
    borne = [view.judgement.borne(each) for each in statements]
    rows = [_row(each, found, view) for each, found in zip(statements, borne, strict=True)]
    there = {each.bears for found in borne for each in found}
    legend = tables.legend((MARKS[each], bears_word(each), bears_meaning(each)) for each in Bears if each in there)
    table = tables.draw(label, head, rows, (30, 14, 14, 22, 14), f"affidavit-statements {classes}")
    return [tables.caption(label), table, *([legend] if there else [])]


def _row(statement: Statement, found: Sequence[Borne], view: View) -> list[Cell]:
    reason = [nodes.Text(statement.words.untestable)]
    seen = [line(untestable(reason))] if statement.words.untestable else [line(each) for each in fared(found, view)]
    return [
        [line(view.link_to_statement(statement))],
        [line(nodes.Text(statement.words.shown or _("this site")))],
        _releases(statement, view),
        seen,
        _evidence(found, view),
    ]


def _releases(statement: Statement, view: View) -> Cell:
    releases = view.judgement.settings.releases
    words = [interval_words(each, releases) for each in statement.intervals] or [_("all")]
    return [line(nodes.Text(word)) for word in words]


def _evidence(found: Sequence[Borne], view: View) -> Cell:
    """Draw for each release a link to the run that decides; the statement itself leads to all of them."""
    links = []
    for each in (each for each in found if each.shown):
        run = each.cells[0].tried
        if run:
            links += [nodes.Text(", "), view.link_to_run(run, each.release or run.example)]
    return [line(*links[1:])]
