"""How the release notes of a project can differ from what the lock file holds of them, and in which words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct


class Kind(StrEnum):
    """The closed list of differences; their order is that in which they are told."""

    PROJECT_ADDED = "project-added"
    PROJECT_REMOVED = "project-removed"
    ADDRESS_CHANGED = "address-changed"
    SERIES_ADDED = "series-added"
    SERIES_REMOVED = "series-removed"
    SERIES_FORGOTTEN = "series-forgotten"
    STATE_CHANGED = "state-changed"
    RELEASE_ADDED = "release-added"
    RELEASE_REMOVED = "release-removed"
    SECTION_ADDED = "section-added"
    SECTION_REMOVED = "section-removed"
    TARGET_CHANGED = "target-changed"
    TEXT_CHANGED = "text-changed"
    WORDS_CHANGED = "words-changed"
    WORDS_ASKED = "words-asked"
    NOTE_DROPPED = "note-dropped"
    NOTE_MENDED = "note-mended"


class Wording(Struct, frozen=True):
    """How a difference is told: its mark, as those of ``diff``, its line, and what several of it are called."""

    mark: str
    line: str
    several: str


WORDINGS: Mapping[Kind, Wording] = MappingProxyType(
    {
        Kind.PROJECT_ADDED: Wording("+", "the whole project: {now}", "{} new project{s}"),
        Kind.PROJECT_REMOVED: Wording("-", "the whole project: {before}", "{} project{s} gone"),
        Kind.ADDRESS_CHANGED: Wording("~", "address: {before}, now {now}", "{} address{es} changed"),
        Kind.SERIES_ADDED: Wording("+", "series {series}: {now}", "{} new series"),
        Kind.SERIES_REMOVED: Wording("-", "series {series}: {before}", "{} series gone"),
        Kind.SERIES_FORGOTTEN: Wording("~", "series {series}: no longer known to be gone", "{} series forgotten"),
        Kind.STATE_CHANGED: Wording("~", "series {series}: {before}, now {now}", "{} series in another state"),
        Kind.RELEASE_ADDED: Wording("+", "release {release}: {now}", "{} new release{s}"),
        Kind.RELEASE_REMOVED: Wording("-", "release {release}: {before}", "{} release{s} gone"),
        Kind.SECTION_ADDED: Wording("+", "section {release}, {section}", "{} new section{s}"),
        Kind.SECTION_REMOVED: Wording("-", "section {release}, {section}", "{} section{s} gone"),
        Kind.TARGET_CHANGED: Wording(
            "~", "section {release}, {section}: at {before}, now at {now}", "{} section{s} moved"
        ),
        Kind.TEXT_CHANGED: Wording(
            "~", "section {release}, {section}: another text", "{} section{s} with another text"
        ),
        Kind.WORDS_CHANGED: Wording(
            "~", "section {release}, {section}: “{words}” {before}, now {now}", "{} quotation{s} answered otherwise"
        ),
        Kind.WORDS_ASKED: Wording(
            "~", "section {release}, {section}: “{words}” {before}, now {now}", "{} quotation{s} new or gone"
        ),
        Kind.NOTE_DROPPED: Wording("+", "note {note}, which is not published in full: {now}", "{} note{s} dropped"),
        Kind.NOTE_MENDED: Wording("-", "note {note}, which was not published in full: {before}", "{} note{s} mended"),
    }
)
"""The words of each difference."""


class Change(Struct, frozen=True):
    """One difference: where it is, as far down as it goes, and what stood and stands there."""

    kind: Kind
    series: str = ""
    version: str = ""
    section: str = ""
    words: str = ""
    note: str = ""
    before: str = ""
    now: str = ""

    def __str__(self) -> str:
        """Return it on one line, with its mark."""
        wording = WORDINGS[self.kind]
        release = f"{self.version} ({self.series})" if self.series else self.version
        line = wording.line.format(
            series=self.series or "without a name",
            release=release,
            section=self.section,
            words=self.words,
            note=self.note,
            before=self.before,
            now=self.now,
        )
        return f"{wording.mark} {line}"


def summary(changes: Iterable[Change]) -> str:
    """Return how many differences of each kind there are, in words."""
    numbers = Counter(each.kind for each in changes)
    return ", ".join(_several(kind, numbers[kind]) for kind in Kind if numbers[kind])


def _several(kind: Kind, number: int) -> str:
    plural = number != 1
    return WORDINGS[kind].several.format(number, s="s" if plural else "", es="es" if plural else "")
