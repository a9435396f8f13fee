"""Where in a project's release notes a name of a release, and of a section, may point. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from affidavit.notes.facts import Lock, LockedProject, LockedRelease, LockedSection, LockedSeries, slug
from affidavit.notes.series import first_releases


@dataclass(frozen=True, slots=True)
class Spot:
    """A release in a series; one release may stand in two."""

    series: LockedSeries
    release: LockedRelease

    @property
    def full(self) -> str:
        """Return the name that means this spot and no other."""
        version = self.release.version
        return f"{self.series.name}/{version}" if self.series.name else version


@dataclass(frozen=True, slots=True)
class Hit:
    """A section in its spot."""

    spot: Spot
    section: LockedSection


class Project:
    """A project of the lock, with its spots by each name that means them.

    ``firsts`` are the releases that series mean, oldest series first; ``spots`` are all there are.
    """

    def __init__(self, facts: LockedProject) -> None:
        self.facts = facts
        self.name, self.url = facts.name, facts.url
        self.firsts = first_releases(facts)
        self.spots = tuple(Spot(series, release) for series in facts.series for release in series.releases)
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
    """A lock, indexed: built once for a build, and asked for each reference."""

    def __init__(self, lock: Lock) -> None:
        self.lock = lock
        self.projects = {facts.name: Project(facts) for facts in lock.projects}

    def project(self, name: str) -> Project | None:
        """Return the project of a name; an empty one means the only project that there is."""
        if not name and len(self.projects) == 1:
            return next(iter(self.projects.values()))
        return self.projects.get(name)


def hits_of(spots: Iterable[Spot], section: str) -> tuple[Hit, ...]:
    """Return the spots that have a section, by its title or slug."""
    return tuple(Hit(spot, found) for spot in spots if (found := _section(spot.release, section)))


def _section(release: LockedRelease, name: str) -> LockedSection | None:
    """Return the section of that name; of titles that one slug fits, the one that is spelled so, or else the first."""
    wanted = slug(name)
    alike = [section for section in release.sections if slug(section.title) == wanted]
    return next((section for section in alike if section.title == name), alike[0] if alike else None)
