"""What is known of published release notes: which sections each release has, and where they stand.

Facts only, no dates and no prose. Sources give them flat, one :class:`Heading` a section; :func:`gather` makes
the tree of it that the lock file holds. Pure.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from affidavit.model.plain import natural


class State(StrEnum):
    """How far a series is cared for, as far as its source tells: by the branch or tag that its page is made from."""

    OPEN = "open"
    UNMAINTAINED = "unmaintained"
    CLOSED = "closed"


class Saying(Struct, frozen=True):
    """Words that a section was asked for, and whether it had them; ``None`` if that could not be told."""

    words: str
    found: bool | None


class LockedSection(Struct, frozen=True):
    """A section of a release's notes: its title as displayed, and where it stands.

    ``target`` is relative to the project's address: a page, an anchor, or both. ``text`` is the hash of its folded
    text, and ``says`` what that was searched for; both are there only where pages ask for words.
    """

    title: str
    target: str
    text: str = ""
    says: tuple[Saying, ...] = ()


class LockedRelease(Struct, frozen=True):
    """A release by the name that its heading has, which need not be a version that a tool could read."""

    version: str
    sections: tuple[LockedSection, ...]


class LockedSeries(Struct, frozen=True):
    """The releases that belong together; the ``name`` is empty in projects that know no series."""

    name: str
    releases: tuple[LockedRelease, ...]
    state: State = State.OPEN


class Dropped(Struct, frozen=True):
    """A note that readers never see, since the tool that publishes it knows none of these sections of it."""

    note: str
    sections: tuple[str, ...]


class LockedProject(Struct, frozen=True):
    """A project and the address that its notes are published at.

    Its pages' addresses are ``url`` with a section's target behind it. ``removed`` are series that an earlier lock had,
    and their source no more.
    """

    name: str
    url: str
    series: tuple[LockedSeries, ...]
    removed: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()


class Lock(Struct, frozen=True):
    """All that references to release notes are checked against; everything in it is in :func:`natural` order."""

    projects: tuple[LockedProject, ...] = ()


class Heading(Struct, frozen=True):
    """One section as a source gives it; ``series`` is empty where there are none."""

    series: str
    version: str
    title: str
    target: str


class Facts(Struct, frozen=True):
    """All that a source knows of one project; of series that are not in ``states`` it knows no state."""

    headings: tuple[Heading, ...]
    states: tuple[tuple[str, State], ...] = ()
    dropped: tuple[Dropped, ...] = ()


class Count(Struct, frozen=True):
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


@lru_cache(maxsize=4096)  # few titles are asked for again and again
def slug(title: str) -> str:
    """Return the form by which sections are compared: ``Known Issues`` and ``known-issues`` are one."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-") or title.casefold()


def gather(name: str, url: str, facts: Facts) -> LockedProject:
    """Return what a source knows as a tree.

    Where a release has a section of one title twice, as a page with two branches may, the one with the lower target
    stands.
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    for heading in sorted(facts.headings, key=lambda each: each.target):
        releases = found.setdefault(heading.series, {})
        releases.setdefault(heading.version, {}).setdefault(heading.title, heading.target)
    states = dict(facts.states)
    series = (
        LockedSeries(each, _releases(found[each]), states.get(each, State.OPEN)) for each in sorted(found, key=natural)
    )
    dropped = sorted(facts.dropped, key=lambda each: natural(each.note))
    return LockedProject(name, url, tuple(series), dropped=tuple(dropped))


def _releases(found: dict[str, dict[str, str]]) -> tuple[LockedRelease, ...]:
    return tuple(LockedRelease(version, _sections(found[version])) for version in sorted(found, key=natural))


def _sections(found: dict[str, str]) -> tuple[LockedSection, ...]:
    return tuple(LockedSection(title, found[title]) for title in sorted(found, key=natural))
