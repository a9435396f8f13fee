"""Cards: the stage of the documented release in full, the other stages folded."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.methods.stages import current_stage
from affidavit.model.claims import Card, Failure, Stage, Status
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw import notes
from affidavit.sphinx.draw.findings import draw as draw_findings
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.words import interval_words, status_word

_ = get_translation("affidavit")


def draw(node: ours.deployment_method, view: View) -> list[nodes.Node]:
    """Draw a card; one without a usable name is drawn with the text that it holds."""
    card: Card | None = node["value"]
    if card is None:
        return [ours.card_box("", _title(node), *_text(node), *_findings(node, view), classes=["affidavit-card"])]
    settings = view.judgement.settings
    current = current_stage(card, settings)
    status = current.status if current else Status.UNKNOWN
    stages = {part["value"]: part for part in node.children if isinstance(part, ours.deployment_stage)}
    others = [part for stage, part in stages.items() if stage is not None and stage is not current]
    box = ours.card_box("", _title(node), classes=["affidavit-card", f"affidavit-{status}"])
    box += _status(current, view)
    box += _stage(stages[current], view) if current else []
    box += _text(node)
    box += list(_about(card, view))
    box += nodes.paragraph("", _("Declared, not yet proven: no run has shown it."), classes=["affidavit-evidence"])
    box += _findings(node, view)
    box += _history(others, view) if others else []
    return [nodes.target("", "", ids=node["ids"]), box]


def _title(node: ours.declared) -> nodes.Node:
    titles = [child for child in node.children if isinstance(child, ours.heading)]
    content = titles[0].children if titles else [nodes.Text(node["argument"])]
    return ours.card_title("", "", *content, ids=[f"{anchor}-title" for anchor in node["ids"]])


def _text(node: nodes.Element) -> list[nodes.Node]:
    return [child for child in node.children if not isinstance(child, (ours.declared, ours.heading, ours.symptom))]


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
    fails = [child for child in part.children if isinstance(child, ours.deployment_failure) and child["value"]]
    if not fails:
        return _text(part)
    label = nodes.paragraph("", "", nodes.strong("", _("What fails:")))
    items = [nodes.list_item("", *_failure(fail, view)) for fail in fails]
    return [*_text(part), label, nodes.bullet_list("", *items, bullet="*", classes=["affidavit-fails"])]


def _failure(part: ours.deployment_failure, view: View) -> list[nodes.Node]:
    failure: Failure = part["value"]
    told = nodes.paragraph("", "", view.link_to_feature(failure.feature))
    if failure.variant:
        told += nodes.Text(" " + _("(variant %(variant)s)") % {"variant": failure.variant})
    for symptom in (child for child in part.children if isinstance(child, ours.symptom)):
        told += [nodes.Text(": "), *symptom.children]
    return [told, *_text(part)]


def _about(card: Card, view: View) -> Iterator[nodes.Node]:
    if card.term:
        yield _labelled(_("Glossary:"), [view.link_to_term(card.term)])
    if card.notes:
        yield _labelled(_("Release notes:"), notes.draw_list(card.notes, view))


def _labelled(label: str, content: list[nodes.Node]) -> nodes.Node:
    return nodes.paragraph("", "", nodes.strong("", label), nodes.Text(" "), *content)


def _findings(node: ours.deployment_method, view: View) -> list[nodes.Node]:
    places = {part["place"] for part in node.findall(ours.declared)}
    return draw_findings([each for each in view.judgement.report.findings if each.place in places])


def _history(parts: list[ours.deployment_stage], view: View) -> nodes.Node:
    label = ours.fold_label("", "", nodes.strong("", _("Other releases")))
    stages = nodes.definition_list("", *(_past(part, view) for part in parts), classes=["affidavit-history"])
    return ours.fold("", label, stages)


def _past(part: ours.deployment_stage, view: View) -> nodes.Node:
    stage: Stage = part["value"]
    interval = interval_words(stage.interval, view.judgement.settings.releases)
    word = nodes.strong("", status_word(stage.status), classes=["affidavit-status"])
    term = nodes.term("", "", nodes.Text(f"{interval}: "), ours.mark(kind=str(stage.status)), word)
    return nodes.definition_list_item("", term, nodes.definition("", *_stage(part, view)))
