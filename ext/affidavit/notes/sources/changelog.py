"""Release notes in a change log: one file, with a heading for each release."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from affidavit.model.note_sources import Changelog
from affidavit.notes import changelog
from affidavit.notes.facts import Facts, Heading
from affidavit.notes.outline import Entry, facts_of, texts_of
from affidavit.notes.sources.places import content_of
from affidavit.notes.sources.source import Surroundings


@dataclass(slots=True)
class ChangelogSource:
    """A change log in Markdown or reStructuredText, in a file or behind a URL."""

    given: Changelog
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
            content = content_of(self.given.place, self.around)
            self._known = changelog.entries(content, self.given.place, self.given.anchors)
        return self._known
