"""Where the facts about release notes come from: today a Sphinx inventory, in a file or behind a URL.

Rooms do not import each other, so what fetches a URL is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from affidavit.model.errors import SourceError
from affidavit.model.settings import NoteProject
from affidavit.notes.facts import LockedProject, gather
from affidavit.notes.inventory import headings, sections

Fetch = Callable[[str], bytes]
"""Returns what an http or https URL answers, or raises :class:`SourceError`."""

LIMIT = 16 * 1024 * 1024
"""The most bytes that a file or an answer may have."""


def read_project(project: NoteProject, folder: Path, fetch: Fetch) -> LockedProject:
    """Return all sections of a project's release notes.

    A relative file is one below ``folder``. Raise :class:`SourceError`, with the project's name, where the source is
    missing or is not what it should be.
    """
    try:
        return gather(project.name, project.url, headings(sections(_content(project, folder, fetch))))
    except SourceError as error:
        source = f" from `{project.inventory}`" if project.inventory else ""
        problem = f"The release notes of `{project.name}` cannot be read{source}. {error.problem}"
        raise SourceError(problem, advice=error.advice) from None


def _content(project: NoteProject, folder: Path, fetch: Fetch) -> bytes:
    if not re.fullmatch(r'[^\s:#<>"`]+', project.name):
        raise SourceError("No reference could name it.", advice="Give it a name without blanks, quotes, `:` and `#`.")
    if not project.inventory:
        raise SourceError(
            "No source is named.",
            advice=f"Set its `inventory` in conf.py, or give `--source {project.name}=FILE_OR_URL`.",
        )
    if not is_url(project.inventory):
        return _file(folder / project.inventory)
    if project.inventory.lower().startswith(("http://", "https://")):
        return fetch(project.inventory)
    raise SourceError("It is neither a file nor an http or https address.", advice="Name one of these.")


def is_url(source: str) -> bool:
    """Return whether a source is an address rather than the name of a file."""
    return "://" in source


def _file(path: Path) -> bytes:
    advice = f"Name a file that is there; `{path}` was looked for."
    try:
        if path.exists() and not path.is_file():
            raise SourceError("It is a folder or a device, not a file.", advice=advice)
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise SourceError(f"{reason}.", advice=advice) from None
    if len(content) > LIMIT:
        raise SourceError(f"It has more than {LIMIT // 2**20} MiB.", advice="Name the file `objects.inv`.")
    return content
