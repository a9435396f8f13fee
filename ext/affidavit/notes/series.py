"""Which release a series means: its first final one that no earlier series has. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from packaging.version import Version

from affidavit.notes.facts import LockedProject, LockedSeries


def first_releases(project: LockedProject) -> Mapping[str, str]:
    """Return for each series the release it means, oldest series first; one with no release of its own is absent.

    That is the lowest final release of it that no earlier series has, since a page may begin with the last release of
    the series before it. Series are ordered by their final releases, lowest first, and as in the lock where
    these are the same.
    """
    finals = {series.name: _finals(series) for series in project.series}
    found: dict[str, str] = {}
    earlier: set[Version] = set()
    for name in sorted(finals, key=lambda each: list(finals[each])):
        own = (written for version, written in finals[name].items() if version not in earlier)
        if (first := next(own, None)) is not None:
            found[name] = first
        earlier.update(finals[name])
    return MappingProxyType(found)


def by_age(project: LockedProject) -> tuple[LockedSeries, ...]:
    """Return the series of a project, oldest first; one with no release of its own is yet to come, and last."""
    ages = {name: age for age, name in enumerate(first_releases(project))}
    return tuple(sorted(project.series, key=lambda each: ages.get(each.name, len(ages))))


def _finals(series: LockedSeries) -> dict[Version, str]:
    """Return the final releases of a page as they are written, lowest first."""
    found = ((version, each.version) for each in series.releases if (version := _final(each.version)))
    return dict(sorted(found))


def _final(name: str) -> Version | None:
    """Return the version that a name is, ``None`` where it is no final release by PEP 440.

    reno names commits after a tag ``16.0.1-11``, which PEP 440 reads as a post-release; ``2023.1-eom`` is no version.
    """
    try:
        version = Version(name)
    except ValueError:  # InvalidVersion, and a number that is too long for an integer
        return None
    special = version.is_prerelease or version.is_postrelease or version.local
    return None if special else version
