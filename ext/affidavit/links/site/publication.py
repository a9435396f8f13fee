"""Where a finished site is published, by the canonical addresses that its pages give themselves. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from msgspec.structs import replace

from affidavit.links.site.resolve import Home, home
from affidavit.links.site.tree import INDEXES


def hinted_home(pages: Iterable[tuple[str, str]]) -> Home | None:
    """Return the place that most pages agree on; ``pages`` are paths with canonical addresses, which may be empty.

    It is a hint only: the pages of an old version may name those of the newest one.
    """
    named = [(path, address) for path, address in pages if address]
    places = Counter(place for path, address in named if (place := _place(path, address)))
    for place, number in places.most_common(1):
        if 2 * number > len(named):
            return _read(place)
    return None


def _read(place: str) -> Home | None:
    try:
        return replace(home(place), certain=False)
    except ValueError:
        return None


def _place(path: str, address: str) -> str:
    """Return the folder that an address leaves when the page's path is taken off its end; empty if it does not fit."""
    for end in _spellings(path):
        for written in (end, quote(end, errors="surrogateescape")):
            if address.endswith(f"/{written}"):
                return address.removesuffix(written)
    return ""


def _spellings(path: str) -> Iterator[str]:
    """Yield the ways in which servers let a page be asked for: as a file, as a folder, and without its ending."""
    yield path
    folder, slash, name = path.rpartition("/")
    if name in INDEXES:
        yield folder + slash
        yield folder
    else:
        yield path.rpartition(".")[0]
