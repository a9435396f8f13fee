"""Judging links as soon as their pages are seen, while others are still waited for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from affidavit.links.asked import question
from affidavit.links.judging import Judging
from affidavit.links.marks import Question
from affidavit.links.seen import Observation
from affidavit.model.claims import Link
from affidavit.model.report import Judged
from affidavit.model.settings import Settings


class Early:
    """Knows what links come to if the network is open, as far as their pages were seen."""

    def __init__(self, links: Iterable[Link], settings: Settings) -> None:
        self._links = links
        self._observations: dict[str, Observation] = {}
        self._judging = Judging(settings, self._observations)
        self._judged: dict[int, Judged] = {}

    def seen(self, url: str, observation: Observation) -> None:
        """Judge the links to a page."""
        self._observations[url] = observation
        for link, asked in self._pages.get(url, ()):
            self._judged[id(link)] = self._judging.link(link, asked)

    def judged(self, observations: Mapping[str, Observation]) -> Mapping[int, Judged]:
        """Return what links come to, by the :func:`id` of each, as far as this is what was seen in the end."""
        if self._observations == observations:  # as in nearly every run, and this takes next to no time
            return self._judged
        changed = [url for url, seen in self._observations.items() if observations.get(url) is not seen]
        outdated = {id(link) for url in changed for link, _ in self._pages.get(url, ())}
        if not outdated:
            return self._judged
        return {each: judged for each, judged in self._judged.items() if each not in outdated}

    @cached_property
    def _pages(self) -> dict[str, list[tuple[Link, Question]]]:
        """Return the links by their pages; made when the first page was seen, since it holds up nobody then."""
        pages: dict[str, list[tuple[Link, Question]]] = {}
        for link in self._links:
            asked = question(link.url)
            if asked:
                pages.setdefault(asked.url, []).append((link, asked))
        return pages
