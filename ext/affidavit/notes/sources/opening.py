"""From a project's settings to its source, and from that to what the lock file holds of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import assert_never

from affidavit.model.claims import NoteRef
from affidavit.model.errors import SourceError
from affidavit.model.note_sources import Changelog, GitNotes, Inventory, Published, ReleaseList
from affidavit.model.settings import NoteProject
from affidavit.notes.facts import LockedProject, gather
from affidavit.notes.locking import answered, remembering, words_asked
from affidavit.notes.sources.git import GitSource
from affidavit.notes.sources.inventory import InventorySource
from affidavit.notes.sources.releases import release_texts
from affidavit.notes.sources.source import Source, Surroundings
from affidavit.notes.sources.whole import WholeSource, changelog_texts, page_texts


def read_project(
    project: NoteProject, around: Surroundings, asked: Sequence[NoteRef] = (), before: LockedProject | None = None
) -> LockedProject:
    """Return what the lock file is to hold of a project.

    ``asked`` are the references of the site, some of which ask for words; ``before`` is what the lock file held. Raise
    :class:`SourceError`, with the project's name, where the source is missing or is not what it should be.
    """
    with _naming(project):
        return _read(project, open_source(project, around), asked, before)


def _read(project: NoteProject, source: Source, refs: Sequence[NoteRef], before: LockedProject | None) -> LockedProject:
    known = gather(project.name, project.url, source.facts())
    asked = words_asked(known, refs)
    texts = source.texts(asked.keys()) if asked else {}
    return remembering(answered(known, asked, texts), before)


def open_source(project: NoteProject, around: Surroundings) -> Source:
    """Return the source that the settings name for a project."""
    match project.source:
        case Inventory() as given:
            return InventorySource(given, project.url, around)
        case Changelog() as given:
            return WholeSource(partial(changelog_texts, given, around))
        case Published() as given:
            return WholeSource(partial(page_texts, given, around))
        case ReleaseList() as given:
            return WholeSource(partial(release_texts, given, project.url, around))
        case GitNotes() as given:
            return GitSource(given, around)
        case _:  # pragma: no cover
            assert_never(project.source)


@contextmanager
def _naming(project: NoteProject) -> Iterator[None]:
    """Let errors say which project they are about, and where its source is."""
    try:
        _require_names(project)
        yield
    except SourceError as error:
        source = f" from `{project.source.place}`" if project.source.place else ""
        problem = f"The release notes of `{project.name}` cannot be read{source}. {error.problem}"
        raise SourceError(problem, advice=error.advice) from None


def _require_names(project: NoteProject) -> None:
    if not re.fullmatch(r'[^\s:#<>"`]+', project.name):
        advice = "Give it a name without blanks, quotes, `:` and `#`."
        raise SourceError("No reference could name it.", advice=advice)
    if not project.source.place:
        advice = f"Set its `{project.source.key}` in conf.py, or give `--source {project.name}=FILE_OR_URL`."
        raise SourceError("No source is named.", advice=advice)
