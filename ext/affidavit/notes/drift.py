"""The lock file beside the release notes as they are now: which references drift, and whether it is behind. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, Refuted, finding
from affidavit.notes.changes import summary
from affidavit.notes.compare import compare, upstream
from affidavit.notes.facts import Lock, LockedProject
from affidavit.notes.lookup import Index
from affidavit.notes.rules import Resolved, resolve, verdict


class Unread(Struct, frozen=True):
    """Why the release notes of a project could not be read, and what to do about it."""

    reason: str
    advice: str = ""


Fresh = Mapping[str, LockedProject | Unread]
"""What the sources of projects have now, by the names of the projects; of the others nobody asked."""


class Turn(StrEnum):
    """What a new lock file would make of a reference."""

    OTHER = "other"
    BROKEN = "broken"
    MENDED = "mended"


class Drift(Struct, frozen=True):
    """A reference of which the lock file says something else than the source, and in which way."""

    ref: NoteRef
    project: str
    turn: Turn
    told: str
    advice: str = ""


class Drifting:
    """Tells of references whether they drift.

    Addresses of projects are left aside: where a setting has changed one, another finding tells of that.
    """

    def __init__(self, before: Index, fresh: Fresh) -> None:
        now = {name: each for name, each in fresh.items() if isinstance(each, LockedProject)}
        held = {each.name: each for each in before.lock.projects}
        now |= {name: _beside(held[name], now.get(name)) for name in held}
        self._before, self._now = before, Index(Lock(tuple(now.values())))
        self._same = {name for name, each in now.items() if held.get(name) == each}

    def of(self, ref: NoteRef) -> Drift | None:
        """Return how a reference drifts, ``None`` where it is the same as ever, or wrong before and after."""
        project = self._before.project(ref.project)
        if project is not None and project.name in self._same:
            return None
        before, now = resolve(ref, self._before), resolve(ref, self._now)
        if isinstance(before, Resolved):
            return self._of_meaning(ref, before, now) if isinstance(now, Resolved) else _gone(ref, before, now)
        if isinstance(now, Resolved):
            told = f"`{ref.target}` means nothing by the lock file, and {_spot(now)} by its source."
            return Drift(ref, now.project, Turn.MENDED, told)
        return None

    def _of_meaning(self, ref: NoteRef, before: Resolved, now: Resolved) -> Drift | None:
        if _spot(before) != _spot(now):
            told = f"`{ref.target}` means {_spot(before)} by the lock file, and {_spot(now)} by its source."
            return Drift(ref, now.project, Turn.OTHER, told)
        if before.url != now.url:
            told = f"`{ref.target}` leads to {before.url} by the lock file, and to {now.url} by its source."
            return Drift(ref, now.project, Turn.OTHER, told)
        return self._of_words(ref, now.project) if ref.words else None

    def _of_words(self, ref: NoteRef, project: str) -> Drift | None:
        before, now = verdict(ref, self._before), verdict(ref, self._now)
        if isinstance(now, Refuted) and not isinstance(before, Refuted):
            told = " ".join(f"`{ref.target}`, by its source, {_why(each, ref)}" for each in now.findings)
            return Drift(ref, project, Turn.BROKEN, told, now.findings[0].advice)
        if isinstance(before, Refuted) and not isinstance(now, Refuted):
            return Drift(ref, project, Turn.MENDED, f"`{ref.target}` has the words that it quotes by its source.")
        return None


def changed(drift: Drift) -> Finding | None:
    """Return the finding that a reference that held by the lock file does not mean the same by its source."""
    if drift.turn is Turn.MENDED:
        return None
    advice = f"{drift.advice} Run `affidavit notes lock` for that." if drift.advice else ""
    return finding(Code.NOTE_CHANGED, drift.ref.place, drift.told, advice)


def behind(lock: Lock, fresh: Fresh, place: Place) -> Iterator[Finding]:
    """Yield of each project whether the lock file, which is in ``place``, is older than its source, or nobody knows."""
    held = {project.name: project for project in lock.projects}
    for name in sorted(fresh.keys() & held.keys()):
        now = fresh[name]
        if isinstance(now, Unread):
            yield finding(Code.LOCK_UNCHECKED, place, now.reason, now.advice)
        elif changes := upstream(compare(held[name], replace(now, url=held[name].url))):
            message = f"The release notes of `{name}` have changed since the lock file was written: {summary(changes)}."
            yield finding(Code.LOCK_BEHIND, place, message)


def _beside(held: LockedProject, now: LockedProject | None) -> LockedProject:
    return replace(now, url=held.url) if now else held


def _gone(ref: NoteRef, before: Resolved, now: Finding) -> Drift:
    told = f"`{ref.target}` means {_spot(before)} by the lock file; by its source, it {_why(now, ref)}"
    return Drift(ref, before.project, Turn.BROKEN, told, now.advice)


def _why(found: Finding, ref: NoteRef) -> str:
    """Return what a finding says of a reference, which stands first in it, as in all that is said of one."""
    return found.message.removeprefix(f"`{ref.target}` ")


def _spot(found: Resolved) -> str:
    release = f"{found.version} ({found.series})" if found.series else found.version
    return f"“{found.title}” of {found.project} {release}"
