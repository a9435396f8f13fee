"""``affidavit notes list``: what references to release notes may name."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from affidavit.cli.notes_projects import chosen
from affidavit.cli.outcome import Status, say
from affidavit.cli.site import read_site
from affidavit.model.note_sources import Inventory
from affidavit.model.visible import visible_line
from affidavit.notes.facts import LockedProject, LockedRelease, LockedSeries, State, slug
from affidavit.notes.lock import read_lock
from affidavit.notes.series import by_age, first_releases


def run(arguments: Namespace) -> Status:
    """Print the releases and sections of the lock file, those of one project if one is named."""
    site = read_site(arguments.sourcedir)
    kinds = {each.name: each.source.key for each in site.settings.projects}
    for project in chosen(arguments.project, read_lock(site.lock).projects, "The lock file has"):
        kind = kinds.get(project.name, Inventory.key)
        say("\n".join(map(visible_line, _lines(project, kind, urls=arguments.urls))))
    return Status.FINE


def _lines(project: LockedProject, kind: str, *, urls: bool) -> Iterator[str]:
    """Give a project's lines: series by age, those that stand for no release at the end, and then what is gone.

    What is usual, an inventory and a series that is open, is not said.
    """
    yield f"{project.name}  {project.url}{f'  ({kind})' if kind != Inventory.key else ''}"
    firsts = first_releases(project)
    for series in by_age(project):
        if series.name:
            yield f"  {series.name}{_means(series, firsts.get(series.name, ''))}"
        for release in series.releases:
            yield from _release(release, project.url if urls else "", "    " if series.name else "  ")
    yield from (f"  {name}  (removed)" for name in project.removed)


def _means(series: LockedSeries, first: str) -> str:
    """Return what stands behind a series: the release that it means, and its state."""
    state = f"  ({series.state})" if series.state is not State.OPEN else ""
    return f"{f' = {first}' if first else ''}{state}"


def _release(release: LockedRelease, url: str, indent: str) -> Iterator[str]:
    """Give the line of a release, or, with the address of its project, one for each section as well."""
    if url:
        yield f"{indent}{release.version}"
        yield from (f"{indent}  {slug(each.title)}  {url}{each.target}" for each in release.sections)
    else:
        yield f"{indent}{release.version}  {', '.join(slug(section.title) for section in release.sections)}"
