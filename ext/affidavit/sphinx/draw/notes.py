"""References to release notes, drawn as links to the exact section."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.model.claims import NoteRef
from affidavit.notes.rules import Resolved
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.words import choice_words, section_words

_ = get_translation("affidavit")


def draw(node: ours.release_note, view: View) -> list[nodes.Node]:
    """Draw a reference in running text; one that cannot be resolved stays as the author wrote it."""
    note: NoteRef | None = node["value"]
    own = node.astext() if node["explicit"] else ""
    found = view.judgement.resolve(note) if note else None
    return [link(found, view, own) if isinstance(found, Resolved) else nodes.inline("", own or node["target"])]


def draw_list(refs: Sequence[NoteRef], view: View) -> list[nodes.Node]:
    """Draw the references of a card: one beside its label, several below it."""
    label = nodes.paragraph("", "", nodes.strong("", _("Release notes:")))
    drawn = [of_option(ref, view) for ref in refs]
    if len(drawn) == 1:
        label += [nodes.Text(" "), *drawn]
        return [label]
    items = (nodes.list_item("", nodes.paragraph("", "", each)) for each in drawn)
    return [label, nodes.bullet_list("", *items, bullet="*", classes=["affidavit-notes"])]


def link(found: Resolved, view: View, own: str = "", *, titled: bool = True) -> nodes.Node:
    """Return a link to a section; what its text does not say stands in its title."""
    words = section_words(found, named=view.names_projects)
    told = [words] if own else []
    if found.others:
        told.append(choice_words(found))
    title = {"reftitle": ". ".join(told)} if told and titled else {}
    return nodes.reference("", own or words, refuri=found.url, internal=False, **title)


def of_option(ref: NoteRef, view: View) -> nodes.Node:
    """Draw a reference of an option; one that cannot be resolved stays as the author wrote it."""
    found = view.judgement.resolve(ref)
    if isinstance(found, Resolved):
        return link(found, view, ref.text)
    return nodes.inline("", ref.text) if ref.text else nodes.literal("", ref.target)
