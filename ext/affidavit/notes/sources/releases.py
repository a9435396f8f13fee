"""Release notes in a list of releases: JSON in a file, or the pages of it that an address answers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import ReleaseList
from affidavit.notes.documents.releases import Release, listed, texts
from affidavit.notes.sources.places import content_of, is_url
from affidavit.notes.sources.source import LIMIT, Surroundings
from affidavit.notes.sources.whole import Texts

MOST_PAGES = 100
"""Pages of a list that are asked for; GitHub has no more than 100 of 100."""


def release_texts(given: ReleaseList, url: str, around: Surroundings) -> Texts:
    """Return what a list of releases has; each of them has its page below ``url``."""
    return texts(_releases(given.place, around), url)


def _releases(place: str, around: Surroundings) -> Iterator[Release]:
    """Yield the releases of all pages, up to the first that is empty, or has nothing but what was there before."""
    seen: set[str] = set()
    left = LIMIT
    for address in _pages(place):
        content = content_of(address, around)
        left -= len(content)
        if left < 0:
            raise _too_long()
        page = listed(content)
        fresh = [each for each in page.releases if each.page not in seen]
        if not page.number or (page.releases and not fresh):
            return
        seen.update(each.page for each in fresh)
        yield from fresh


def _pages(place: str) -> Iterator[str]:
    """Yield the places to ask, one behind the other: a file, or an address that names its page, is all there is."""
    yield place
    query = urlsplit(place).query if is_url(place) else ""
    if is_url(place) and "page" not in dict(parse_qsl(query, keep_blank_values=True)):
        address = place.partition("#")[0]
        yield from (f"{address}{'&' if query else '?'}page={number}" for number in range(2, MOST_PAGES + 1))
        raise _too_long()


def _too_long() -> SourceError:
    problem = f"The list has more than {MOST_PAGES} pages, or more than {LIMIT // 2**20} MiB."
    return SourceError(problem, advice="Ask for `?per_page=100`, or name a file with the releases that pages cite.")
