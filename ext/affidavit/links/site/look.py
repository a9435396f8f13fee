"""Looking at a finished site: all that can be judged of its links by its own files, and what the web is to be asked."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from affidavit.links.site.lines import Lines
from affidavit.links.site.page import Page, Unread, lines_in
from affidavit.links.site.problems import AnchorGone, verdict
from affidavit.links.site.publication import hinted_home
from affidavit.links.site.resolve import Home
from affidavit.links.site.scan import read_text, scan
from affidavit.links.site.sift import Query, Sifted, Suspect, sift
from affidavit.links.site.walk import list_site
from affidavit.model.claims import Link
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Judged
from affidavit.model.verdicts import Finding, finding

_NO_LINE: Lines = (0,)
_MEND = "Make it readable, or leave it out of the site."


class SiteSeen(Struct, frozen=True):
    """What a site came to: its links inside judged, those out of it to be asked, and what could not be read.

    Links have the path of their page below the site's folder. ``pages`` is the number of all pages.
    """

    pages: int
    judged: tuple[Judged, ...]
    links: tuple[Link, ...]
    problems: tuple[Finding, ...]


def look(folder: Path, jobs: int = 0, site: Home | None = None, *, every: bool = False) -> SiteSeen:
    """Look at all pages of a folder, with at most so many processes; 0 are as many as there are processors.

    ``site`` is where it is published, if anybody said so. Everything is told at each of its places, but what holds
    inside of the site only if ``every`` place is wanted: there are so many that finding their lines takes longer than
    all the rest. Else it is told once, on the first page that has it, without a line. Raise `OSError` where the folder
    cannot be read.
    """
    root = os.path.realpath(folder)
    listing = list_site(folder)
    pages = scan(root, listing.pages, jobs)
    read = {page.path: page for page in pages if isinstance(page, Page)}
    where = site or hinted_home((page.path, page.markup.canonical) for page in read.values())
    sifted = sift(pages, listing.tree, where, every=every)
    confirmed = list(_confirm(root, sifted))
    holding = [*sifted.holding, *(each for each in confirmed if isinstance(each, Judged))]
    suspects = [each for each in confirmed if isinstance(each, Suspect)]
    lines = _find_lines(root, read, [*suspects, *sifted.queries])
    return SiteSeen(
        len(pages),
        (
            *(_everywhere(root, read, holding) if every else holding),
            *(each for suspect in suspects for each in _judge(suspect, lines[suspect.page, suspect.address])),
        ),
        tuple(_link(query, line) for query in sifted.queries for line in lines[query.page, query.address]),
        (*_unread(pages), *_closed(listing.tree.closed)),
    )


def _everywhere(root: str, read: Mapping[str, Page], holding: Iterable[Judged]) -> Iterator[Judged]:
    """Yield what holds at each of its lines; each page is read once more."""
    of_page = defaultdict[str, dict[str, Judged]](dict)
    for each in holding:
        if isinstance(each.claim, Link):
            of_page[each.claim.place.file][each.claim.url] = each
    for page, found in of_page.items():
        for address, lines in _lines(root, read[page], found).items():
            yield from (Judged(Link(address, Place(page, line)), found[address].verdict) for line in lines)


def _judge(suspect: Suspect, lines: Iterable[int]) -> Iterator[Judged]:
    for line in lines:
        place = Place(suspect.page, line)
        yield Judged(Link(suspect.address, place), verdict(suspect.address, suspect.problem, place))


def _link(query: Query, line: int) -> Link:
    written = query.address if query.address != query.url else ""
    return Link(query.url, Place(query.page, line), written)


def _confirm(root: str, sifted: Sifted) -> Iterable[Suspect | Judged]:
    """Return what is still amiss, or holds, after a second look where there is reason for one."""
    if not any(isinstance(each.problem, AnchorGone) for each in (*sifted.suspects, *sifted.doubts)):
        return sifted.suspects
    from affidavit.links.site.again import confirm  # noqa: PLC0415 -- most sites can do without, and start sooner

    return confirm(root, sifted)


def _find_lines(root: str, read: Mapping[str, Page], found: Iterable[Suspect | Query]) -> dict[tuple[str, str], Lines]:
    """Return the lines of addresses, by their page and themselves; each page is read once more."""
    lines = {(each.page, each.address): each.lines for each in found}
    missing = defaultdict[str, set[str]](set)
    for (page, address), known in lines.items():
        if not known:
            missing[page].add(address)
    for page, addresses in missing.items():
        told = _lines(root, read[page], addresses)
        lines |= {(page, address): told[address] for address in addresses}
    return lines


def _lines(root: str, page: Page, addresses: Iterable[str]) -> dict[str, Lines]:
    try:
        return lines_in(read_text(root, page.path), page.markup, addresses)
    except OSError:  # it was there a moment ago
        return dict.fromkeys(addresses, _NO_LINE)


def _unread(pages: Iterable[Page | Unread]) -> Iterator[Finding]:
    for page in pages:
        if isinstance(page, Unread):
            message = f"The page could not be read ({page.reason}), and so its links were not checked."
            yield finding(Code.LINK_UNABLE, Place(page.path), message, _MEND)


def _closed(folders: Iterable[str]) -> Iterator[Finding]:
    for folder in folders:
        message = "The folder could not be read, and so no page in it was checked."
        yield finding(Code.LINK_UNABLE, Place(folder), message, _MEND)
