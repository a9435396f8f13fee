"""What an address that leads nowhere may have meant. Pure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from affidavit.links.site.tree import folder_of

_MOST_COMPARED = 200_000
"""Names that are compared letter by letter in all, which takes a second or two; then only equal ones are found."""

_ANCHORS = 3
_CLOSE = 0.75
"""Of 1, by which names are close; below that, numbered pages are all close to each other."""


class Nearest:
    """Finds the paths and anchors that are spelled nearly as what is missing; the same question is worked out once."""

    def __init__(self, files: Iterable[str]) -> None:
        self._alike = defaultdict[str, list[str]](list)
        self._named = defaultdict[str, list[str]](list)
        self._beside = defaultdict[str, list[str]](list)
        for path in sorted(files):
            self._alike[_folded(path)].append(path)
            self._named[_name(path)].append(path)
            self._beside[folder_of(path)].append(_name(path))
        self._left = _MOST_COMPARED
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def file(self, path: str) -> str:
        """Return the file that is spelled alike, is the only one of its name, or stands nearby with a close name."""
        known = self._known.get((path, ""))
        if known is None:
            same = self._alike.get(_folded(path), ()) or self._named.get(_name(path), ())
            known = self._known[path, ""] = tuple(same if len(same) == 1 else self._beside_it(path))
        return next(iter(known), "")

    def anchors(self, file: str, fragment: str, anchors: Collection[str]) -> tuple[str, ...]:
        """Return the anchors of a file that are spelled alike, or else those that are closest."""
        key = (file, fragment)
        if key not in self._known:
            alike = [each for each in anchors if _folded(each) == _folded(fragment)]
            self._known[key] = tuple(alike[:_ANCHORS] or self._close(fragment, anchors, _ANCHORS))
        return self._known[key]

    def _beside_it(self, path: str) -> list[str]:
        folder = folder_of(path)
        names = self._close(_name(path), self._beside.get(folder, ()), 1)
        return [f"{folder}/{name}".removeprefix("/") for name in names]

    def _close(self, word: str, names: Collection[str], most: int) -> list[str]:
        self._left -= len(names)
        return get_close_matches(word, names, most, _CLOSE) if self._left >= 0 else []


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
