"""Joins references to release notes and the lock file: what the lock file makes of what pages cite. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from affidavit.model.claims import Corpus, NoteRef
from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, Refuted, Unable, Verdict
from affidavit.notes import drift
from affidavit.notes.examine import examine
from affidavit.notes.facts import Lock
from affidavit.notes.listing import examine_projects
from affidavit.notes.lookup import Index
from affidavit.notes.rules import Resolved, outdated, verdict
from affidavit.notes.rules import resolve as resolve_locked


def resolve(note: NoteRef, notes: Index | Finding) -> Resolved | Finding:
    """Find the section that a reference names; without a lock the answer is what is wrong with the lock."""
    return resolve_locked(note, notes) if isinstance(notes, Index) else notes


def report_of(
    corpus: Corpus, settings: Settings, lock: Lock | Finding, notes: Index | Finding, fresh: drift.Fresh
) -> Report:
    """Judge all references and lists of a site; ``notes`` is the lock file as references are looked up in it."""
    drifting = drift.Drifting(notes, fresh) if isinstance(notes, Index) and fresh else None
    return Report(
        tuple(Judged(note, _verdict(note, notes, drifting)) for note in corpus.notes),
        (
            *_noticed(corpus, notes, settings),
            *examine_projects(corpus.listings, settings),
            *_of_lock(corpus, lock, fresh, settings),
        ),
    )


def _verdict(note: NoteRef, notes: Index | Finding, drifting: drift.Drifting | None) -> Verdict:
    if not isinstance(notes, Index):
        return Unable(notes.message, notes.code)
    found = verdict(note, notes)
    if drifting is None or isinstance(found, Refuted):
        return found
    drifted = drifting.of(note)
    changed = drift.changed(drifted) if drifted else None
    return Refuted((changed,)) if changed else found


def _of_lock(corpus: Corpus, lock: Lock | Finding, fresh: drift.Fresh, settings: Settings) -> tuple[Finding, ...]:
    """Return what is wrong with the lock file, where any page refers to release notes."""
    if not corpus.notes:
        return ()
    if not isinstance(lock, Lock):
        return (lock,)
    urls = {project.name: project.url for project in settings.projects}
    return (
        *outdated(lock, urls, settings.place),
        *drift.behind(lock, fresh, _lock_file(settings)),
    )


def _lock_file(settings: Settings) -> Place:
    return Place(PurePath(settings.lock).as_posix())


def _noticed(corpus: Corpus, notes: Index | Finding, settings: Settings) -> Iterator[Finding]:
    """Return what is worth knowing about references that do resolve, and about links that should be references."""
    if not corpus.notes or not isinstance(notes, Index):
        return iter(())
    return examine(corpus, settings.releases, notes, _lock_file(settings))
