"""Judging links as soon as their pages are seen, while others are still waited for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from affidavit.links.asked import question
from affidavit.links.judging import Judging
from affidavit.links.marks import Question
from affidavit.links.seen import Observation
from affidavit.links.wanted import chosen
from affidavit.model.claims import Link
from affidavit.model.report import Judged
from affidavit.model.settings import Settings


class Early:
    """Knows what links come to if the network is open, as far as their pages were seen."""

    def __init__(self, links: Iterable[Link], settings: Settings) -> None:
        self._links = tuple(chosen(links, settings.links))
        self._observations: dict[str, Observation] = {}
        self._judging = Judging(settings, self._observations)
        self._judged: list[Judged | None] = [None] * len(self._links)

    def seen(self, url: str, observation: Observation) -> None:
        """Judge the links to a page."""
        self._observations[url] = observation
        for number, asked in self._pages.get(url, ()):
            self._judged[number] = self._judging.link(self._links[number], asked)

    def judged(self, observations: Mapping[str, Observation]) -> Sequence[Judged | None]:
        """Return what each of the chosen links comes to, as far as this is what was seen in the end."""
        if self._observations == observations:  # as in nearly every run, and this takes next to no time
            return self._judged
        changed = [url for url, seen in self._observations.items() if observations.get(url) is not seen]
        outdated = {number for url in changed for number, _ in self._pages.get(url, ())}
        return [None if number in outdated else judged for number, judged in enumerate(self._judged)]

    @cached_property
    def _pages(self) -> dict[str, list[tuple[int, Question]]]:
        """Return the links by their pages; made when the first page was seen, since it holds up nobody then."""
        pages: dict[str, list[tuple[int, Question]]] = {}
        for number, link in enumerate(self._links):
            asked = question(link.url)
            if asked:
                pages.setdefault(asked.url, []).append((number, asked))
        return pages
