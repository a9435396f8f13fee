"""Replaces what directives and roles left by what builders can write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from affidavit.sphinx import nodes as ours
from affidavit.sphinx.domain import AffidavitDomain
from affidavit.sphinx.draw import cards, examples, features, listings, matrices, notes, statement_lists, statements
from affidavit.sphinx.draw.view import View


def _content(node: nodes.Element, _view: View) -> list[nodes.Node]:
    """Keep the content of a stage or failure that stands where it cannot be drawn; a finding tells of it."""
    return [child for child in node.children if not isinstance(child, ours.symptom)]


DRAWINGS: dict[type[nodes.Element], Callable[[Any, View], list[nodes.Node]]] = {
    ours.release_note: notes.draw,
    ours.deployment_feature: features.draw,
    ours.deployment_method: cards.draw,
    ours.deployment_stage: _content,
    ours.deployment_failure: _content,
    ours.deployment_matrix: matrices.draw,
    ours.statement: statements.draw,
    ours.statement_list: statement_lists.draw,
    ours.release_note_references: listings.draw,
    ours.example_step: examples.draw_step,
    ours.example: examples.draw,
}
"""What draws each node, in this order: a stage that is left when the cards are drawn stands outside them."""


class Expand(SphinxPostTransform):
    """Draws cards, features, matrices, statements and references to release notes with their lists, and examples."""

    # Before Sphinx resolves references (10): what is drawn holds some.
    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Replace each node of ours in the document that is about to be written."""
        domain = AffidavitDomain.of(self.env)
        # Catalogues for translators hold the author's words, which the nodes have as they are.
        if domain.judgement is None or domain.for_translators:
            return
        if self._draws_nothing(domain):
            return
        for kind, draw in DRAWINGS.items():
            for node in reversed(list(self.document.findall(kind))):
                node.replace_self(draw(node, View(domain.judgement, node["place"].document)))

    def _draws_nothing(self, domain: AffidavitDomain) -> bool:
        """Tell what need not be looked through, which would take as long as reading did.

        A page with a table of contents may have others in it: some builders make one document of all.
        """
        docname = self.env.current_document.docname
        page = domain.pages.get(docname)
        return docname not in self.env.toctree_includes and not (page and (page.draws or page.notes))
