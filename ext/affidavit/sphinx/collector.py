"""Reads a doctree into what the page states: doctree in, frozen values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from docutils import nodes
from sphinx import addnodes

from affidavit.methods import declare_statement
from affidavit.methods.declare import Reading
from affidavit.model.claims import Card, Failure, Feature, Listing, Mention, NoteRef, Page, Stage
from affidavit.model.codes import Code
from affidavit.model.examples import Example
from affidavit.model.statements import Statement, StatementList, Words
from affidavit.model.verdicts import Finding, finding
from affidavit.notes import listing
from affidavit.notes.references import parse_entry, parse_target, split_targets
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.anchors import anchor
from affidavit.sphinx.directives import DIRECTIVES
from affidavit.sphinx.examples import Examples, declaration_of, home_of
from affidavit.sphinx.glossary import read_terms
from affidavit.sphinx.hyperlinks import read_links
from affidavit.sphinx.placing import around, called, hiding
from affidavit.sphinx.roles import DOMAIN
from affidavit.sphinx.survey import survey
from affidavit.sphinx.tree import PARTS, Locator, own_text, parts, text, upwards, written

Declared = TypeVar("Declared", bound=ours.declared)

_DIRECTIVES: dict[type[ours.declared], str] = {directive.node_class: name for name, directive in DIRECTIVES.items()}
"""What each node is called where authors write it."""


class Collector:
    """Walks one doctree, in its order, and keeps what is wrong with it.

    Each node of ours gets its ``place``, and as its ``value`` what it came to, ``None`` if that is nothing
    usable: what draws it later need not find them again. ``names`` are the glossary terms of the document as
    their source has them, by id.
    """

    def __init__(self, locator: Locator, names: Mapping[str, str]) -> None:
        self.locator = locator
        self.document = locator.document
        self.names = names
        self.reading = Reading()
        self.found = survey(self.document)

    def page(self) -> Page:
        """Return all that the document declares and states."""
        for node in (*self.found.declared, *self.found.notes):
            node["place"], node["value"] = self.locator.place(node), None
        cards = tuple(self._cards())
        features = tuple(self._features())
        terms = tuple(read_terms(self.found.glossaries, self.locator, self.names))
        links = tuple(read_links(self.found.linking, self.locator))
        notes = tuple(self._notes())
        self._check_parts()
        self._tables()
        listings = tuple(self._listings())
        examples = tuple(self._examples())
        statements = tuple(self._statements())
        mentions = tuple(self._mentions())
        draws = bool(mentions) or bool(self.found.declared) or any(map(_shows_others, self.found.references))
        return Page(
            cards=cards,
            features=features,
            terms=terms,
            links=links,
            notes=notes,
            listings=listings,
            examples=examples,
            statements=statements,
            statement_lists=tuple(self._statement_lists()),
            findings=tuple(self.reading.findings),
            draws=draws,
            mentions=mentions,
        )

    def _declared(self, kind: type[Declared]) -> Iterator[Declared]:
        return (node for node in self.found.declared if isinstance(node, kind))

    def _mentions(self) -> Iterator[Mention]:
        for link in self.found.references:
            if link.get("refdomain") == DOMAIN:
                yield Mention(link["reftype"], link["reftarget"], self.locator.place(link))

    def _found(self, code: Code, node: nodes.Element, message: str) -> None:
        self.reading.findings.append(finding(code, node["place"], message))

    def _cards(self) -> Iterator[Card]:
        for node in self._declared(ours.deployment_method):
            self._check_card(node)
            stages = [stage for part in parts(node, ours.deployment_stage) if (stage := self._stage(part))]
            notes = list(self._notes_of(node))
            card = self.reading.card(declaration_of(node), text(node, ours.heading), stages, notes)
            node["value"] = card
            inside = survey(node)
            node["places"] = frozenset(each["place"] for each in (*inside.declared, *inside.notes))
            if card:
                self._name(node, anchor(card))
                yield card

    def _check_card(self, node: ours.deployment_method) -> None:
        if not parts(node, ours.deployment_stage) and not own_text(node):
            self._found(Code.CARD_EMPTY, node, f"The card `{node['argument']}` is empty.")
        outside = list(around(node))
        outer = next((parent for parent in outside if isinstance(parent, ours.deployment_method)), None)
        if outer is not None:
            message = f"The card `{node['argument']}` stands inside the card `{outer['argument']}`."
            self._found(Code.CARD_NESTED, node, message)
        elif outside:
            message = f"The card `{node['argument']}` stands inside {called(outside[0])}."
            self._found(Code.CARD_MISPLACED, node, message)

    def _check_parts(self) -> None:
        for home, part in PARTS.items():
            for node in self._declared(part):
                if not isinstance(node.parent, home):
                    where = f"directly in a `{_DIRECTIVES[home]}`"
                    message = f"A `{node['directive']}` must stand {where}; this one does not."
                    self._found(Code.PART_MISPLACED, node, message)

    def _stage(self, node: ours.deployment_stage) -> Stage | None:
        fails = [failure for part in parts(node, ours.deployment_failure) if (failure := self._failure(part))]
        stage = self.reading.stage(declaration_of(node), own_text(node), fails)
        node["value"] = stage
        return stage

    def _failure(self, node: ours.deployment_failure) -> Failure | None:
        symptoms = parts(node, ours.symptom)
        plain = written(node, ours.symptom)
        code = [each for symptom in symptoms for each in symptom["code"]]
        failure = self.reading.failure(declaration_of(node), plain, code)
        node["value"] = failure
        return failure

    def _features(self) -> Iterator[Feature]:
        for node in self._declared(ours.deployment_feature):
            feature = self.reading.feature(declaration_of(node), text(node, ours.heading))
            node["value"] = feature
            if feature:
                self._name(node, anchor(feature))
                yield feature

    def _name(self, node: ours.declared, node_id: str) -> None:
        """Give a node its id, unless another one of the page, of which a finding tells, has it already."""
        if node_id not in self.document.ids:
            self.document.ids[node_id] = node
            node["ids"].append(node_id)

    def _tables(self) -> None:
        for kind, what in ((ours.deployment_matrix, "matrix"), (ours.statement_list, "list of statements")):
            for number, node in enumerate(self._declared(kind), start=1):
                self.reading.options(declaration_of(node))
                node["value"] = self._stands_well(node, number, what)

    def _statement_lists(self) -> Iterator[StatementList]:
        for node in self._declared(ours.statement_list):
            yield StatementList(written(node, ours.source), node["place"])

    def _statements(self) -> Iterator[Statement]:
        for node in self._declared(ours.statement):
            source, untestable = text(node, ours.source), text(node, ours.reason)
            words = Words(own_text(node), written(node, ours.source), source, untestable, node["plain"])
            statement = declare_statement.read(declaration_of(node), words, list(self._notes_of(node)), self.reading)
            outside = next(hiding(node), None)
            if outside is not None:
                message = f"The statement `{node['argument']}` stands inside {called(outside)}."
                self._found(Code.CARD_MISPLACED, node, message)
            elif statement:
                node["value"] = statement
                self._name(node, anchor(statement))
                yield statement

    def _listings(self) -> Iterator[Listing]:
        for number, node in enumerate(self._declared(ours.release_note_references), start=1):
            listed, problems = listing.read(declaration_of(node))
            self.reading.findings.extend(problems)
            if self._stands_well(node, number, "list of references"):
                node["value"] = listed
                yield listed

    def _examples(self) -> Iterator[Example]:
        examples = Examples(self.locator)
        for node in self._declared(ours.example):
            example = examples.read(node)
            outside = next(around(node), None)
            if outside is not None:
                message = f"The example `{node['argument']}` stands inside {called(outside)}."
                self._found(Code.CARD_MISPLACED, node, message)
            elif example:
                node["value"] = example
                self._name(node, anchor(example))
                yield example
        self.reading.findings.extend(examples.findings)
        for step in self._declared(ours.example_step):
            if home_of(step) is None:
                self._found(Code.PART_MISPLACED, step, _stray(step))

    def _stands_well(self, node: ours.declared, number: int, what: str) -> bool:
        """Tell whether a table can be drawn where a node stands, and give it an id in any case."""
        node["ids"].append(f"{node['directive']}.{nodes.make_id(self.locator.docname)}.{number}")
        outside = next(around(node), None)
        if outside is not None:
            self._found(Code.CARD_MISPLACED, node, f"The {what} stands inside {called(outside)}; it is not drawn.")
        return outside is None

    def _notes(self) -> Iterator[NoteRef]:
        for node in self.found.notes:
            note = self._kept(parse_target(node["target"], node["place"]))
            node["value"] = note
            if note:
                yield note

    def _notes_of(self, node: ours.deployment_method | ours.statement) -> Iterator[NoteRef]:
        for target in split_targets(node["options"].get("release-notes", "")):
            note = self._kept(parse_entry(target, node["place"]))
            if note:
                yield note

    def _kept(self, note: NoteRef | Finding) -> NoteRef | None:
        """Return a reference, and keep the finding where there is none."""
        if isinstance(note, Finding):
            self.reading.findings.append(note)
            return None
        return note


def _shows_others(link: addnodes.pending_xref) -> bool:
    """Tell a link that Sphinx looks up anywhere, so that it may show the title of what another document declares."""
    return bool(link["reftype"] == "any")


def _stray(step: ours.example_step) -> str:
    """Say of a step that stands where it is not run, in which example that is, if it is in one at all."""
    names = [each["argument"] for each in upwards(step) if isinstance(each, ours.example)]
    where = f" of the example `{names[0]}`" if names else ""
    what = f"A `{step['directive']}`{where} must stand"
    return f"{what} directly in it, where it is shown to all readers." if names else f"{what} in an `example`."
