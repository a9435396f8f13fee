"""Sharing work out: which pages are asked by which process. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heapreplace

from affidavit.links.address import Address, read_address
from affidavit.links.marks import Question


def shares(questions: Sequence[Question], number: int) -> tuple[tuple[Question, ...], ...]:
    """Return at most so many shares of about the same size, none of them empty.

    All pages of a host are in one: whoever asks a host must know of all that it is asked.
    """
    heaps: list[tuple[int, int, list[Question]]] = [(0, at, []) for at in range(number)]
    heapify(heaps)
    for pages in sorted(_by_host(questions), key=len, reverse=True):
        size, at, share = heaps[0]
        share += pages
        heapreplace(heaps, (size + len(pages), at, share))
    return tuple(tuple(share) for _, _, share in sorted(heaps, key=lambda each: each[1]) if share)


def _by_host(questions: Iterable[Question]) -> Iterable[list[Question]]:
    hosts: dict[str, list[Question]] = {}
    for each in questions:
        address = read_address(each.url)
        hosts.setdefault(address.host if isinstance(address, Address) else "", []).append(each)
    return hosts.values()
