"""What all directives of ours have in common: they keep what authors wrote, and judge nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from affidavit.sphinx import nodes as ours


def _as_written(text: str | None) -> str:
    return text or ""


class AnyOption(dict[str, Callable[[str | None], str]]):
    """Accepts each option as written, so that a wrong one becomes a finding and the page is built."""

    def __contains__(self, _name: object) -> bool:
        return True

    def __getitem__(self, _name: str) -> Callable[[str | None], str]:
        return _as_written

    def __bool__(self) -> bool:
        return True


class Declaring(SphinxDirective):
    """Keeps a directive's argument and options in a node, with its content parsed below."""

    node_class: ClassVar[type[ours.declared]]
    directive_name: ClassVar[str]
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[Any] = AnyOption()

    def run(self) -> list[nodes.Node]:
        """Return the node."""
        argument = " ".join("".join(self.arguments).split())
        node = self.node_class(directive=self.directive_name, argument=argument, options=dict(self.options))
        self.set_source_info(node)
        node += self.inline_options()
        node += self.parse_content_to_nodes()
        self.keep(node)
        return [node]

    def keep(self, node: ours.declared) -> None:
        """Keep what is to be known of the content as written: before quotes are curled and words translated."""

    def inline_options(self) -> list[nodes.Node]:
        """Return what readers see of the options, parsed as inline markup so that it can be translated."""
        return []

    def inline_option(self, name: str, node_class: type[ours.option]) -> list[nodes.Node]:
        """Parse one option as inline markup."""
        text = self.options.get(name, "")
        if not text:
            return []
        children, messages = self.parse_inline(text, lineno=self.lineno)
        node = node_class(text, "", *children)
        # Taken before quotes are curled and words translated: it is to be compared with what programs print.
        node["plain"] = " ".join(node.astext().split())
        node["code"] = [" ".join(each.astext().split()) for each in node.findall(nodes.literal)]
        self.set_source_info(node)
        return [node, *messages]
