"""Parting what is to be asked among several who ask at the same time. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from heapq import heapify, heapreplace
from itertools import zip_longest

from msgspec import Struct

from affidavit.links.address import Address, read_address
from affidavit.links.marks import Question

_WORTH_IT = 250
"""Questions that are worth another one who asks."""

_BEHIND_SCHEME = len("https://")
"""Where the next slash is that of the path, also behind ``http://``."""

_MOST = 4
"""Who ask at the same time; more would each have too few requests under way to be worth their memory."""


class Part(Struct, frozen=True):
    """A part of all that is asked, and how much of it that is, so that its run has as much of what all may do."""

    questions: tuple[Question, ...]
    share: float


def parted(questions: Collection[Question], most: int) -> list[Part]:
    """Return parts of about the same size, so many at most; one alone where more are not worth it.

    All questions to a site stay together: its hosts redirect to each other, and each is to be met with measure, for
    which those who ask need not talk to each other then. Within a part the sites have their turns, and where there is
    one alone, those have them first that came first.
    """
    number = min(most, _MOST, len(questions) // _WORTH_IT)
    sites = _sites(questions)
    number = max(1, min(number, len(sites)))
    ordered = sorted(sites.values(), key=len, reverse=True) if number > 1 else [*sites.values()]
    found = map(in_turn, _even(ordered, number))
    return [Part(tuple(each), len(each) / len(questions) if questions else 1) for each in found]


def in_turn(lists: Iterable[Sequence[Question]]) -> list[Question]:
    """Return all of some lists, the first of each before the second of any: so nobody comes late."""
    return [each for turn in zip_longest(*lists) for each in turn if each is not None]


def _sites(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """Part questions by their sites; most are to the same host as the one before."""
    sites: dict[str, list[Question]] = {}
    start, site = "/", []
    for each in questions:
        url = each.url
        if not url.startswith(start):
            start = url[: url.find("/", _BEHIND_SCHEME) + 1]
            site = sites.setdefault(_site(start[:-1]), [])
        site.append(each)
    return sites


def _even(sites: Sequence[Sequence[Question]], number: int) -> list[list[Sequence[Question]]]:
    """Give each site, the largest first, to the part that has least by then."""
    parts: list[list[Sequence[Question]]] = [[] for _ in range(number)]
    sizes = [(0, index) for index in range(number)]
    heapify(sizes)
    for site in sites:
        size, index = sizes[0]
        parts[index].append(site)
        heapreplace(sizes, (size + len(site), index))
    return parts


@lru_cache(maxsize=1024)
def _site(origin: str) -> str:
    """Return what hosts have in common that belong together, or some more; a number is a site of its own."""
    address = read_address(origin)
    if not isinstance(address, Address):
        return ""
    labels = address.host.removesuffix(".").split(".")
    return address.host if labels[-1].isdigit() else ".".join(labels[-2:])
