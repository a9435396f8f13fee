"""``affidavit notes lock``: write what is published of release notes to the lock file."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from affidavit.cli.notes_sources import read_sources
from affidavit.cli.outcome import Status, UsageError, say, tell
from affidavit.cli.parser import Source
from affidavit.cli.project import gather
from affidavit.cli.site import Site, read_site
from affidavit.model.errors import AffidavitError, LockError, SourceError
from affidavit.model.settings import NoteProject
from affidavit.notes.facts import Lock, LockedProject, count, natural
from affidavit.notes.lock import dumps, read_lock, write_lock
from affidavit.notes.sources.places import is_url


def run(arguments: Namespace) -> Status:
    """Read all projects and write the lock file; if some cannot be read, tell of each and write nothing."""
    site = read_site(arguments.sourcedir)
    projects = _projects(site, arguments.source)
    refs = gather(site.folder, 1).corpus.notes
    read = read_sources(projects, site.settings, site.folder, refs, _before(site))
    errors = [each.outcome for each in read if isinstance(each.outcome, SourceError)]
    for error in errors:
        tell(error)
    if errors:
        return Status.ERRORS
    locked = [each.outcome for each in read if isinstance(each.outcome, LockedProject)]
    _write(site.lock, Lock(tuple(sorted(locked, key=lambda each: natural(each.name)))))
    return Status.FINE


def _before(site: Site) -> Lock:
    """Return what the lock file holds; nothing if there is none, or none that could be used."""
    try:
        return read_lock(site.lock)
    except LockError:
        return Lock()


def _projects(site: Site, sources: Sequence[Source]) -> tuple[NoteProject, ...]:
    """Return the projects of the settings, with the sources that the command line gives instead."""
    declared = site.settings.projects
    names = [project.name for project in declared]
    if not names:
        raise AffidavitError(
            f"`{site.folder / 'conf.py'}` names no project whose release notes could be locked.",
            advice='Set `affidavit_release_notes = {"NAME": {"inventory": FILE_OR_URL, "url": BASE_URL}}` in it.',
        )
    for source, number in Counter(source.project for source in sources).items():
        if source not in names:
            problem = f"`--source` names `{source}`, which `affidavit_release_notes` does not have."
            raise UsageError(problem, advice=f"It has {', '.join(names)}; add it there with its `url`.")
        if number > 1:
            raise UsageError(f"`--source` is given twice for `{source}`.", advice="Give one source for each project.")
    instead = {source.project: _absolute(source.place) for source in sources}
    return tuple(_placed(each, instead.get(each.name, each.source.place)) for each in declared)


def _placed(project: NoteProject, place: str) -> NoteProject:
    return replace(project, source=replace(project.source, place=place))


def _absolute(place: str) -> str:
    """Return a source of the command line, where files are meant from the current folder, not from that of conf.py."""
    return place if is_url(place) else str(Path(place).absolute())


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
