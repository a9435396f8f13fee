"""The seam: what every source of release notes can be asked, and what it is given of the world.

Rooms do not import each other, so what fetches a URL is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from affidavit.notes.facts import Facts, Heading

Fetch = Callable[[str], bytes]
"""Returns what an http or https URL answers, or raises :class:`~affidavit.model.errors.SourceError`."""

LIMIT = 16 * 1024 * 1024
"""The most bytes that a file or an answer may have."""


class Surroundings(Struct, frozen=True):
    """What a source needs besides its settings.

    Relative files are below ``folder``, that of conf.py. ``cache`` is the folder for what is costly to find out again,
    ``None`` for none: a source works without it as well.
    """

    folder: Path
    fetch: Fetch
    cache: Path | None = None


class Source(Protocol):
    """The release notes of one project. Both methods raise :class:`~affidavit.model.errors.SourceError`."""

    def facts(self) -> Facts:
        """Return all sections, and what else is known of them."""
        ...

    def texts(self, wanted: Collection[Heading]) -> Mapping[Heading, str]:
        """Return the texts of a few of these sections; one whose text cannot be had is left out."""
        ...
