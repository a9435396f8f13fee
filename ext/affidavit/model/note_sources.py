"""Where release notes can be read from: one value for each kind of source, and the key that names it in ``conf.py``.

``place`` is always what a source is read from; each kind says what else it has.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct


class Anchors(StrEnum):
    """Who publishes a change log, and so which anchors its headings have."""

    GITHUB = "github"
    """A code host that shows Markdown and reStructuredText: GitHub, and those that do as it does."""
    DOCUTILS = "docutils"
    """Sphinx or docutils, from reStructuredText."""
    MYST = "myst"
    """Sphinx with MyST-Parser and ``myst_heading_anchors``."""
    NONE = "none"
    """Nobody gives headings anchors: references lead to the page."""


class Inventory(Struct, frozen=True):
    """A Sphinx inventory of pages that reno made: a file, relative to conf.py, or a URL; empty where none is named."""

    place: str
    key: ClassVar[str] = "inventory"


class GitNotes(Struct, frozen=True):
    """A git repository with notes for reno: the path of a clone, and the folder in it that has the notes."""

    place: str
    folder: str = "releasenotes"
    key: ClassVar[str] = "git"


class Changelog(Struct, frozen=True):
    """One file, in Markdown or reStructuredText, with a heading for each release: a file, or a URL.

    ``anchors`` is ``None`` where the kind of the file is to say it.
    """

    place: str
    anchors: Anchors | None = None
    key: ClassVar[str] = "changelog"


class Published(Struct, frozen=True):
    """A published page of html whose headings have anchors: a file, or a URL."""

    place: str
    key: ClassVar[str] = "page"


class ReleaseList(Struct, frozen=True):
    """A list of releases in JSON, as GitHub's interface gives it: a file, or a URL."""

    place: str
    key: ClassVar[str] = "releases"


NoteSource = Inventory | GitNotes | Changelog | Published | ReleaseList
