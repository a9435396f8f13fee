"""Reading the sources of all projects whose release notes a site cites, each with a word on what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from affidavit.cli.fetch import fetch
from affidavit.links.store import cache_folder
from affidavit.model.claims import NoteRef
from affidavit.model.errors import SourceError
from affidavit.model.settings import NoteProject, Settings
from affidavit.notes.facts import Lock, LockedProject
from affidavit.notes.sources.opening import read_project
from affidavit.notes.sources.source import Surroundings


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a project's source."""

    project: NoteProject
    outcome: LockedProject | SourceError


def read_sources(
    projects: Sequence[NoteProject], settings: Settings, folder: Path, refs: Sequence[NoteRef], lock: Lock
) -> tuple[Read, ...]:
    """Return what the lock file is to hold of each project; ``lock`` is what it holds so far."""
    around = Surroundings(folder, fetch, cache_folder(settings, folder))
    before = {project.name: project for project in lock.projects}
    return tuple(Read(each, _outcome(each, around, refs, before.get(each.name))) for each in projects)


def _outcome(
    project: NoteProject, around: Surroundings, refs: Sequence[NoteRef], before: LockedProject | None
) -> LockedProject | SourceError:
    try:
        return read_project(project, around, refs, before)
    except SourceError as error:
        return error
