"""Reads a doctree into what the page states: doctree in, frozen values out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from docutils import nodes
from sphinx import addnodes
from sphinx_tabs.tabs import SphinxTabsPanel

from affidavit.methods.declare import Declaration, Reading
from affidavit.model.claims import Card, Failure, Feature, Link, NoteRef, Page, Stage, Term
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, finding
from affidavit.notes.rules import parse_target, split_targets
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.roles import DOMAIN

_AROUND_CARDS = (nodes.section, nodes.document, addnodes.only)
"""What a card may stand in, so that readers see it and its heading has a level."""

_PLACES = {nodes.list_item: "list item", nodes.entry: "table", nodes.definition: "definition", SphinxTabsPanel: "tab"}
"""What authors call the places that a card may not stand in; others have their tag's name."""


Part = TypeVar("Part", bound=nodes.Element)


class Collector:
    """Walks one doctree, in its order, and keeps what is wrong with it.

    ``srcdir`` is the folder that places are relative to. Each node of ours gets its ``place``, and as its
    ``value`` what it came to, ``None`` if that is nothing usable: what draws it later need not find them again.
    """

    def __init__(self, document: nodes.document, docname: str, srcdir: Path) -> None:
        self.document = document
        self.docname = docname
        self.srcdir = srcdir
        self.reading = Reading()

    def page(self) -> Page:
        """Return all that the document declares and states."""
        cards = tuple(self._cards())
        features = tuple(self._features())
        terms = tuple(self._terms())
        notes = tuple(self._notes())
        self._check_matrices()
        return Page(cards, features, terms, notes, tuple(self.reading.findings), self._draws())

    def _draws(self) -> bool:
        linked = any(link.get("refdomain") == DOMAIN for link in self.document.findall(addnodes.pending_xref))
        return linked or any(self.document.findall(ours.declared))

    def _found(self, code: Code, node: nodes.Element, message: str) -> None:
        self.reading.findings.append(finding(code, self._place(node), message))

    def _place(self, node: nodes.Element) -> Place:
        source = Path(next((each.source for each in _upwards(node) if each.source), self.document["source"]))
        line = next((each.line for each in _upwards(node) if each.line), 0)
        file = source.relative_to(self.srcdir) if source.is_relative_to(self.srcdir) else source
        return Place(file.as_posix(), line, self.docname)

    def _declaration(self, node: ours.declared) -> Declaration:
        node["place"] = self._place(node)
        return Declaration(node["directive"], node["argument"], node["options"], node["place"])

    def _cards(self) -> Iterator[Card]:
        for node in self.document.findall(ours.deployment_method):
            self._check_card(node)
            stages = [stage for part in _parts(node, ours.deployment_stage) if (stage := self._stage(part))]
            notes = list(self._notes_of_card(node))
            card = self.reading.card(self._declaration(node), _text(node, ours.heading), stages, notes)
            node["value"] = card
            if card:
                node["ids"].append(anchor(card))
                yield card
        self._check_parts()

    def _check_card(self, node: ours.deployment_method) -> None:
        if not _parts(node, ours.deployment_stage) and not _own_text(node):
            self._found(Code.CARD_EMPTY, node, f"The card `{node['argument']}` is empty.")
        around = [parent for parent in list(_upwards(node))[1:] if not isinstance(parent, _AROUND_CARDS)]
        outer = next((parent for parent in around if isinstance(parent, ours.deployment_method)), None)
        if outer is not None:
            message = f"The card `{node['argument']}` stands inside the card `{outer['argument']}`."
            self._found(Code.CARD_NESTED, node, message)
        elif around:
            place = _PLACES.get(type(around[0]), around[0].tagname.replace("_", " "))
            message = f"The card `{node['argument']}` stands inside a {place}."
            self._found(Code.CARD_MISPLACED, node, message)

    def _check_parts(self) -> None:
        homes = {ours.deployment_stage: ours.deployment_method, ours.deployment_failure: ours.deployment_stage}
        for part, home in homes.items():
            for node in self.document.findall(part):
                if not isinstance(node.parent, home):
                    self._found(Code.PART_MISPLACED, node, f"This `{node['directive']}` stands outside its place.")

    def _stage(self, node: ours.deployment_stage) -> Stage | None:
        fails = [failure for part in _parts(node, ours.deployment_failure) if (failure := self._failure(part))]
        stage = self.reading.stage(self._declaration(node), _own_text(node), fails)
        node["value"] = stage
        return stage

    def _failure(self, node: ours.deployment_failure) -> Failure | None:
        failure = self.reading.failure(self._declaration(node), _text(node, ours.symptom))
        node["value"] = failure
        return failure

    def _features(self) -> Iterator[Feature]:
        for node in self.document.findall(ours.deployment_feature):
            feature = self.reading.feature(self._declaration(node), _text(node, ours.heading))
            if feature:
                node["ids"].append(anchor(feature))
                yield feature

    def _check_matrices(self) -> None:
        for number, node in enumerate(self.document.findall(ours.deployment_matrix), start=1):
            self.reading.matrix(self._declaration(node))
            node["ids"].append(f"deployment-matrix-{number}")

    def _terms(self) -> Iterator[Term]:
        for glossary in self.document.findall(addnodes.glossary):
            for item in glossary.findall(nodes.definition_list_item):
                names = [term for term in item.children if isinstance(term, nodes.term)]
                links = tuple(self._links(item))
                yield Term(tuple(name.astext() for name in names), links, self._place_of_entry(item, len(names)))

    def _place_of_entry(self, item: nodes.Element, names: int) -> Place:
        """Return the line of an entry's first name, counted back from the definition: terms know theirs but roughly."""
        first = next((node for node in item.findall(nodes.paragraph) if node.line), item)
        place = self._place(first)
        return replace(place, line=max(place.line - names, 0)) if first is not item else place

    def _links(self, node: nodes.Element) -> Iterator[Link]:
        for reference in node.findall(nodes.reference):
            if "refuri" in reference:
                yield Link(reference["refuri"], self._place(reference))

    def _notes(self) -> Iterator[NoteRef]:
        for node in self.document.findall(ours.release_note):
            node["value"] = self._note(node["target"], self._place(node))
            if node["value"]:
                yield node["value"]

    def _notes_of_card(self, node: ours.deployment_method) -> Iterator[NoteRef]:
        for target in split_targets(node["options"].get("release-notes", "")):
            note = self._note(target, self._place(node))
            if note:
                yield note

    def _note(self, target: str, place: Place) -> NoteRef | None:
        note = parse_target(target, place)
        if isinstance(note, Finding):
            self.reading.findings.append(note)
            return None
        return note


def _parts(node: nodes.Element, kind: type[Part]) -> list[Part]:
    return [child for child in node.children if isinstance(child, kind)]


def _upwards(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield a node and all that it stands in, up to the document."""
    while node is not None:
        yield node
        node = node.parent


def anchor(declared: Card | Feature) -> str:
    """Return the id that a card or feature has on its page."""
    kind = "deployment-method" if isinstance(declared, Card) else "deployment-feature"
    return f"{kind}-{declared.name}"


def _text(node: nodes.Element, kind: type[nodes.Element]) -> str:
    return " ".join(" ".join(child.astext().split()) for child in _parts(node, kind))


def _own_text(node: nodes.Element) -> str:
    """Return the text of a card or stage without its title, its stages and its failures."""
    own = (child for child in node.children if not isinstance(child, (ours.declared, ours.heading, ours.symptom)))
    return " ".join(" ".join(child.astext().split()) for child in own)
