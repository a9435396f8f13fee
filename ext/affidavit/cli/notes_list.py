"""``affidavit notes list``: what references to release notes may name."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from difflib import get_close_matches

from affidavit.cli.outcome import Status, UsageError, say
from affidavit.cli.site import read_site
from affidavit.notes.facts import Lock, LockedProject, LockedSeries, slug
from affidavit.notes.lock import read_lock
from affidavit.notes.series import first_releases


def run(arguments: Namespace) -> Status:
    """Print the releases and sections of the lock file, those of one project if one is named."""
    for project in _chosen(read_lock(read_site(arguments.sourcedir).lock), arguments.project):
        say("\n".join(_lines(project)))
    return Status.FINE


def _chosen(lock: Lock, name: str) -> tuple[LockedProject, ...]:
    known = {project.name: project for project in lock.projects}
    if not name:
        return lock.projects
    if name in known:
        return (known[name],)
    near = get_close_matches(name, known) or known
    raise UsageError(f"The lock file has no project `{name}`.", advice=f"Name one that it has: {', '.join(near)}.")


def _lines(project: LockedProject) -> Iterator[str]:
    """Give a project's lines: series by age, and those that stand for no release at the end."""
    yield f"{project.name}  {project.url}"
    firsts = first_releases(project)
    ages = {name: age for age, name in enumerate(firsts)}
    for series in sorted(project.series, key=lambda each: ages.get(each.name, len(ages))):
        yield f"  {series.name}{f' = {firsts[series.name]}' if series.name in firsts else ''}"
        yield from _releases(series)


def _releases(series: LockedSeries) -> Iterator[str]:
    for release in series.releases:
        yield f"    {release.version}  {', '.join(slug(section.title) for section in release.sections)}"
