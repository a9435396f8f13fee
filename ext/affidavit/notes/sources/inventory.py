"""Release notes by the Sphinx inventory of the pages that reno made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import unquote

from msgspec import Struct

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import Inventory
from affidavit.notes.documents.html_page import texts_at
from affidavit.notes.facts import Facts, Heading
from affidavit.notes.inventory import facts_of, sections
from affidavit.notes.sources.places import content_of
from affidavit.notes.sources.source import Surroundings


class InventorySource(Struct, frozen=True):
    """An inventory, in a file or behind a URL, and ``url``, the address that its pages are published at."""

    given: Inventory
    url: str
    around: Surroundings

    def facts(self) -> Facts:
        """Return all sections."""
        return facts_of(sections(content_of(self.given.place, self.around)))

    def texts(self, wanted: Collection[Heading]) -> Mapping[Heading, str]:
        """Return the texts that the published pages have, each of which is fetched once; those that can be had."""
        pages: dict[str, list[Heading]] = defaultdict(list)
        for heading in wanted:
            pages[heading.target.partition("#")[0]].append(heading)
        return {heading: text for page, there in pages.items() for heading, text in self._texts(page, there)}

    def _texts(self, page: str, wanted: Sequence[Heading]) -> Iterator[tuple[Heading, str]]:
        anchors = {heading: unquote(heading.target.partition("#")[2]) for heading in wanted}
        try:
            texts = texts_at(self.around.fetch(f"{self.url}{page}"), anchors.values())
        except SourceError:  # what cannot be had is left out: the lock then says so
            return
        yield from ((heading, texts[anchor]) for heading, anchor in anchors.items() if anchor in texts)
