"""Features, drawn as entries of a definition list."""

from __future__ import annotations

from docutils import nodes

from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.tree import content, parts


def draw(node: ours.deployment_feature, _view: View) -> list[nodes.Node]:
    """Draw a feature: its title, and below it what its author says of it."""
    titles = parts(node, ours.heading)
    term = nodes.term("", "", *(titles[0].children if titles else [nodes.Text(node["argument"])]))
    item = nodes.definition_list_item("", term, nodes.definition("", *content(node)))
    feature = nodes.definition_list("", item, classes=["affidavit-feature"])
    return [nodes.target("", "", ids=node["ids"]), feature]
