"""What a drawing needs to know: the build's judgement, and on which document it draws."""

from __future__ import annotations

from docutils import nodes
from msgspec import Struct
from sphinx import addnodes

from affidavit.model.cells import Try
from affidavit.model.claims import Card, Feature
from affidavit.model.place import Place
from affidavit.model.statements import Statement
from affidavit.sphinx.anchors import run_anchor
from affidavit.sphinx.judgement import Judgement
from affidavit.sphinx.roles import DOMAIN


class View(Struct, frozen=True):
    """A judgement, seen from one document: links lead from there, also where a builder joins several into one."""

    judgement: Judgement
    docname: str

    def feature(self, name: str) -> Feature | None:
        """Return the feature of a name; the first, should there be two."""
        return next((feature for feature in self.judgement.corpus.features if feature.name == name), None)

    @property
    def names_projects(self) -> bool:
        """Tell whether readers must be told of which project a release is."""
        return self.judgement.names_projects

    def link_to_page(self, place: Place) -> nodes.Node:
        """Return a link to the page on which something stands, with the title of the page as the text."""
        link = self._link("std", "doc", f"/{place.document}", place.file)
        link["refexplicit"] = False
        return link

    def link_to_card(self, card: Card) -> nodes.Node:
        """Return a link to a card, with its title as the text."""
        return self._link(DOMAIN, "deployment-method", card.name, card.title)

    def link_to_statement(self, statement: Statement) -> nodes.Node:
        """Return a link to a statement, with what it says as the text."""
        return self._link(DOMAIN, Statement.kind, statement.name, statement.words.text)

    def link_to_run(self, tried: Try, text: str) -> nodes.Node:
        """Return a link to what a run saw; of one that left no record, to its example."""
        link = self._link(DOMAIN, "example", tried.example, text)
        if tried.record:
            link["run"] = run_anchor(tried.key)
        return link

    def link_to_feature(self, name: str) -> nodes.Node:
        """Return a link to a feature, with its title as the text; its bare name if nobody declares it."""
        feature = self.feature(name)
        return self._link(DOMAIN, "deployment-feature", name, feature.title) if feature else nodes.literal("", name)

    def link_to_term(self, term: str) -> nodes.Node:
        """Return a link to a glossary entry; the bare word if there is none, of which a finding tells."""
        names = (pair for entry in self.judgement.corpus.terms for pair in zip(entry.names, entry.shown, strict=True))
        shown = next((shown for name, shown in names if name.lower() == term.lower()), None)
        return self._link("std", "term", term, shown) if shown else nodes.inline("", term)

    def _link(self, domain: str, kind: str, target: str, text: str) -> nodes.Element:
        link = addnodes.pending_xref(
            "", refdomain=domain, reftype=kind, reftarget=target, refexplicit=True, refwarn=True, refdoc=self.docname
        )
        link += nodes.inline("", text)
        return link
