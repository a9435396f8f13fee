"""References to release notes, drawn as links to the exact section."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.model.claims import NoteRef
from affidavit.model.verdicts import Finding
from affidavit.notes.rules import Resolved
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw.view import View

_ = get_translation("affidavit")


def draw(node: ours.release_note, view: View) -> list[nodes.Node]:
    """Draw a reference in running text; one that cannot be resolved stays as the author wrote it."""
    note: NoteRef | None = node["value"]
    found = view.judgement.resolve(note) if note else None
    if isinstance(found, Resolved):
        return [_link(found, node.astext() if node["explicit"] else _text(found))]
    return [nodes.inline("", node.astext())]


def draw_list(refs: Sequence[NoteRef], view: View) -> list[nodes.Node]:
    """Draw the references of a card, one behind the other."""
    drawn: list[nodes.Node] = []
    for ref in refs:
        drawn += [nodes.Text("; ")] if drawn else []
        found = view.judgement.resolve(ref)
        match found:
            case Resolved():
                drawn.append(_link(found, _text(found)))
            case Finding():
                drawn.append(nodes.literal("", ref.target))
    return drawn


def _link(found: Resolved, text: str) -> nodes.Node:
    return nodes.reference("", text, refuri=found.url, internal=False)


def _text(found: Resolved) -> str:
    """Return what a section is called: its version, series and title."""
    words = {"version": found.version, "series": found.series, "section": found.title}
    return _("%(version)s (%(series)s), %(section)s") % words
