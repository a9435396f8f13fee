"""A second look at files that lack what a link wants of them: by the reader that judges pages of the web, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from msgspec.structs import replace

from affidavit.links.marks import Mark
from affidavit.links.reading import Reader
from affidavit.links.seen import PageSeen
from affidavit.links.site.problems import AnchorGone
from affidavit.links.site.sift import Sifted, Suspect, held
from affidavit.links.site.sighting import Sighting, marks, settled, sighting
from affidavit.model.place import Place
from affidavit.model.report import Judged

_PIECE = 64 * 2**10
_MEDIA = {".pdf": "application/pdf", ".xhtml": "application/xhtml+xml"}


def confirm(root: str, sifted: Sifted) -> Iterator[Suspect | Judged]:
    """Yield what is still amiss, or holds, after a second look at what lacks an anchor and at what is in doubt."""
    both = [*((each, False) for each in sifted.suspects), *((each, True) for each in sifted.doubts)]
    sights = _sights(root, {each.problem for each, _ in both if isinstance(each.problem, AnchorGone)})
    for suspect, doubted in both:
        missing = suspect.problem
        if not isinstance(missing, AnchorGone):
            yield suspect
        elif problem := settled(missing, sights[missing.file, missing.fragment], doubted=doubted):
            yield replace(suspect, problem=problem)
        else:
            yield held(suspect.address, Place(suspect.page), f"{missing.file}#{missing.fragment}")


def _sights(root: str, missing: Iterable[AnchorGone]) -> dict[tuple[str, str], Sighting]:
    """Return what is seen of fragments in their files, by both; each file is read once."""
    seen: dict[tuple[str, str], Sighting] = {}
    for file, group in groupby(sorted(missing, key=attrgetter("file")), key=attrgetter("file")):
        wanted = {each.fragment: marks(file, each.fragment) for each in group}
        page = _read(root, file, frozenset().union(*wanted.values()))
        seen |= {(file, fragment): sighting(fragment, each, page) for fragment, each in wanted.items()}
    return seen


def _read(root: str, file: str, wanted: frozenset[Mark]) -> PageSeen:
    media = next((media for end, media in _MEDIA.items() if file.lower().endswith(end)), "text/html")
    reader = Reader(wanted, media, "")
    try:
        ended = all(reader.feed(piece) for piece in _pieces(root, file))
    except OSError:  # it was there a moment ago
        return PageSeen()
    return reader.seen(ended=ended)


def _pieces(root: str, file: str) -> Iterator[bytes]:
    with open(f"{root}/{file}", "rb") as opened:  # noqa: PTH123 -- names that are no text stay as the system gave them
        while piece := opened.read(_PIECE):
            yield piece
