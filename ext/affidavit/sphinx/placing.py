"""What directives of ours may not stand in, and what authors call it."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.ext.ifconfig import ifconfig
from sphinx_tabs.tabs import SphinxTabsPanel

from affidavit.sphinx import nodes as ours
from affidavit.sphinx.tree import upwards

_AROUND_CARDS = (nodes.section, nodes.document)
"""What a card may stand in, so that readers of each format see it, and its heading has a level."""

_HIDING = {
    addnodes.only: "an `only` directive",
    ifconfig: "an `ifconfig` directive",
    nodes.entry: "a table",
    SphinxTabsPanel: "a tab",
    ours.deployment_feature: "a feature",
    ours.example: "an example",
    ours.statement: "a statement",
}
"""What authors call the places that no directive of ours may stand in."""

_ELSEWHERE = {
    **_HIDING,
    nodes.list_item: "a list item",
    nodes.definition: "a definition",
    ours.deployment_method: "a card",
    ours.deployment_stage: "a stage",
    ours.deployment_failure: "a failure",
}
"""What they call those that a card may not stand in; others are told by their tag's name."""


def around(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield what a card, table or example stands in, and should not, from the inside."""
    return (parent for parent in upwards(node) if parent is not node and not isinstance(parent, _AROUND_CARDS))


def hiding(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield what a statement stands in, and should not: it is a sentence among others, also in a list or a card."""
    return (parent for parent in around(node) if isinstance(parent, tuple(_HIDING)))


def called(node: nodes.Element) -> str:
    """Return what authors call a place."""
    return _ELSEWHERE.get(type(node), f"a {node.tagname.replace('_', ' ')}")
