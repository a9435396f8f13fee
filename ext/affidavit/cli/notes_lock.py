"""``affidavit notes lock``: write what is published of release notes to the lock file."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from affidavit.cli.notes_progress import watch
from affidavit.cli.notes_projects import projects_of
from affidavit.cli.notes_sources import Ground, read_sources
from affidavit.cli.outcome import Status, say, tell
from affidavit.cli.processes import processes
from affidavit.cli.project import gather
from affidavit.cli.site import Site, read_site
from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.errors import LockError, SourceError
from affidavit.model.plain import natural
from affidavit.model.verdicts import Refuted
from affidavit.notes.facts import Lock, LockedProject, Saying, count
from affidavit.notes.lock import dumps, read_lock, write_lock
from affidavit.notes.lookup import Index
from affidavit.notes.rules import verdict


def run(arguments: Namespace) -> Status:
    """Read all projects and write the lock file; if some cannot be read, tell of each and write nothing."""
    site, shown = read_site(arguments.sourcedir), watch()
    projects = projects_of(site, arguments.source)
    with shown.step("Reading the pages, for the words that they quote"):
        refs = gather(site.folder, processes(arguments.jobs), warn=False).corpus.notes
    read = tuple(read_sources(projects, Ground(site.settings, site.folder, refs, _before(site)), shown))
    errors = [each.outcome for each in read if isinstance(each.outcome, SourceError)]
    for error in errors:
        tell(error)
    if errors:
        return Status.ERRORS
    locked = [each.outcome for each in read if isinstance(each.outcome, LockedProject)]
    lock = Lock(tuple(sorted(locked, key=lambda each: natural(each.name))))
    _write(site.lock, lock)
    _tell_of_words(lock, refs)
    return Status.FINE


def _before(site: Site) -> Lock:
    """Return what the lock file holds; nothing if there is none, or none that could be used."""
    try:
        return read_lock(site.lock)
    except LockError:
        return Lock()


def _write(path: Path, lock: Lock) -> None:
    unchanged = _is_current(path, dumps(lock))
    if not unchanged:
        write_lock(path, lock)
    say(f"{path}: {'unchanged' if unchanged else 'written'}, {count(lock)}")


def _is_current(path: Path, text: str) -> bool:
    """Return whether a file has a text already, with whatever line ends version control gave it."""
    try:
        return path.is_file() and path.read_text(encoding="utf-8") == text
    except (OSError, ValueError):
        return False


def _tell_of_words(lock: Lock, refs: Sequence[NoteRef]) -> None:
    """Say how many quoted words were found, and tell of each reference on which the next build will fail."""
    sayings = Counter(saying.found for saying in _sayings(lock))
    if not sayings:
        return
    told = {True: "found", False: "not found", None: "in texts that are out of reach"}
    say(f"Words that pages quote: {', '.join(f'{sayings[found]} {word}' for found, word in told.items())}")
    for ref, reason in _missing(lock, refs):
        tell(f"{ref.place}: {reason} The next build says so.")


def _sayings(lock: Lock) -> Iterator[Saying]:
    series = (each for project in lock.projects for each in project.series)
    sections = (section for each in series for release in each.releases for section in release.sections)
    return (saying for section in sections for saying in section.says)


def _missing(lock: Lock, refs: Sequence[NoteRef]) -> Iterator[tuple[NoteRef, str]]:
    index = Index(lock)
    for ref in refs:
        found = verdict(ref, index) if ref.words else None
        if isinstance(found, Refuted):
            yield from ((ref, each.message) for each in found.findings if each.code is Code.NOTE_WORDS_MISSING)
