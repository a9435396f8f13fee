"""Collects every place of every address that readers can follow: Sphinx's own collector keeps the first alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from msgspec import Struct, field
from sphinx.builders.linkcheck import Hyperlink, HyperlinkCollector
from sphinx.util.nodes import get_node_line

from affidavit.sphinx.linkcheck_settings import Rules, matches
from affidavit.sphinx.linkcheck_status import Outcome, Status, is_http

_NOTHING_TO_CHECK = ("#", "mailto:", "tel:")


class Spot(Struct, frozen=True, order=True):
    """A place of a link: the document, and the line in it; -1 where no line is known."""

    docname: str
    line: int
    folder: Path


class Found(Struct):
    """The addresses of a site as the pages are resolved, each with its places.

    ``rewritten`` is what an address became by the event ``linkcheck-process-uri``, which is asked once for each.
    """

    places: dict[str, dict[Spot, None]] = field(default_factory=dict)
    rewritten: dict[str, str] = field(default_factory=dict)

    def note(self, uri: str, spot: Spot, rewrite: Callable[[str], str | None]) -> str:
        """Keep a place of an address, and return the address that stands for it."""
        if uri not in self.rewritten:
            self.rewritten[uri] = rewrite(uri) or uri
        final = self.rewritten[uri]
        self.places.setdefault(final, {})[spot] = None
        return final

    def add(self, links: Iterable[Hyperlink]) -> None:
        """Keep what other collectors found, as some extensions have them."""
        for link in links:
            if link.uri not in self.places:
                self.places[link.uri] = {Spot(link.docname, link.lineno, Path(link.docpath).parent): None}


class EveryPlace(HyperlinkCollector):
    """Stands in for Sphinx's collector, whose way to find addresses it keeps."""

    def _add_uri(self, uri: str, node: nodes.Element) -> None:
        """Keep a place of an address for the builder."""
        docname = self.env.current_document.docname
        path = self.env.doc2path(docname)
        spot = Spot(docname, _line(node), Path(path).parent)
        builder: Any = self.env._app.builder  # noqa: SLF001 -- Sphinx gives a transform its builder in no other way
        final = builder.found.note(uri, spot, self._rewritten)
        builder.hyperlinks.setdefault(final, Hyperlink(final, docname, path, spot.line))

    def _rewritten(self, uri: str) -> str | None:
        return cast("str | None", self.env.events.emit_firstresult("linkcheck-process-uri", uri))


def _line(node: nodes.Element) -> int:
    try:
        return get_node_line(node)
    except ValueError:
        return -1


def told_unasked(uri: str, spot: Spot, rules: Rules) -> Outcome | None:
    """Return what an address comes to at a place without asking anybody; ``None`` where somebody must be asked."""
    if matches(rules.ignore, uri):
        return Outcome(Status.IGNORED)
    excluded = next((each for each in rules.exclude_documents if each.match(spot.docname)), None)
    if excluded:
        told = f"{spot.docname} matched {excluded.pattern} from linkcheck_exclude_documents"
        return Outcome(Status.IGNORED, told)
    return None if is_http(uri) else _local(uri, spot)


def _local(uri: str, spot: Spot) -> Outcome:
    """Tell what is no file of the project from files, which are looked for beside their document."""
    if not uri or uri.startswith(_NOTHING_TO_CHECK) or _has_other_scheme(uri):
        return Outcome(Status.UNCHECKED)
    return Outcome(Status.WORKING if (spot.folder / uri).exists() else Status.BROKEN)


def _has_other_scheme(uri: str) -> bool:
    """Tell ``ftp://host`` and ``//host``; ``news:group`` is the name of a file, as it is for Sphinx."""
    scheme, found, _ = uri.partition("//")
    return bool(found) and (not scheme or (scheme.endswith(":") and scheme[:-1].isalpha() and scheme.islower()))


def every_spot(found: Found) -> Iterator[tuple[str, Spot]]:
    """Yield each address with each of its places, in the order of the pages."""
    pairs = ((spot, uri) for uri, spots in found.places.items() for spot in spots)
    return ((uri, spot) for spot, uri in sorted(pairs))
