"""Finding one's way in a doctree: what stands where, and in which line of which file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TypeVar

from docutils import nodes
from msgspec import Struct, field

from affidavit.model.place import Place
from affidavit.sphinx import nodes as ours

Part = TypeVar("Part", bound=nodes.Element)

_DOCSTRING = re.compile(r"(?:(?P<file>.*):)?docstring of ")
"""What Sphinx's autodoc names as a source: a file, where it knows that, and an object in it."""


class Locator(Struct, frozen=True):
    """Finds the places of nodes of one document; ``srcdir`` is the folder that they are relative to."""

    document: nodes.document
    docname: str
    srcdir: Path
    _files: dict[str, str] = field(default_factory=dict)

    def place(self, node: nodes.Element) -> Place:
        """Return where a node stands, or where the nearest node around it does."""
        source = next((each.source for each in upwards(node) if each.source), self.document["source"])
        line = next((each.line for each in upwards(node) if each.line), 0)
        return self.at(source, line)

    def at(self, source: str, line: int) -> Place:
        """Return the place of a line of a source, empty where that is the document's own.

        Lines of a docstring are counted from its first one, so that nobody finds them in the file.
        """
        docstring = _DOCSTRING.match(source)
        if docstring:
            source, line = docstring["file"] or "", 0
        return Place(self._file(source or self.document["source"]), line, self.docname)

    def _file(self, source: str) -> str:
        """Return the path of a source; most nodes of a document have the same."""
        if source not in self._files:
            self._files[source] = relative(Path(source), self.srcdir)
        return self._files[source]


def relative(path: Path, folder: Path) -> str:
    """Return a path as seen from a folder, with slashes; docutils gives those of included files from where it runs."""
    try:
        return PurePath(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def upwards(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield a node and all that it stands in, up to the document."""
    while node is not None:
        yield node
        node = node.parent


def parts(node: nodes.Element, kind: type[Part]) -> list[Part]:
    """Return the children of one kind."""
    return [child for child in node.children if isinstance(child, kind)]


def text(node: nodes.Element, kind: type[nodes.Element]) -> str:
    """Return the text of the children of one kind, on one line."""
    return " ".join(" ".join(child.astext().split()) for child in parts(node, kind))


def written(node: nodes.Element, kind: type[nodes.Element]) -> str:
    """Return the same as its author wrote it, without typography, in whatever language the page is."""
    return " ".join(child["plain"] for child in parts(node, kind))


PARTS: dict[type[ours.declared], type[ours.declared]] = {
    ours.deployment_method: ours.deployment_stage,
    ours.deployment_stage: ours.deployment_failure,
}
"""What each part of a card is made of; whatever else stands in it is content."""


def content(node: nodes.Element) -> list[nodes.Node]:
    """Return what an author wrote into a card, a part of one, or a statement, apart from options and its own parts."""
    made_of = next((part for home, part in PARTS.items() if isinstance(node, home)), ours.option)
    return [child for child in node.children if not isinstance(child, (made_of, ours.option))]


def own_text(node: nodes.Element) -> str:
    """Return the words of that content, without those of other directives of ours, on one line."""
    own = (child for child in content(node) if not isinstance(child, ours.declared))
    return " ".join(" ".join(child.astext().split()) for child in own)
