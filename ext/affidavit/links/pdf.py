"""How many pages a PDF has, as far as a look at its objects can tell.

Source: ISO 32000-1: 7.5.7 (object streams), 7.7.3 (page tree), annex F (linearized files). Pure.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

_INFLATED = 16 * 2**20
"""Bytes that all object streams together are inflated to at most."""

_HEAD = 2048
_LINEARIZED = re.compile(rb"/Linearized\b[^>]*?/N\s+(\d{1,9})")
_STREAM = re.compile(rb"/Type\s*/ObjStm\b[^>]{0,1000}>>\s*stream\r?\n")
_NODE = re.compile(rb"/Type\s*/Pages(?![A-Za-z])")
_COUNT = re.compile(rb"/Count\s+(\d{1,9})(?!\d|\s+\d+\s+R)")
_BRACKETS = re.compile(rb"<<|>>")
_NEAR = 4096
"""Bytes before its type in which a node of the page tree begins, and in which it ends behind it."""

_NODES = 5000
"""Nodes of page trees that are looked at; a tree of ten kids a node has as many for 45,000 pages."""


class Pages(Struct, frozen=True):
    """What is known: a PDF has ``least`` pages; ``exact`` tells that it has no more."""

    least: int = 0
    exact: bool = False


def pages_at_first(body: bytes | bytearray) -> Pages:
    """Return what the beginning of a PDF says: files that are made for the web begin with their number of pages."""
    said = _LINEARIZED.search(body, 0, _HEAD)
    return Pages(int(said[1])) if said else Pages()


def pages_of(body: bytes) -> Pages:
    """Return what all of a PDF says; of one that is encrypted, or oddly written, nothing may be known.

    A file that was changed holds its older page trees as well. The largest counts: who removes pages is rare, and to
    find a page missing that is there would be worse than the reverse.
    """
    first = pages_at_first(body)
    counts = [first.least, *_counts(body)]
    for objects in _object_streams(body):
        counts.extend(_counts(objects))
    return Pages(max(counts), exact=any(counts))


def _counts(objects: bytes) -> Iterator[int]:
    """Yield the number of pages below each node of a page tree; that of the root is the largest."""
    for node in islice(_NODE.finditer(objects), _NODES):
        count = _COUNT.search(objects, *_dictionary(objects, node.start()))
        if count:
            yield int(count[1])


def _dictionary(objects: bytes, inside: int) -> tuple[int, int]:
    """Return where the dictionary around a position begins and ends; others may stand in it, and before it."""
    opened: list[int] = []
    for bracket in _BRACKETS.finditer(objects, max(0, inside - _NEAR), inside):
        if bracket[0] == b"<<":
            opened.append(bracket.start())
        elif opened:
            opened.pop()
    depth = 1
    for bracket in _BRACKETS.finditer(objects, inside, inside + _NEAR):
        depth += 1 if bracket[0] == b"<<" else -1
        if not depth:
            return (opened or [inside])[-1], bracket.start()
    return (opened or [inside])[-1], inside + _NEAR


def _object_streams(body: bytes) -> Iterator[bytes]:
    """Yield the objects of all streams of objects, as far as they can be read."""
    left = _INFLATED
    for stream in _STREAM.finditer(body):
        end = body.find(b"endstream", stream.end())
        objects = _inflated(body[stream.end() : end if end >= 0 else len(body)], left)
        left -= len(objects)
        yield objects
        if left <= 0:
            return


def _inflated(data: bytes, most: int) -> bytes:
    """Inflate what can be; a stream that is encrypted or damaged holds nothing that could be read."""
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""
