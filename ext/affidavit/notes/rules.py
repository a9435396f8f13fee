"""What a reference to release notes means: read from what the author wrote, resolved against the lock. Pure.

``[project:]release#section``, where a release is a version (``15.0.0``), a series (``pike``), or
``series/version`` where a version stands in two series.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, finding
from affidavit.notes import advice
from affidavit.notes.facts import Lock, LockedProject
from affidavit.notes.lookup import Hit, hits_of, spots_of

RESERVED = frozenset('<>"`')
"""Characters that no reference has, so that later forms of it can be told apart."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The one section that a reference means, and the URL of its exact anchor."""

    url: str
    project: str
    series: str
    version: str
    title: str


def split_targets(text: str) -> tuple[str, ...]:
    """Return the references of an option that lists several, between commas or on lines of their own."""
    return tuple(target for part in re.split(r"[,\n]", text) if (target := part.strip()))


def parse_target(text: str, place: Place) -> NoteRef | Finding:
    """Return the reference that a text is, or the finding that it is none.

    A bare ``#section`` is one: only the lock can tell what it may have meant.
    """
    target = " ".join(text.split())
    head, _, section = target.partition("#")
    project, colon, release = head.rpartition(":")
    ref = NoteRef(project.strip(), release.strip(), section.strip(), target, place)
    if fault := _fault(ref, has_project=bool(colon)):
        return finding(Code.NOTE_MALFORMED, place, f"`{target}` is no reference to release notes: {fault}.")
    return ref


def _fault(ref: NoteRef, *, has_project: bool) -> str:
    """Return what keeps a text from being a reference; empty if nothing does."""
    faults = (
        (not ref.target, "it is empty"),
        ("#" not in ref.target, "it lacks a `#` with the section"),
        ("#" in ref.section, "it has more than one `#`"),
        (":" in ref.project, "it has more than one `:` before the `#`"),
        (bool(RESERVED & set(ref.target)), "it has quotes or angle brackets"),
        (re.search(r"\w", ref.section) is None, "it names no section behind the `#`"),
        (has_project and not ref.project, "it names no project before the `:`"),
        (bool(ref.release) and "" in map(str.strip, ref.release.split("/")), "a name is missing beside the `/`"),
    )
    return next((told for wrong, told in faults if wrong), "")


def resolve(ref: NoteRef, lock: Lock) -> Resolved | Finding:
    """Return the section that a reference means, or the finding that it means none or several."""
    project = _project(ref, lock)
    if isinstance(project, Finding):
        return project
    if not ref.release:
        return advice.bare(ref, project)
    spots = spots_of(project, ref.release)
    if not spots:
        return advice.release_unknown(ref, project)
    match hits_of(spots, ref.section):
        case []:
            return advice.section_unknown(ref, project, spots)
        case [Hit(spot, section)]:
            url = f"{project.url}{spot.series.page}#{section.anchor}"
            return Resolved(url, project.name, spot.series.name, spot.release.version, section.title)
        case several:
            return advice.ambiguous(ref, several)


def _project(ref: NoteRef, lock: Lock) -> LockedProject | Finding:
    known = {project.name: project for project in lock.projects}
    if ref.project in known:
        return known[ref.project]
    if len(known) == 1 and not ref.project:
        return lock.projects[0]
    return advice.project_unknown(ref, lock) if ref.project or not known else advice.no_project(ref, lock)


def outdated(lock: Lock, urls: Mapping[str, str], place: Place) -> Iterator[Finding]:
    """Yield where the lock differs from the settings in ``place``, which give each project's URL by its name."""
    locked = {project.name: project.url for project in lock.projects}
    for name in sorted(locked.keys() | urls.keys()):
        if name not in locked:
            yield finding(Code.LOCK_OUTDATED, place, f"The lock file does not hold the project `{name}`.")
        elif name not in urls:
            yield finding(Code.LOCK_OUTDATED, place, f"The lock file holds `{name}`, which no setting names.")
        elif locked[name].rstrip("/") != urls[name].rstrip("/"):
            message = f"The lock file has the project `{name}` at {locked[name]}, the setting at {urls[name]}."
            yield finding(Code.LOCK_OUTDATED, place, message)
