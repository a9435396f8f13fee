"""Release notes in a list of releases: JSON in a file, or the pages of it that an address answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import ReleaseList
from affidavit.notes.facts import Facts, Heading
from affidavit.notes.release_list import Release, listed, texts
from affidavit.notes.sources.places import content_of, is_url
from affidavit.notes.sources.source import LIMIT, Surroundings

MOST_PAGES = 100
"""Pages of a list that are asked for; GitHub has no more than 100 of 100."""


@dataclass(slots=True)
class ReleaseListSource:
    """A list of releases, and ``url``, the address that each has its page below."""

    given: ReleaseList
    url: str
    around: Surroundings
    _known: dict[Heading, str] | None = field(default=None, init=False)  # read once

    def facts(self) -> Facts:
        """Return all sections."""
        return Facts(tuple(self._texts()))

    def texts(self, wanted: Collection[Heading]) -> Mapping[Heading, str]:
        """Return the texts of a few of them."""
        known = self._texts()
        return {heading: known[heading] for heading in wanted if heading in known}

    def _texts(self) -> dict[Heading, str]:
        if self._known is None:
            self._known = texts(self._releases(), self.url)
        return self._known

    def _releases(self) -> Iterator[Release]:
        """Yield the releases of all pages, up to the first that is empty, or has nothing but what was there before."""
        seen: set[str] = set()
        left = LIMIT
        for place in self._pages():
            content = content_of(place, self.around)
            left -= len(content)
            if left < 0:
                raise _too_long()
            page = listed(content)
            fresh = [each for each in page.releases if each.page not in seen]
            if not page.number or (page.releases and not fresh):
                return
            seen.update(each.page for each in fresh)
            yield from fresh

    def _pages(self) -> Iterator[str]:
        """Yield the places to ask, one behind the other: a file, or an address that names its page, is all there is."""
        place = self.given.place
        yield place
        query = urlsplit(place).query if is_url(place) else ""
        if is_url(place) and "page" not in dict(parse_qsl(query, keep_blank_values=True)):
            address = place.partition("#")[0]
            yield from (f"{address}{'&' if query else '?'}page={number}" for number in range(2, MOST_PAGES + 1))
            raise _too_long()


def _too_long() -> SourceError:
    problem = f"The list has more than {MOST_PAGES} pages, or more than {LIMIT // 2**20} MiB."
    return SourceError(problem, advice="Ask for `?per_page=100`, or name a file with the releases that pages cite.")
