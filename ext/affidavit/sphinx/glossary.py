"""Reads the glossaries of a doctree: each entry with its names and the links of its definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docutils import nodes
from msgspec.structs import replace
from sphinx import addnodes

from affidavit.model.claims import Link, Term
from affidavit.model.place import Place
from affidavit.sphinx.hyperlinks import place_of
from affidavit.sphinx.tree import Locator, upwards


def read_terms(glossaries: Iterable[addnodes.glossary], locator: Locator, names: Mapping[str, str]) -> Iterator[Term]:
    """Yield the entries; ``names`` are the terms as their source has them, by id: the page may show a translation."""
    for glossary in glossaries:
        for item in glossary.findall(nodes.definition_list_item):
            if _glossary_of(item) is glossary and isinstance(item.parent.parent, addnodes.glossary):
                yield _term(item, locator, names)


def _term(item: nodes.definition_list_item, locator: Locator, names: Mapping[str, str]) -> Term:
    terms = [child for child in item.children if isinstance(child, nodes.term)]
    shown = tuple(term.astext() for term in terms)
    written = (next((names[each] for each in term["ids"] if each in names), term.astext()) for term in terms)
    return Term(tuple(written), shown, tuple(_links(item, locator)), _place(item, len(terms), locator))


def _links(item: nodes.definition_list_item, locator: Locator) -> Iterator[Link]:
    """Yield the links of an entry, without those of a glossary inside it."""
    for reference in item.findall(nodes.reference):
        if "refuri" in reference and _glossary_of(reference) is _glossary_of(item):
            url = reference["refuri"]
            yield Link(url, place_of(reference, url, locator))


def _glossary_of(node: nodes.Element) -> nodes.Element:
    return next(each for each in upwards(node) if isinstance(each, addnodes.glossary))


def _place(item: nodes.definition_list_item, names: int, locator: Locator) -> Place:
    """Return the line of an entry's first name, counted back from the definition: terms know theirs but roughly."""
    first = next((node for node in item.findall(nodes.paragraph) if node.line), None)
    if first is None:
        return locator.place(item)
    place = locator.place(first)
    return replace(place, line=max(place.line - names, 0))
