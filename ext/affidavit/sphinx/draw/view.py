"""What a drawing needs to know: the build's judgement, and on which document it draws."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

from affidavit.model.claims import Card, Feature
from affidavit.sphinx.judgement import Judgement
from affidavit.sphinx.roles import DOMAIN


@dataclass(frozen=True, slots=True)
class View:
    """A judgement, seen from one document."""

    judgement: Judgement
    docname: str

    def card(self, name: str) -> Card | None:
        """Return the card of a name; the first, should there be two."""
        return next((card for card in self.judgement.corpus.cards if card.name == name), None)

    def feature(self, name: str) -> Feature | None:
        """Return the feature of a name; the first, should there be two."""
        return next((feature for feature in self.judgement.corpus.features if feature.name == name), None)

    def link_to_card(self, card: Card) -> nodes.Node:
        """Return a link to a card, with its title as the text."""
        return self._link(DOMAIN, "deployment-method", card.name, card.title)

    def link_to_feature(self, name: str) -> nodes.Node:
        """Return a link to a feature, with its title as the text; its bare name if nobody declares it."""
        feature = self.feature(name)
        return self._link(DOMAIN, "deployment-feature", name, feature.title) if feature else nodes.literal("", name)

    def link_to_term(self, term: str) -> nodes.Node:
        """Return a link to a glossary entry; the bare word if there is none, of which a finding tells."""
        known = {name.lower() for entry in self.judgement.corpus.terms for name in entry.names}
        return self._link("std", "term", term, term) if term.lower() in known else nodes.inline("", term)

    def _link(self, domain: str, kind: str, target: str, text: str) -> nodes.Node:
        link = addnodes.pending_xref(
            "", refdomain=domain, reftype=kind, reftarget=target, refexplicit=True, refwarn=True, refdoc=self.docname
        )
        link += nodes.inline("", text)
        return link
