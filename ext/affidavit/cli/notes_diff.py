"""``affidavit notes diff``: what changed upstream since the lock file was written, and what that is to references."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from affidavit.cli.check_output import speak_utf_8
from affidavit.cli.check_subject import origin_folder
from affidavit.cli.notes_progress import watch
from affidavit.cli.notes_projects import chosen, projects_of
from affidavit.cli.notes_sources import Ground, Read, read_sources
from affidavit.cli.notes_told import Compared, as_json, as_text
from affidavit.cli.outcome import Status, say, tell
from affidavit.cli.processes import processes
from affidavit.cli.project import gather
from affidavit.cli.site import read_site
from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.errors import LockError, SourceError
from affidavit.model.plain import natural
from affidavit.notes.compare import compare
from affidavit.notes.drift import Drift, Drifting
from affidavit.notes.facts import Lock, LockedProject
from affidavit.notes.lock import read_lock
from affidavit.notes.lookup import Index


def run(arguments: Namespace) -> Status:
    """Compare each project's source with the lock file, and print what differs."""
    site, shown = read_site(arguments.sourcedir), watch()
    projects, lock = projects_of(site, arguments.source), _lock(site.lock)
    wanted = chosen(arguments.project, projects, "`affidavit_release_notes` has")
    with shown.step("Reading the pages, for their references"):
        refs = gather(site.folder, processes(arguments.jobs), warn=False).corpus.notes
    read = tuple(read_sources(wanted, Ground(site.settings, site.folder, refs, lock), shown))
    known = {each.name for each in (projects if not arguments.project else lock.projects)}
    gone = (Compared(each.name, each.url, compare(each, None)) for each in lock.projects if each.name not in known)
    compared = sorted((*_all(read, lock, refs, every=arguments.verbose), *gone), key=lambda each: natural(each.project))
    _print(compared, arguments.format, origin_folder(site.folder))
    return _status(compared)


def _lock(path: Path) -> Lock:
    """Return what the lock file holds; where there is none, everything is new."""
    try:
        return read_lock(path)
    except LockError as error:
        if error.code is Code.LOCK_MISSING:
            return Lock()
        raise


def _all(read: Sequence[Read], lock: Lock, refs: Sequence[NoteRef], *, every: bool) -> Iterator[Compared]:
    before = {each.name: each for each in lock.projects}
    drifts = _drifts(read, lock, refs)
    for project, outcome in ((each.project, each.outcome) for each in read):
        match outcome:
            case LockedProject() as now:
                changes = compare(before.get(project.name), now, every=every)
                yield Compared(project.name, project.url, changes, drifts[project.name])
            case SourceError() as error:
                tell(error)
                yield Compared(project.name, project.url, unread=error.problem)


def _drifts(read: Sequence[Read], lock: Lock, refs: Sequence[NoteRef]) -> Mapping[str, tuple[Drift, ...]]:
    """Return the references that drift, in the order of their places, by their projects."""
    fresh = {each.project.name: each.outcome for each in read if isinstance(each.outcome, LockedProject)}
    drifting = Drifting(Index(lock), fresh)
    found = [each for ref in sorted(refs, key=lambda each: each.place) if (each := drifting.of(ref))]
    return {each.project.name: tuple(one for one in found if one.project == each.project.name) for each in read}


def _print(compared: Sequence[Compared], form: str, folder: str) -> None:
    if form == "json":
        speak_utf_8()
        say(as_json(compared))
    elif sys.stdout is not None and sys.stdout.isatty():
        from affidavit.cli.colour import DIFF, show  # noqa: PLC0415 -- rich is worth its time on a terminal only

        show(as_text(compared, folder), styles=DIFF)
    else:
        say(as_text(compared, folder))


def _status(compared: Sequence[Compared]) -> Status:
    """Return the exit status: what has changed for sure comes before what could not be told."""
    states = {each.state for each in compared}
    return Status.ERRORS if "different" in states else Status.UNABLE if "unread" in states else Status.FINE
