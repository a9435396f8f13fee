"""On which lines of a page its addresses stand. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from operator import itemgetter

from affidavit.links.site.attributes import DRAWN, is_followed, rows_of
from affidavit.links.site.tags import Tag, tags

Lines = tuple[int, ...]
"""Line numbers from 1, one for each time; 0 alone where none can be told."""

_FEW = 10
"""Addresses that are searched for one by one; of more, all values are looked at."""

_VALUE = re.compile(r"""=(?:"([^"]*)"|'([^']*)')""")


def lines_of(text: str, wanted: Collection[str]) -> dict[str, Lines]:
    """Return the lines of addresses, as they are written (see :class:`~affidavit.links.site.markup.Markup`)."""
    found = defaultdict[str, list[int]](list)
    line, counted = 1, 0
    for address, at in _places(text):
        if address in wanted:
            line, counted = line + text.count("\n", counted, at), max(counted, at)
            found[address].append(line)
    return {each: tuple(found.get(each, (0,))) for each in wanted}


def lines_of_counted(text: str, wanted: Mapping[str, int]) -> dict[str, Lines]:
    """Return the same, faster, for addresses of which it is known how often they stand there."""
    found = {each: _quoted(text, each) for each in wanted} if len(wanted) <= _FEW else _valued(text, wanted)
    unclear = [address for address, number in wanted.items() if len(found[address]) != number]
    lines = _numbered(text, found)
    return lines | lines_of(text, unclear) if unclear else lines


def _numbered(text: str, found: Mapping[str, Collection[int]]) -> dict[str, Lines]:
    """Return the lines of places in a text."""
    line, counted = 1, 0
    numbers: dict[int, int] = {}
    for at in sorted({at for places in found.values() for at in places}):
        line, counted = line + text.count("\n", counted, at), at
        numbers[at] = line
    return {address: tuple(numbers[at] for at in places) for address, places in found.items()}


def _valued(text: str, wanted: Collection[str]) -> dict[str, list[int]]:
    """Return where the values of a page are one of some addresses, each as it is most often written."""
    found: dict[str, list[int]] = {each: [] for each in wanted}
    for match in _VALUE.finditer(text):
        value = (match[1] or match[2] or "").replace("&amp;", "&")
        if value in found:
            found[value].append(match.start())
    return found


def _quoted(text: str, address: str) -> list[int]:
    """Return where an address stands in quotes, as a value does."""
    written = {address, address.replace("&", "&amp;")}
    return sorted(at for each in written for quote in ('"', "'") for at in _all(text, f"={quote}{each}{quote}"))


def _all(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _places(text: str) -> Iterator[tuple[str, int]]:
    return (place for tag in tags(text) for place in sorted(_addresses(tag), key=itemgetter(1)))


def _addresses(tag: Tag) -> Iterator[tuple[str, int]]:
    """Yield the addresses in a tag, with where in the page they stand."""
    for row in rows_of(tag.name):
        value = tag.attributes.get(row.name) or (tag.attributes.get(DRAWN) if row.name == "href" else None)
        if value and (row.plain or is_followed(tag.name, {name: each.text for name, each in tag.attributes.items()})):
            yield from ((each, value.at) for each in (row.read(value.text) if row.read else [value.text]))
