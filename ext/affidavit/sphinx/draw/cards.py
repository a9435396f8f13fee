"""Cards: the stage of the documented release in full, the other stages folded."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.methods.stages import current_stage
from affidavit.model.claims import Card, Failure, Stage, Status
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw import notes, reproduced
from affidavit.sphinx.draw.findings import draw as draw_findings
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.tree import content, parts
from affidavit.sphinx.words import interval_words, status_word

_ = get_translation("affidavit")


def draw(node: ours.deployment_method, view: View) -> list[nodes.Node]:
    """Draw a card; one without a usable name is drawn as far as it goes."""
    card: Card | None = node["value"]
    current = current_stage(card, view.judgement.settings) if card else None
    stages = {part["value"]: part for part in parts(node, ours.deployment_stage) if part["value"]}
    status = current.status if current else Status.UNKNOWN
    box = ours.card_box("", _title(node), classes=["affidavit-card", f"affidavit-{status}"])
    box += _status(current, view)
    box += _stage(stages[current], view) if current else []
    box += content(node)
    for unreadable in (part for part in parts(node, ours.deployment_stage) if not part["value"]):
        box += _stage(unreadable, view)
    box += list(_about(card, view)) if card else []
    box += reproduced.draw(card, view) if card else [reproduced.not_yet()]
    box += draw_findings(_findings(node, view))
    box += _history([part for stage, part in stages.items() if stage is not current], view)
    return [*_target(node), box]


def _findings(node: ours.deployment_method, view: View) -> list[Finding]:
    """Return what readers must know of: what is worth knowing to the author alone stands in log and report."""
    found = (each for each in view.judgement.report.findings if each.place in node["places"])
    return [each for each in found if each.severity is not Severity.INFO]


def _title(node: ours.deployment_method) -> nodes.Node:
    titles = parts(node, ours.heading)
    words = titles[0].children if titles else [nodes.Text(node["argument"])]
    return ours.card_title("", "", *words, ids=[f"{each}.title" for each in node["ids"]])


def _status(current: Stage | None, view: View) -> nodes.Node:
    status = current.status if current else Status.UNKNOWN
    word = nodes.strong("", status_word(status), classes=["affidavit-status"])
    return nodes.paragraph("", "", ours.mark(kind=str(status)), word, nodes.Text(_speaks_of(current, view)))


def _speaks_of(current: Stage | None, view: View) -> str:
    """Return the release that the status is shown for, and the releases that it is declared for."""
    settings = view.judgement.settings
    at = settings.releases.position(settings.release)
    release = settings.release if at is None else str(settings.releases.items[at])
    if current is None:
        return " " + _("in release %(release)s: no stage covers it") % {"release": release} if release else ""
    interval = interval_words(current.interval, settings.releases)
    told = _("in release %(release)s (declared for %(interval)s)")
    return " " + told % {"release": release, "interval": interval}


def _stage(part: ours.deployment_stage, view: View) -> list[nodes.Node]:
    """Draw a stage's reason, and what fails in it."""
    fails = [nodes.list_item("", *_failure(each, view)) for each in parts(part, ours.deployment_failure)]
    drawn = [*_target(part), *content(part)]
    if fails:
        drawn.append(nodes.paragraph("", "", nodes.strong("", _("What fails:"))))
        drawn.append(nodes.bullet_list("", *fails, bullet="*", classes=["affidavit-fails"]))
    return drawn


def _failure(part: ours.deployment_failure, view: View) -> list[nodes.Node]:
    failure: Failure | None = part["value"]
    told = nodes.paragraph("", "", view.link_to_feature(part["argument"]))
    if failure and failure.variant:
        told += nodes.Text(" " + _("(variant %(variant)s)") % {"variant": failure.variant})
    for symptom in parts(part, ours.symptom):
        told += [nodes.Text(": "), *symptom.children]
    return [*_target(part), told, *content(part)]


def _target(part: ours.declared) -> list[nodes.Node]:
    """Return what labels in front of a part lead to."""
    return [nodes.target("", "", ids=part["ids"])] if part["ids"] else []


def _about(card: Card, view: View) -> Iterator[nodes.Node]:
    if card.term:
        label = nodes.strong("", _("Glossary:"))
        yield nodes.paragraph("", "", label, nodes.Text(" "), view.link_to_term(card.term))
    if card.notes:
        yield from notes.draw_list(card.notes, view)


def _history(others: list[ours.deployment_stage], view: View) -> list[nodes.Node]:
    label = ours.fold_label("", "", nodes.strong("", _("Other releases")))
    stages = nodes.definition_list("", *(_past(part, view) for part in others), classes=["affidavit-history"])
    return [ours.fold("", label, stages)] if others else []


def _past(part: ours.deployment_stage, view: View) -> nodes.Node:
    stage: Stage = part["value"]
    interval = interval_words(stage.interval, view.judgement.settings.releases)
    word = nodes.strong("", status_word(stage.status), classes=["affidavit-status"])
    term = nodes.term("", "", nodes.Text(f"{interval}: "), ours.mark(kind=str(stage.status)), word)
    return nodes.definition_list_item("", term, nodes.definition("", *_stage(part, view)))
