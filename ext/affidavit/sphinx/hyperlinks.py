"""Reads the links of a doctree that lead out of the site, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx import addnodes

from affidavit.model.claims import Link
from affidavit.model.place import Place
from affidavit.sphinx.tree import Locator, upwards

_ON_THE_WEB = ("http://", "https://")


def read_links(linking: Iterable[nodes.Element], locator: Locator) -> Iterator[Link]:
    """Yield the links of nodes that may have some; those of glossary entries belong to their terms."""
    return (link for node in linking for link in links_of(node, locator, of_terms=False))


def links_of(node: nodes.Element, locator: Locator, *, of_terms: bool = True) -> Iterator[Link]:
    """Yield the links of one node; those of glossary entries only if ``of_terms`` says so.

    A substitution counts where it is used, not where it is defined: a definition may stand in the prolog of all pages.
    """
    urls = [each for each in _addresses(node) if each.lower().startswith(_ON_THE_WEB)]
    if urls:
        around = _Surroundings(node)
        is_of_term = around.in_glossary and isinstance(node, nodes.reference)
        if not around.in_definition and (of_terms or not is_of_term):
            yield from (Link(url, around.place(url, locator)) for url in urls)


def place_of(node: nodes.Element, url: str, locator: Locator) -> Place:
    """Return where a link stands: in its paragraph the line in which its address is written, else the first one."""
    return _Surroundings(node).place(url, locator)


class _Surroundings:
    """What a node stands in, in one look: a large site has some ten thousand links."""

    __slots__ = ("in_definition", "in_glossary", "line", "source", "texts")

    def __init__(self, node: nodes.Element) -> None:
        self.in_definition = self.in_glossary = False
        self.source, self.line = "", 0
        self.texts: list[str] = []
        # The link of an image has no line of its own, but the image has.
        image = node.children[0] if node.children and not node.line else None
        for each in (image, *upwards(node)) if isinstance(image, nodes.image) else upwards(node):
            self.source = self.source or each.source or ""
            self.line = self.line or each.line or 0
            # MyST gives a link the line of its paragraph, docutils none, and only the paragraph has its source.
            if each.rawsource and each.line == self.line:
                self.texts.append(each.rawsource)
            self.in_glossary = self.in_glossary or isinstance(each, addnodes.glossary)
            self.in_definition = self.in_definition or isinstance(each, nodes.substitution_definition)

    def place(self, url: str, locator: Locator) -> Place:
        within = max((text.partition(url)[0].count("\n") for text in self.texts if url in text), default=0)
        return locator.at(self.source, self.line + within if self.line else 0)


def _addresses(node: nodes.Element) -> Iterator[str]:
    """Yield what a node leads to; an image and a download get their final form only after a page was read."""
    match node:
        case addnodes.download_reference():
            yield node.get("refuri") or node.get("reftarget", "")
        case nodes.reference():
            yield node.get("refuri", "")
        case nodes.image():
            yield node.get("uri", "")
        case nodes.raw():
            yield node.get("source") or ""
        case addnodes.toctree():
            yield from (target for _, target in node["entries"])
