"""Listing the files of a finished site."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from affidavit.links.site.tree import PAGES, Tree

_NOT_PUBLISHED = frozenset({".git", ".hg", ".svn"})
"""What version control keeps beside the pages: no server gives it, and it may be larger than the site."""


class Listing(Struct, frozen=True):
    """A site's files, and its pages with their sizes in bytes, sorted by path."""

    tree: Tree
    pages: tuple[tuple[str, int], ...]


def list_site(folder: Path) -> Listing:
    """List a folder and all below it, without following a symbolic link. Raise `OSError` where it cannot be read.

    A page that is reached by a symbolic link as well is one page.
    """
    root = os.path.realpath(folder)
    found = _Found(root)
    found.enter("")
    while found.waiting:
        below = found.waiting.pop()
        try:
            found.enter(below)
        except OSError:
            found.closed.add(below)
    return Listing(found.tree(), tuple(sorted(found.pages.items())))


class _Found(Struct):
    root: str
    waiting: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    pages: dict[str, int] = field(default_factory=dict)

    def tree(self) -> Tree:
        files, folders, outside, closed = map(frozenset, (self.files, self.folders, self.outside, self.closed))
        return Tree(files, folders, self.links, outside, closed)

    def enter(self, folder: str) -> None:
        for path, entry in _entries(self.root, folder):
            if entry.is_symlink():
                self._link(path, os.path.realpath(entry.path))
            elif entry.is_dir():
                self.waiting.extend([path] if entry.name not in _NOT_PUBLISHED else [])
            elif entry.is_file():
                self._file(path, entry)
        self.folders.add(folder)

    def _file(self, path: str, entry: os.DirEntry[str]) -> None:
        self.files.add(path)
        if path.lower().endswith(PAGES):
            self.pages[path] = entry.stat().st_size

    def _link(self, path: str, target: str) -> None:
        """Keep a symbolic link; one that leads nowhere is nothing."""
        if not os.path.exists(target):  # noqa: PTH110 -- a str as scandir gives it; a Path for each file costs more
            return
        inside = os.path.relpath(target, self.root) if _is_below(target, self.root) else None
        if inside is None:
            self.outside.add(path)
        else:
            self.links[path] = "" if inside == os.curdir else inside.replace(os.sep, "/")


def _entries(root: str, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(f"{root}/{folder}") as entries:
        for entry in entries:
            yield f"{folder}/{entry.name}" if folder else entry.name, entry


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
