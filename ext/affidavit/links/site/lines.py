"""On which lines of a page its addresses stand. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from operator import itemgetter

from affidavit.links.site.attributes import is_followed, rows_of
from affidavit.links.site.tags import Tag, tags

Lines = tuple[int, ...]
"""Line numbers from 1, one for each time; 0 alone where none can be told."""

_MOST_SEARCHED = 50_000_000
"""Characters that are searched for single addresses, which is fast, before one pass over all tags is faster."""


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
    if len(text) * len(wanted) > _MOST_SEARCHED:
        return lines_of(text, wanted)
    found = {address: _quoted(text, address) for address in wanted}
    unclear = [address for address, number in wanted.items() if len(found[address]) != number]
    lines = {each: tuple(text.count("\n", 0, at) + 1 for at in found[each]) for each in wanted}
    return lines | lines_of(text, unclear) if unclear else lines


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
        value = tag.attributes.get(row.name)
        if value and (row.plain or is_followed(tag.name, {name: each.text for name, each in tag.attributes.items()})):
            yield from ((each, value.at) for each in (row.read(value.text) if row.read else [value.text]))
