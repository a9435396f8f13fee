"""The files of a finished site, and which of them a web server gives for a path. Pure.

Paths are decoded, relative to the site's folder, with ``/`` between their parts; the folder itself is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from msgspec import Struct, field

PAGES = (".html", ".htm", ".xhtml")
"""The endings, in any case, of files that hold links and anchors."""

INDEXES = ("index.html", "index.htm", "index.xhtml")
"""What is shown in place of a folder: the first of these that it has."""


class File(Struct, frozen=True):
    """The file that a server gives for a path."""

    path: str


class Absent(Struct, frozen=True):
    """There is none; ``reason`` is a clause that says why."""

    reason: str


class Unknown(Struct, frozen=True):
    """Whether there is one cannot be told; ``reason`` is a clause that says why."""

    reason: str


Found = File | Absent | Unknown


class Tree(Struct, frozen=True):
    """All files and folders below the site's, symbolic links apart.

    ``links`` are the symbolic links that stay inside, by where they lead, followed to the end; ``outside`` are those
    that lead out of the site, ``closed`` the folders that could not be listed.
    """

    files: frozenset[str]
    folders: frozenset[str] = frozenset({""})
    links: Mapping[str, str] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    def find(self, path: str) -> Found:
        """Return the file for a path; one that ends in ``/``, or is empty, asks for a folder.

        Letter case counts, as it does for the web, whatever the file system of this machine thinks of it. A path
        without its ``.html`` is taken as good: most hosts of finished sites complete it, and so there are generators
        that link so throughout.
        """
        place = self._followed(path.removesuffix("/"))
        if isinstance(place, Unknown):
            return place
        asks_folder = path == "" or path.endswith("/")
        if place in self.files:
            return Absent("that is a file, but is linked as a folder") if asks_folder else File(place)
        if place in self.folders:
            return self._index(place)
        if not asks_folder and f"{place}.html" in self.files:
            return File(f"{place}.html")
        return Absent("the site has no such file")

    def _index(self, folder: str) -> Found:
        found = (self.find(f"{folder}/{name}" if folder else name) for name in INDEXES)
        absent = Absent(f"that is a folder without {INDEXES[0]}")
        return next((each for each in found if not isinstance(each, Absent)), absent)

    def _followed(self, path: str) -> str | Unknown:
        """Return a path without symbolic links in it."""
        if path in self.files or not (self.links or self.outside or self.closed):
            return path
        place = ""
        for part in path.split("/"):
            place = f"{place}/{part}" if place else part
            place = self.links.get(place, place)
            if place in self.outside:
                return Unknown(f"{place} is a symbolic link that leads out of the site's folder")
            if place in self.closed:
                return Unknown(f"the folder {place} could not be read")
        return place


def folder_of(path: str) -> str:
    """Return the folder that a file stands in."""
    return path.rpartition("/")[0]


def folders_above(path: str) -> list[str]:
    """Return all folders that a file stands in, the site's own first."""
    parts = path.split("/")[:-1]
    return ["", *accumulate(parts, lambda above, name: f"{above}/{name}")]
