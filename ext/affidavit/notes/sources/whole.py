"""Release notes that are read as a whole: a change log, a page, or a list of releases, with all their texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from affidavit.model.note_sources import Changelog, Published
from affidavit.notes.documents import changelog, html_page
from affidavit.notes.documents.outline import texts_of
from affidavit.notes.facts import Facts, Heading
from affidavit.notes.sources.places import content_of
from affidavit.notes.sources.source import Surroundings

Texts = Mapping[Heading, str]
"""The text of each section there is, in the order of the source."""


class WholeSource(Struct):
    """A source whose sections come with their texts; ``read`` returns them, and is called once."""

    read: Callable[[], Texts]
    _known: Texts | None = None

    def facts(self) -> Facts:
        """Return all sections."""
        return Facts(tuple(self._texts()))

    def texts(self, wanted: Collection[Heading]) -> Texts:
        """Return the texts of a few of them."""
        known = self._texts()
        return {heading: known[heading] for heading in wanted if heading in known}

    def _texts(self) -> Texts:
        if self._known is None:
            self._known = self.read()
        return self._known


def changelog_texts(given: Changelog, around: Surroundings) -> Texts:
    """Return what a change log in Markdown or reStructuredText has."""
    return texts_of(changelog.entries(content_of(given.place, around), given.place, given.anchors))


def page_texts(given: Published, around: Surroundings) -> Texts:
    """Return what a page of html has."""
    return texts_of(html_page.entries(content_of(given.place, around)))
