"""Where in a project's release notes a name of a release, and of a section, may point. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from affidavit.model.verdicts import Finding, Holds
from affidavit.notes.facts import Lock, LockedProject, LockedRelease, LockedSection, LockedSeries, slug
from affidavit.notes.series import first_releases


class Spot(Struct, frozen=True, eq=False):
    """A release in a series; one release may stand in two. ``named`` are its sections by slug."""

    series: LockedSeries
    release: LockedRelease
    named: Mapping[str, tuple[LockedSection, ...]]

    def section(self, name: str) -> LockedSection | None:
        """Return the section of a name; of titles that one slug fits, the one that is spelled so, or else the first."""
        alike = self.named.get(slug(name), ())
        if len(alike) < 2:  # noqa: PLR2004 -- nearly always
            return alike[0] if alike else None
        return next((section for section in alike if section.title == name), alike[0])

    @property
    def full(self) -> str:
        """Return the name that means this spot and no other."""
        version = self.release.version
        return f"{self.series.name}/{version}" if self.series.name else version


class Hit(Struct, frozen=True):
    """A section in its spot."""

    spot: Spot
    section: LockedSection


class Resolved(Struct, frozen=True):
    """The one section that a reference means, and the URL of its exact anchor.

    ``others`` are the other versions that have the section, where the author named a series and left the choice to us.
    """

    url: str
    project: str
    series: str
    version: str
    title: str
    others: tuple[str, ...] = ()


class Found(Struct, frozen=True):
    """A section that a reference means, for readers and for judging what it says.

    ``holds`` is the verdict on all references to it that are written alike, and quote nothing of it.
    """

    resolved: Resolved
    hit: Hit
    holds: Holds


class Project:
    """A project of the lock, with its spots by each name that means them.

    ``firsts`` are the releases that series mean, oldest series first; ``spots`` are all there are.
    """

    def __init__(self, facts: LockedProject) -> None:
        self.facts = facts
        self.name, self.url = facts.name, facts.url
        self.firsts = first_releases(facts)
        self.spots = tuple(Spot(each, release, _by_slug(release)) for each in facts.series for release in each.releases)
        self._named: dict[str, list[Spot]] = defaultdict(list)
        for spot in self.spots:
            for name in self._names(spot):
                self._named[name].append(spot)

    def spots_of(self, name: str) -> tuple[Spot, ...]:
        """Return the spots that a version, a series, or ``series/version`` may mean."""
        return tuple(self._named.get(name, ()))

    def spots_in(self, series: str) -> tuple[Spot, ...]:
        """Return the spots of a series."""
        return tuple(spot for spot in self.spots if spot.series.name == series)

    def name_of(self, spot: Spot) -> str:
        """Return the shortest name that means this spot alone: the version, if no other spot has it."""
        version = spot.release.version
        return version if len(self.spots_of(version)) == 1 else spot.full

    def _names(self, spot: Spot) -> set[str]:
        series, version = spot.series.name, spot.release.version
        first = {series} if series and self.firsts.get(series) == version else set()
        return {version, spot.full, *first}


class Index:
    """A lock, indexed: built once for a build, and asked for each reference.

    ``known`` is what references were found to mean, by their targets: a build asks for each several times.
    """

    def __init__(self, lock: Lock) -> None:
        self.lock = lock
        self.known: dict[str, Found | Finding] = {}
        self.projects = {facts.name: Project(facts) for facts in lock.projects}

    def project(self, name: str) -> Project | None:
        """Return the project of a name; an empty one means the only project that there is."""
        if not name and len(self.projects) == 1:
            return next(iter(self.projects.values()))
        return self.projects.get(name)


def hits_of(spots: Iterable[Spot], section: str) -> tuple[Hit, ...]:
    """Return the spots that have a section, by its title or slug."""
    return tuple(Hit(spot, found) for spot in spots if (found := spot.section(section)))


def _by_slug(release: LockedRelease) -> Mapping[str, tuple[LockedSection, ...]]:
    found: dict[str, tuple[LockedSection, ...]] = {}
    for section in release.sections:
        name = slug(section.title)
        found[name] = (*found.get(name, ()), section)
    return found
