"""The folder in which a repository's index is kept: read if it is whole and fits, and written in one step a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from affidavit.files import replace_text
from affidavit.notes.reno_index import Chapter, Index, chapter_of, chapter_text, index_of, index_text

_INDEX = "index.json"
_LIMIT = 256 * 1024 * 1024
"""The most bytes of a file; the texts of all of Glance's notes come to less than one MiB."""


class Shelf(Struct, frozen=True):
    """The files of one source; ``None`` as a folder keeps nothing.

    What cannot be read or written is not there: a cache that fails costs time, and nothing else.
    """

    folder: Path | None

    def index(self, key: str) -> Index | None:
        """Return the index that was made for a key."""
        return index_of(self._read(_INDEX), key)

    def chapter(self, key: str) -> Chapter | None:
        """Return the chapter that was made for a key."""
        return chapter_of(self._read(f"{key}.json"), key)

    def keep(self, key: str, index: Index, chapters: Mapping[str, Chapter]) -> None:
        """Write chapters, and then the index that names them; throw away what it does not name."""
        if self.folder is None:
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, chapter in chapters.items():
                if self.chapter(name) != chapter:
                    replace_text(self.folder / f"{name}.json", chapter_text(name, chapter))
            replace_text(self.folder / _INDEX, index_text(key, index))
            _throw_away(self.folder, {_INDEX, *(f"{name}.json" for name in index.chapters)})

    def _read(self, name: str) -> str:
        if self.folder is None:
            return ""
        try:
            with (self.folder / name).open(encoding="utf-8") as file:
                return file.read(_LIMIT)
        except (OSError, ValueError):
            return ""


def shelf_for(cache: Path | None, place: Path, folder: str) -> Shelf:
    """Return where the index of a repository's folder is kept, below the folder that is given for caches."""
    if cache is None:
        return Shelf(None)
    name = hashlib.sha256(f"{place}\n{folder}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Shelf(cache / "git-notes" / name)


def _throw_away(folder: Path, named: Iterable[str]) -> None:
    for file in folder.glob("*.json"):
        if file.name not in named:
            file.unlink(missing_ok=True)
