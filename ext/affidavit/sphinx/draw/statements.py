"""Statements, drawn as the sentences that they are, with lines that say who said it, and what runs made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.methods.borne import fails_so, intervals
from affidavit.model.cells import Borne, Cell, Showed
from affidavit.model.evidence import State
from affidavit.model.severity import Severity
from affidavit.model.statements import Bears, Statement
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw import cells, notes
from affidavit.sphinx.draw.findings import draw as draw_findings
from affidavit.sphinx.draw.tables import line
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.tree import content, parts
from affidavit.sphinx.words import bears_word, interval_words, release_word, state_word

_ = get_translation("affidavit")

MARKS = {Bears.BORNE_OUT: "works", Bears.CONTRADICTED: "fails", Bears.NOT_TRIED: "nothing"}
"""The icon of each verdict."""


def draw(node: ours.statement, view: View) -> list[nodes.Node]:
    """Draw a statement; one that cannot be used, of which a finding tells, is drawn as text alone."""
    statement: Statement | None = node["value"]
    box = nodes.container("", *content(node), classes=["affidavit-statement"])
    if statement:
        box += [*_said(node, statement, view), _verdict(node, statement, view)]
        found = (each for each in view.judgement.report.findings if each.place == node["place"])
        box += draw_findings([each for each in found if each.severity is not Severity.INFO])
    return [*([nodes.target("", "", ids=node["ids"])] if node["ids"] else []), box]


def fared(found: Sequence[Borne], view: View) -> Iterator[nodes.Node]:
    """Yield, for each verdict that there is, its icon, its word and the releases."""
    releases = view.judgement.settings.releases
    for bears in (each for each in Bears if any(one.bears is each for one in found)):
        where = "; ".join(interval_words(each, releases) for each in intervals(found, bears, releases))
        word = nodes.strong("", bears_word(bears))
        yield nodes.inline("", "", ours.mark(kind=MARKS[bears]), word, nodes.Text(f": {where}" if where else ""))


def untestable(reason: Sequence[nodes.Node]) -> nodes.Node:
    """Return the words for a statement that cannot be tested."""
    word = nodes.strong("", _("Cannot be tested"))
    return nodes.inline("", "", ours.mark(kind="unknown"), word, nodes.Text(": "), *reason)


def _said(node: ours.statement, statement: Statement, view: View) -> list[nodes.Node]:
    """Tell who said it, and where."""
    told: list[nodes.Node] = []
    for source in parts(node, ours.source):
        told += [nodes.strong("", _("Source:")), nodes.Text(" "), *source.children, nodes.Text(" ")]
    for at, note in enumerate(statement.notes):
        told += [nodes.Text(", ")] if at else [nodes.strong("", _("Release notes:")), nodes.Text(" ")]
        told.append(notes.of_option(note, view))
    return [nodes.paragraph("", "", *told, classes=["affidavit-said"])] if told else []


def _verdict(node: ours.statement, statement: Statement, view: View) -> nodes.Node:
    """Return the line about all releases, which unfolds to the runs of each."""
    if statement.words.untestable:
        reason = [word for each in parts(node, ours.reason) for word in each.children]
        return nodes.paragraph("", "", untestable(reason), classes=["affidavit-borne"])
    found = view.judgement.borne(statement)
    words = _joined(fared(found, view))
    recorded = [each for each in found if any(cell.tried and cell.tried.record for cell in each.cells)]
    items = [nodes.list_item("", _release(each, statement, view)) for each in recorded]
    if not items:
        return nodes.paragraph("", "", *words, classes=["affidavit-borne"])
    runs = nodes.bullet_list("", *items, bullet="*", classes=["affidavit-cells"])
    return ours.fold("", ours.fold_label("", "", *words), runs, classes=["affidavit-borne"])


def _joined(told: Iterator[nodes.Node], by: str = ". ") -> list[nodes.Node]:
    return [part for at, each in enumerate(told) for part in ([nodes.Text(by), each] if at else [each])]


def _release(found: Borne, statement: Statement, view: View) -> nodes.Node:
    """Tell of a release: its verdict, and of each run, which its words lead to, what came of it."""
    told = [release_word(found.release, view.judgement.settings.releases), bears_word(found.bears)]
    label = nodes.Text(", ".join(filter(None, told)) + ": ")
    runs = (nodes.inline("", "", *_run(each, statement, view)) for each in found.cells)
    return line(ours.mark(kind=MARKS[found.bears]), label, *_joined(runs, "; "))


def _run(cell: Cell, statement: Statement, view: View) -> list[nodes.Node]:
    came = cells.words(cell) if cell.method else state_word(cell.state)
    told = cells.linked(cell, f"{cells.name(cell, view)}: {came}", view)
    about = [cell.method if len(statement.about.methods) > 1 else "", cell.variant, *_details(cell, statement)]
    where = ", ".join(filter(None, about))
    return [told, nodes.Text(f" ({where})" if where else "")]


def _details(cell: Cell, statement: Statement) -> Iterator[str]:
    """Yield where it ran, why nothing is known of it, and how it failed where the statement names another way."""
    if cell.tried is None:
        return
    yield cell.tried.subject.environment
    if cell.showed is Showed.NOTHING and cell.state is not State.NOT_YET_PROVEN:
        yield cell.tried.reason
    if cell.showed is Showed.FAILS and not fails_so(statement, cell):
        yield cell.tried.symptom
