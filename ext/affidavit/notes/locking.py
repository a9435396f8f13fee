"""What the lock file is to hold of a project besides its sections: what its texts say, and what is gone. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from affidavit.model.claims import NoteRef
from affidavit.model.plain import natural
from affidavit.notes.facts import (
    Heading,
    Lock,
    LockedProject,
    LockedRelease,
    LockedSection,
    LockedSeries,
    Saying,
)
from affidavit.notes.lookup import Index
from affidavit.notes.rules import Resolved, resolve
from affidavit.notes.words import digest, says

Asked = Mapping[Heading, frozenset[str]]
"""The words that references quote, by the section that they mean."""


def remembering(now: LockedProject, before: LockedProject | None) -> LockedProject:
    """Return a project with the series that it had, by what the lock held before, and has no more."""
    if before is None:
        return now
    had = {*before.removed, *(series.name for series in before.series)}
    removed = had - {series.name for series in now.series} - {""}
    return replace(now, removed=tuple(sorted(removed, key=natural)))


def words_asked(project: LockedProject, refs: Iterable[NoteRef]) -> Asked:
    """Return what references ask of the texts of a project's sections."""
    index = Index(Lock((project,)))
    found: dict[Heading, set[str]] = defaultdict(set)
    for ref in refs:
        if ref.words and ref.project in ("", project.name) and isinstance(means := resolve(ref, index), Resolved):
            target = means.url.removeprefix(project.url)
            found[Heading(means.series, means.version, means.title, target)].update(ref.words)
    return {heading: frozenset(words) for heading, words in found.items()}


def answered(project: LockedProject, asked: Asked, texts: Mapping[Heading, str]) -> LockedProject:
    """Return a project with what its texts say; of a text that is not there, nothing could be told."""
    return replace(project, series=tuple(_series(each, asked, texts) for each in project.series))


def _series(series: LockedSeries, asked: Asked, texts: Mapping[Heading, str]) -> LockedSeries:
    return replace(series, releases=tuple(_release(series, each, asked, texts) for each in series.releases))


def _release(series: LockedSeries, release: LockedRelease, asked: Asked, texts: Mapping[Heading, str]) -> LockedRelease:
    headings = [Heading(series.name, release.version, part.title, part.target) for part in release.sections]
    pairs = zip(headings, release.sections, strict=True)
    sections = (_section(part, asked[at], texts.get(at)) if at in asked else part for at, part in pairs)
    return replace(release, sections=tuple(sections))


def _section(section: LockedSection, words: Iterable[str], text: str | None) -> LockedSection:
    sayings = (Saying(each, None if text is None else says(text, each)) for each in sorted(words, key=natural))
    return replace(section, text="" if text is None else digest(text), says=tuple(sayings))
