"""Judging the addresses of a finished site by its own files; those of the web are handed on. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from itertools import chain
from urllib.parse import quote, unquote

from msgspec import Struct, field

from affidavit.links.site.anchors import has_anchor, needs_reading
from affidavit.links.site.landing import ITSELF, Landing, Landings, LandingsFrom
from affidavit.links.site.lines import Lines
from affidavit.links.site.page import Page, Unread
from affidavit.links.site.problems import AnchorGone, Problem, Unsure
from affidavit.links.site.resolve import Home, Standpoint, standpoint, trimmed
from affidavit.links.site.tree import Tree
from affidavit.model.claims import Link
from affidavit.model.place import Place
from affidavit.model.report import Judged
from affidavit.model.verdicts import Holds

_KEPT = "%:/?#[]@!$&'()*+,;=~"
"""What stands in a fragment as it is, or is encoded already."""


class Suspect(Struct, frozen=True):
    """An address that leads nowhere, as it seems; ``lines`` is empty where they are yet to be found."""

    page: str
    address: str
    problem: Problem
    lines: Lines = ()


class Query(Struct, frozen=True):
    """An address that the web is to be asked about, and the URL that it stands for."""

    page: str
    address: str
    url: str
    lines: Lines = ()


class Sifted(Struct):
    """What holds, what seems not to, and what is to be asked.

    ``doubts`` hold as far as anchors go; what else they want of their file was not looked for.
    """

    holding: list[Judged] = field(default_factory=list)
    suspects: list[Suspect] = field(default_factory=list)
    doubts: list[Suspect] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)


def sift(pages: Sequence[Page | Unread], tree: Tree, site: Home | None, *, every: bool = False) -> Sifted:
    """Look at every address of all pages; what holds is told once as it is written, or with ``every`` of all pages."""
    sieve = _Sieve(pages, Landings(tree, site), site, every=every)
    for page in pages:
        if isinstance(page, Page):
            sieve.take(page)
    return sieve.sifted


def held(address: str, place: Place, target: str) -> Judged:
    """Return that an address holds; ``target`` is the path, with its fragment, that it leads to."""
    return Judged(Link(address, place), Holds(target))


class _Spot:
    """Where addresses lead, with the anchors that the file has, and the addresses that were seen to hold."""

    __slots__ = ("anchors", "held", "landing")

    def __init__(self, landing: Landing, anchors: Container[str], held: set[str]) -> None:
        self.landing = landing
        self.anchors = anchors
        self.held = held


class _Spots(dict[str, _Spot]):
    """The same from one standpoint, by the spelling of addresses without a fragment."""

    def __init__(self, find: Callable[[str], Landing], spot: Callable[[Landing], _Spot]) -> None:
        super().__init__()
        self._find = find
        self._spot = spot

    def __missing__(self, head: str) -> _Spot:
        spot = self[head] = self._spot(self._find(head))
        return spot


class _Sieve:
    def __init__(self, pages: Sequence[Page | Unread], landings: Landings, site: Home | None, *, every: bool) -> None:
        # The page as a whole is an anchor of it, by the empty fragment.
        self._anchors = {page.path: frozenset(("", *page.markup.anchors)) for page in pages if isinstance(page, Page)}
        self._unread = {page.path: page.reason for page in pages if isinstance(page, Unread)}
        self._landings = landings
        self._site = site
        self._every = every
        self._held = defaultdict[str, set[str]](set)
        self._from: dict[LandingsFrom, _Spots] = {}
        self.sifted = Sifted()

    def take(self, page: Page) -> None:
        """Look at the addresses of a page; most were met before, on other pages, or are spelled like the anchor."""
        stand, place = standpoint(page.path, page.markup.base, self._site), Place(page.path)
        spots, itself = self._spots_from(stand), self._spot(self._landings.itself(stand))
        for address in chain(page.markup.inside, page.absolute):
            head, _, fragment = address.partition("#")
            spot = spots[head]
            if address in spot.held:
                continue
            spot = itself if spot.landing is ITSELF else spot
            if fragment in spot.anchors:
                self._hold(address, place, spot.landing.file, fragment)
            else:
                self._look(address, place, spot.landing, fragment, page.absolute.get(address, ()))

    def _spots_from(self, stand: Standpoint) -> _Spots:
        landings = self._landings.seen_from(stand)
        return self._from.get(landings) or self._from.setdefault(landings, _Spots(landings.find, self._spot))

    def _spot(self, landing: Landing) -> _Spot:
        file = landing.file
        return _Spot(landing, self._anchors.get(file, ()), self._held[file] if landing is not ITSELF else set())

    def _hold(self, address: str, place: Place, file: str, fragment: str) -> None:
        if address not in self._held[file]:
            if not self._every:
                self._held[file].add(address)
            self.sifted.holding.append(held(address, place, f"{file}#{fragment}" if fragment else file))

    def _look(self, address: str, place: Place, landing: Landing, fragment: str, lines: Lines) -> None:
        file = landing.file
        if file and self._has(file, fragment):
            if needs_reading(file, fragment):
                self.sifted.doubts.append(Suspect(place.file, address, AnchorGone(file, fragment), lines))
            else:
                self._hold(address, place, file, fragment)
        elif landing.url:
            self.sifted.queries.append(Query(place.file, address, _with(landing.url, fragment), lines))
        elif problem := landing.problem or self._lack(file, fragment):
            self.sifted.suspects.append(Suspect(place.file, address, problem, lines))

    def _has(self, file: str, fragment: str) -> bool:
        """Return whether a file has an anchor; what is no page, and was not read, has any."""
        anchors = self._anchors.get(file)
        if anchors is None:
            return not fragment or file not in self._unread
        return has_anchor(fragment, anchors)

    def _lack(self, file: str, fragment: str) -> Problem | None:
        """Return what is amiss with a file that lacks an anchor; nothing is where there is no file to look at."""
        if not file:
            return None
        if file in self._unread:
            return Unsure(f"{file} could not be read ({self._unread[file]})")
        return AnchorGone(file, fragment, self._landings.nearest.anchors(file, unquote(fragment), self._anchors[file]))


def _with(url: str, fragment: str) -> str:
    """Return a URL with a fragment, as it goes over the wire."""
    return f"{url}#{quote(trimmed(fragment), safe=_KEPT, errors='replace')}" if fragment else url
