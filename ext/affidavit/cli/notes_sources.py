"""Reading the sources of all projects whose release notes a site cites, each with a word on what is wrong with it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from affidavit.cli.fetch import fetch
from affidavit.cli.notes_progress import Watch
from affidavit.links.store import cache_folder
from affidavit.model.claims import NoteRef
from affidavit.model.errors import SourceError
from affidavit.model.settings import NoteProject, Settings
from affidavit.notes.facts import Lock, LockedProject, count
from affidavit.notes.sources.opening import read_project
from affidavit.notes.sources.source import Surroundings


class Read(Struct, frozen=True):
    """What came of reading a project's source."""

    project: NoteProject
    outcome: LockedProject | SourceError


class Ground(Struct, frozen=True):
    """What reading sources takes besides their projects: settings, the folder of conf.py, references, and the lock.

    ``lock`` is what the lock file holds so far.
    """

    settings: Settings
    folder: Path
    refs: Sequence[NoteRef]
    lock: Lock


def read_sources(projects: Sequence[NoteProject], ground: Ground, watch: Watch) -> Iterator[Read]:
    """Yield what the lock file is to hold of each project, as soon as it is read."""
    fetching = partial(fetch, allowed=ground.settings.allowed)
    around = Surroundings(ground.folder, fetching, cache_folder(ground.settings, ground.folder))
    before = {project.name: project for project in ground.lock.projects}
    for project in projects:
        begun = time.monotonic()
        with watch.step(f"Reading the release notes of {project.name} ({project.source.key})"):
            read = Read(project, _outcome(project, around, ground.refs, before.get(project.name)))
        watch.done(f"{_line(read)}, {time.monotonic() - begun:.1f} s")
        yield read


def _outcome(
    project: NoteProject, around: Surroundings, refs: Sequence[NoteRef], before: LockedProject | None
) -> LockedProject | SourceError:
    try:
        return read_project(project, around, refs, before)
    except SourceError as error:
        return error


def _line(read: Read) -> str:
    held = read.outcome
    told = str(count(Lock((held,)))).split(", ", 2)[2] if isinstance(held, LockedProject) else "cannot be read"
    return f"{read.project.name} ({read.project.source.key}): {told}"
