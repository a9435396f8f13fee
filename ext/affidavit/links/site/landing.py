"""What addresses come to without their fragments: a file of the site, a URL to ask, or a problem. Pure."""

from __future__ import annotations

import re
from functools import cached_property
from typing import assert_never

from msgspec import Struct

from affidavit.links.address import Malformed as NoAddress
from affidavit.links.address import read_address
from affidavit.links.site.near import Nearest
from affidavit.links.site.problems import Gone, Malformed, Problem, Unsure
from affidavit.links.site.resolve import (
    Above,
    Home,
    Inside,
    Other,
    Outside,
    Standpoint,
    Unusable,
    resolve,
    trimmed,
)
from affidavit.links.site.tree import Absent, File, Tree, Unknown, folder_of, folders_above

_ABOVE = "it leads out of the site's folder, and nobody said where that is published (--base-url)"


class Landing(Struct, frozen=True):
    """Where an address leads.

    ``file`` is that of the site, ``problem`` what keeps it from being one; ``url`` is to be asked where there is no
    file, or where the file lacks the anchor. All are empty where there is nothing to check.
    """

    file: str = ""
    url: str = ""
    problem: Problem | None = None


ITSELF = Landing()
"""Where an address leads that has nothing before its query or fragment: to the page that it stands on."""

_UP = "../"
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


class Landings:
    """Works out where addresses lead."""

    def __init__(self, tree: Tree, site: Home | None) -> None:
        self._tree = tree
        self._site = site
        self._from: dict[tuple[str, str], LandingsFrom] = {}
        self.plain = {file: Landing(file) for file in tree.files if _PLAIN.fullmatch(file)}
        """The files that are spelled the same in addresses."""

    @cached_property
    def nearest(self) -> Nearest:
        """Return what finds that which may be meant."""
        return Nearest(self._tree.files)

    def seen_from(self, stand: Standpoint) -> LandingsFrom:
        """Return where addresses lead from a standpoint; it is shared by all pages of a folder."""
        key = (folder_of(stand.path), stand.url)
        return self._from.get(key) or self._from.setdefault(key, LandingsFrom(self, stand))

    def itself(self, stand: Standpoint) -> Landing:
        """Return where addresses lead that are nothing but a query or a fragment."""
        return self._landing("", stand)

    def find(self, address: str, stand: Standpoint) -> Landing:
        """Return where an address leads, as it is written and without its fragment."""
        trim = trimmed(address)
        return ITSELF if trim[:1] in ("", "?") else self._landing(trim, stand)

    def _landing(self, address: str, stand: Standpoint) -> Landing:
        target = resolve(address, stand, self._site)
        match target:
            case Inside(path, otherwise):
                return self._inside(path, otherwise)
            case Outside(url):
                read = read_address(url)
                return Landing(problem=Malformed(read.reason)) if isinstance(read, NoAddress) else Landing(url=url)
            case Above():
                return Landing(problem=Unsure(_ABOVE))
            case Unusable(reason):
                return Landing(problem=Malformed(reason))
            case Other():
                return Landing()
            case _:  # pragma: no cover
                assert_never(target)

    def _inside(self, path: str, otherwise: str) -> Landing:
        found = self._tree.find(path)
        match found:
            case File(file):
                return Landing(file, otherwise)
            case Absent(reason):
                return Landing(url=otherwise) if otherwise else Landing(problem=self._gone(path, reason))
            case Unknown(reason):
                return Landing(problem=Unsure(reason))
            case _:  # pragma: no cover
                assert_never(found)

    def _gone(self, path: str, reason: str) -> Gone:
        return Gone(path, reason, self.nearest.file(path))


class LandingsFrom:
    """Works out where addresses lead from one standpoint."""

    def __init__(self, landings: Landings, stand: Standpoint) -> None:
        self._landings = landings
        self._stand = stand
        self._above = [f"{each}/".removeprefix("/") for each in reversed(folders_above(stand.path))]

    def find(self, address: str) -> Landing:
        """Return where an address leads, as it is written and without its fragment."""
        return self._plainly(address) or self._landings.find(address, self._stand)

    def _plainly(self, address: str) -> Landing | None:
        """Return the file that an address spells out letter by letter, as most do; that is soon known."""
        if self._stand.url:
            return None
        steps = 0
        while address.startswith(_UP, len(_UP) * steps):
            steps += 1
        folder = self._above[steps] if steps < len(self._above) else None
        return None if folder is None else self._landings.plain.get(folder + address[len(_UP) * steps :])
