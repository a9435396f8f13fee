"""Looks once through a doctree for all that is read of it: each further look would cost as much as the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from docutils import nodes
from msgspec import Struct
from sphinx import addnodes

from affidavit.sphinx import nodes as ours


class Survey(Struct, frozen=True):
    """The nodes of a document that state something, each kind in its order.

    ``declared`` are the directives of ours, ``notes`` the references to release notes, ``references`` those that Sphinx
    is still to resolve, ``linking`` whatever may lead out of the site.
    """

    declared: tuple[ours.declared, ...]
    notes: tuple[ours.release_note, ...]
    glossaries: tuple[addnodes.glossary, ...]
    references: tuple[addnodes.pending_xref, ...]
    linking: tuple[nodes.Element, ...]


_KINDS: dict[type[nodes.Node], str] = {
    ours.declared: "declared",
    ours.release_note: "notes",
    addnodes.glossary: "glossaries",
    addnodes.pending_xref: "references",
    nodes.reference: "linking",
    nodes.image: "linking",
    nodes.raw: "linking",
    addnodes.toctree: "linking",
}
"""Which nodes count, and as what."""


def survey(document: nodes.Element) -> Survey:
    """Sort the nodes of a doctree."""
    found: dict[str, list[nodes.Node]] = defaultdict(list)
    for node in _walk(document):
        kind = _kind(type(node))  # type: ignore[arg-type] # a class can be hashed, whatever its instances can
        if kind:
            found[kind].append(node)
    return Survey(**{name: tuple(found[name]) for name in Survey.__struct_fields__})  # type: ignore[arg-type] # see _KINDS


@cache
def _kind(of: type) -> str:
    """Return what nodes of a class count as, empty if they do not."""
    return next((name for kind, name in _KINDS.items() if issubclass(of, kind)), "")


def _walk(top: nodes.Node) -> Iterator[nodes.Node]:
    """Yield a node and all that is in it, in the order of the text; without recursion, which docutils' own way has."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))
