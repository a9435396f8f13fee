"""What is known of published release notes: which sections each release has, and where they stand.

Facts only, no dates and no prose. Sources give them flat, one :class:`Heading` a section; :func:`gather` makes
the tree of it that the lock file holds. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from affidavit.model.errors import SourceError


@dataclass(frozen=True, slots=True)
class LockedSection:
    """A section of a release's notes: its title as displayed, and its anchor on the page."""

    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class LockedRelease:
    """A release by the name that its heading has, which need not be a version that a tool could read."""

    version: str
    sections: tuple[LockedSection, ...]


@dataclass(frozen=True, slots=True)
class LockedSeries:
    """A page of release notes; ``page`` is relative to the project's address, and empty for its index."""

    name: str
    page: str
    releases: tuple[LockedRelease, ...]


@dataclass(frozen=True, slots=True)
class LockedProject:
    """A project and the address that its pages are published below; ``url`` ends with a slash."""

    name: str
    url: str
    series: tuple[LockedSeries, ...]


@dataclass(frozen=True, slots=True)
class Lock:
    """All that references to release notes are checked against; everything in it is in :func:`natural` order."""

    projects: tuple[LockedProject, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """One section as a source gives it."""

    series: str
    page: str
    version: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Count:
    """How much a lock holds, for people."""

    projects: int
    series: int
    releases: int
    sections: int

    def __str__(self) -> str:
        """Return the four numbers with their words."""
        words = (
            (self.projects, "project"),
            (self.series, "series"),
            (self.releases, "release"),
            (self.sections, "section"),
        )
        return ", ".join(f"{number} {word}{_plural(number, word)}" for number, word in words)


def _plural(number: int, word: str) -> str:
    return "" if number == 1 or word.endswith("s") else "s"


def count(lock: Lock) -> Count:
    """Count what a lock holds; a release that stands in two series counts twice."""
    series = [each for project in lock.projects for each in project.series]
    releases = [release for each in series for release in each.releases]
    sections = sum(len(release.sections) for release in releases)
    return Count(len(lock.projects), len(series), len(releases), sections)


def natural(name: str) -> tuple[str, str]:
    """Return a sort key by which ``9.0.0`` comes before ``10.0.0``."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(12), name), name


def slug(title: str) -> str:
    """Return the form by which sections are compared: ``Known Issues`` and ``known-issues`` are one."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-") or title.casefold()


def gather(name: str, url: str, headings: Iterable[Heading]) -> LockedProject:
    """Return a project's sections as a tree.

    Where a page gives one release a section of one title twice, as a page with two branches may, the one with the
    lower anchor stands. Raise :class:`SourceError` if two pages claim to be one series.
    """
    pages: dict[str, str] = {}
    found: dict[str, dict[str, dict[str, str]]] = {}
    for heading in sorted(headings, key=lambda each: each.anchor):
        if pages.setdefault(heading.series, heading.page) != heading.page:
            raise _claimed_twice(heading, pages[heading.series])
        releases = found.setdefault(heading.series, {})
        releases.setdefault(heading.version, {}).setdefault(heading.title, heading.anchor)
    series = tuple(LockedSeries(each, pages[each], _releases(found[each])) for each in sorted(found, key=natural))
    return LockedProject(name, f"{url.strip().rstrip('/')}/", series)


def _claimed_twice(heading: Heading, page: str) -> SourceError:
    return SourceError(
        f"The pages `{page}` and `{heading.page}` are both the series `{heading.series}`.",
        advice="Publish each series on one page.",
    )


def _releases(found: dict[str, dict[str, str]]) -> tuple[LockedRelease, ...]:
    return tuple(LockedRelease(version, _sections(found[version])) for version in sorted(found, key=natural))


def _sections(found: dict[str, str]) -> tuple[LockedSection, ...]:
    return tuple(LockedSection(title, found[title]) for title in sorted(found, key=natural))
