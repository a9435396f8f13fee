"""Where in a project's release notes a name of a release, and of a section, may point. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from affidavit.notes.facts import LockedProject, LockedRelease, LockedSection, LockedSeries, slug
from affidavit.notes.series import first_releases


@dataclass(frozen=True, slots=True)
class Spot:
    """A release on the page of a series; one release may stand on the pages of two."""

    series: LockedSeries
    release: LockedRelease

    @property
    def full(self) -> str:
        """Return the name that means this spot and no other."""
        return f"{self.series.name}/{self.release.version}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A section in its spot."""

    spot: Spot
    section: LockedSection


def all_spots(project: LockedProject) -> tuple[Spot, ...]:
    """Return every spot of a project."""
    return tuple(Spot(series, release) for series in project.series for release in series.releases)


def spots_of(project: LockedProject, name: str) -> tuple[Spot, ...]:
    """Return the spots that a version, a series, or ``series/version`` may mean."""
    firsts = first_releases(project)
    return tuple(
        spot
        for spot in all_spots(project)
        if name in (spot.release.version, spot.full)
        or (name == spot.series.name and firsts.get(name) == spot.release.version)
    )


def hits_of(spots: Iterable[Spot], section: str) -> tuple[Hit, ...]:
    """Return the spots that have a section, by its title or slug."""
    return tuple(Hit(spot, found) for spot in spots if (found := _section(spot.release, section)))


def name_of(project: LockedProject, spot: Spot) -> str:
    """Return the shortest name that means this spot alone: the version, if no other spot has it."""
    version = spot.release.version
    return version if len(spots_of(project, version)) == 1 else spot.full


def _section(release: LockedRelease, name: str) -> LockedSection | None:
    """Return the section of that name; of titles that one slug fits, the one that is spelled so, or else the first."""
    alike = [section for section in release.sections if slug(section.title) == slug(name)]
    return next((section for section in alike if section.title == name), alike[0] if alike else None)
