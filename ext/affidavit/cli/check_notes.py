"""What the sources of release notes have now, for a check that compares the lock file with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from affidavit.cli.check import Compared
from affidavit.cli.notes_progress import watch
from affidavit.cli.outcome import tell
from affidavit.cli.selection import Selection
from affidavit.gathered import Gathered
from affidavit.model.errors import SourceError
from affidavit.model.settings import NoteProject
from affidavit.model.verdicts import Finding
from affidavit.notes.drift import Unread
from affidavit.notes.facts import Lock, LockedProject
from affidavit.notes.lookup import Index


def read_now(gathered: Gathered, lock: Lock | Finding, selection: Selection, home: Path, *, quiet: bool) -> Compared:
    """Read the sources of the projects that pages cite, as far as that is selected; Ctrl-C ends it.

    Of a project whose settings name no source there is nothing to compare with, nor without a lock file.
    """
    if not isinstance(lock, Lock):
        return Compared({})
    projects = tuple(_cited(gathered, Index(lock), selection))
    fresh: dict[str, LockedProject | Unread] = {}
    try:
        if projects:
            fresh.update(_read(projects, gathered, lock, home, quiet=quiet))  # one by one: an end loses none
    except KeyboardInterrupt:
        left = ", ".join(each.name for each in projects if each.name not in fresh)
        tell(f"Interrupted: not compared with the lock file: {left}. The report has what is known.")
        return Compared(fresh, interrupted=True)
    return Compared(fresh)


def _cited(gathered: Gathered, index: Index, selection: Selection) -> Iterator[NoteProject]:
    """Yield the projects that references mean which count, and that have both a source and a place in the lock file."""
    meant = {index.project(note.project) for note in gathered.corpus.notes if selection.has(note)}
    names = {project.name for project in meant if project}
    return (each for each in gathered.settings.projects if each.name in names and each.source.place)


def _read(
    projects: tuple[NoteProject, ...], gathered: Gathered, lock: Lock, home: Path, *, quiet: bool
) -> Iterator[tuple[str, LockedProject | Unread]]:
    from affidavit.cli.notes_sources import Ground, read_sources  # noqa: PLC0415 -- few checks need what fetches

    ground = Ground(gathered.settings, home, gathered.corpus.notes, lock)
    for each in read_sources(projects, ground, watch(quiet=quiet)):
        match each.outcome:
            case LockedProject() as now:
                yield each.project.name, now
            case SourceError() as error:
                yield each.project.name, Unread(error.problem, error.advice)
