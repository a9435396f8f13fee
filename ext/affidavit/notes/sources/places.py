"""What stands in a file or behind a URL, within bounds."""

from __future__ import annotations

from pathlib import Path

from affidavit.model.errors import SourceError
from affidavit.notes.sources.source import LIMIT, Surroundings


def is_url(place: str) -> bool:
    """Return whether a place is an address rather than the name of a file."""
    return "://" in place


def content_of(place: str, around: Surroundings) -> bytes:
    """Return the bytes at a place; raise :class:`SourceError` where there are none, or too many."""
    if not is_url(place):
        return _file(around.folder / place)
    if place.lower().startswith(("http://", "https://")):
        return around.fetch(place)
    raise SourceError("It is neither a file nor an http or https address.", advice="Name one of these.")


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
        raise SourceError(
            f"It has more than {LIMIT // 2**20} MiB.", advice="Name the file that holds the release notes."
        )
    return content
