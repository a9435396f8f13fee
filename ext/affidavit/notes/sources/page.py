"""Release notes on a published page: any page of html whose headings have anchors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from affidavit.model.note_sources import Published
from affidavit.notes import html_page
from affidavit.notes.facts import Facts, Heading
from affidavit.notes.outline import Entry, facts_of, texts_of
from affidavit.notes.sources.places import content_of
from affidavit.notes.sources.source import Surroundings


@dataclass(slots=True)
class PublishedSource:
    """A page of html, in a file or behind a URL."""

    given: Published
    around: Surroundings
    _known: tuple[Entry, ...] | None = field(default=None, init=False)  # read once

    def facts(self) -> Facts:
        """Return all sections."""
        return facts_of(self._entries())

    def texts(self, wanted: Collection[Heading]) -> Mapping[Heading, str]:
        """Return the texts of a few of them."""
        texts = texts_of(self._entries())
        return {heading: texts[heading] for heading in wanted if heading in texts}

    def _entries(self) -> tuple[Entry, ...]:
        if self._known is None:
            self._known = html_page.entries(content_of(self.given.place, self.around))
        return self._known
