"""Which new URLs may take the place of old ones: those that were asked themselves, and hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from msgspec import Struct

from affidavit.links.address import Address, read_address
from affidavit.links.asked import question
from affidavit.links.seen import Answered, Observation
from affidavit.model.claims import Link
from affidavit.model.report import Judged
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable, Unproven

_RISKY = re.compile(r"['()*\[\]]|[.,;:!?]$|_(?![A-Za-z0-9'()*\[\]])")
"""Characters that mean something to one of both markups where they stand in a URL."""


class Proposal(Struct, frozen=True):
    """A link as it is written, and what might be written instead; the first that holds is best."""

    link: Link
    instead: tuple[str, ...]


def propose(judged: Iterable[Judged]) -> tuple[Proposal, ...]:
    """Return what might be written in the place of links that moved, or that say http; each URL once."""
    proposals: dict[str, Proposal] = {}
    for each in judged:
        if isinstance(each.claim, Link):
            instead = tuple(dict.fromkeys(_instead(each.claim, each)))
            if instead:
                proposals[each.claim.url] = Proposal(each.claim, instead)
    return tuple(proposals.values())


def settle(
    proposals: Iterable[Proposal], judged: Iterable[Judged], observations: Mapping[str, Observation]
) -> dict[str, str]:
    """Return what is to be written for each old URL, now that all that was proposed has been asked and judged.

    A new URL that needs a redirect to a page without encryption is not taken, and neither is one of https that shows
    another title than its twin of http: that is another site of the same server.
    """
    holding = {each.claim.url for each in judged if isinstance(each.claim, Link) and isinstance(each.verdict, Holds)}
    settled = {}
    for proposal in proposals:
        old = proposal.link.url
        good = (new for new in proposal.instead if new in holding and _is_same_page(old, new, observations))
        new = next(good, "")
        if new:
            settled[old] = new
    return settled


def _instead(link: Link, judged: Judged) -> Iterator[str]:
    match judged.verdict:
        case Moved(to, _):
            if not _loses_encryption(link.url, to):
                for new in _writable(link.url, to):
                    yield from (*_encrypted(new), new)
        case Holds():
            yield from _encrypted(link.url)
        case Refuted() | Unable() | Unproven():
            pass
        case _:  # pragma: no cover
            assert_never(judged.verdict)


def _loses_encryption(old: str, new: str) -> bool:
    there, to = read_address(old), read_address(new)
    return isinstance(there, Address) and isinstance(to, Address) and (there.scheme, to.scheme) == ("https", "http")


def _encrypted(url: str) -> Iterator[str]:
    """Yield the same URL with https; of a port of its own nothing is known but that it speaks http."""
    address = read_address(url)
    if isinstance(address, Address) and address.scheme == "http" and address.usual:
        yield re.sub(r"^[^:]*(://[^/?#]*?)(:80)?(?=[/?#]|$)", r"https\1", url)


def _writable(old: str, new: str) -> Iterator[str]:
    """Yield a new URL as it can be written in both markups, with the fragment as the author wrote it.

    One with a user's name in it is not for a page.
    """
    there, to = read_address(old), read_address(new)
    if not isinstance(there, Address) or not isinstance(to, Address) or to.user:
        return
    page, _, fragment = new.partition("#")
    own = old.partition("#")[2]
    kept = own if there.fragment and to.fragment == there.fragment else _escaped(fragment)
    yield f"{_escaped(page)}#{kept}" if fragment else _escaped(page)


def _escaped(text: str) -> str:
    return _RISKY.sub(lambda match: f"%{ord(match[0]):02X}", text)


def _is_same_page(old: str, new: str, observations: Mapping[str, Observation]) -> bool:
    before, after = _seen(old, observations), _seen(new, observations)
    if after is None or (new.startswith("https:") and not after.final.startswith("https:")):
        return False
    titles = {each.page.title for each in (before, after) if each and each.page.title}
    return len(titles) < 2  # noqa: PLR2004 -- of two pages, both without a title or with the same one


def _seen(url: str, observations: Mapping[str, Observation]) -> Answered | None:
    asked = question(url)
    seen = observations.get(asked.url) if asked else None
    return seen if isinstance(seen, Answered) else None
