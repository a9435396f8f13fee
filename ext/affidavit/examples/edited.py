"""Where a file of evidence is not as it was written: a short checksum for each line finds that. Pure.

Blanks around a line do not count, so that a file that was only indented otherwise is as it was. A checksum has three
digits, which is little to read and enough to find a line by: one line of 4096 that were changed is not found. That
something was changed is for the digest to say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from zlib import crc32

LINES = "lines"
"""The key of the checksums, which are those of the lines behind its own."""

_DIGITS = 3
_WRITTEN = tuple(f"{number:03x}" for number in range(16**_DIGITS))


def checksums(lines: Iterable[str]) -> str:
    """Return the checksums of lines, one behind the other."""
    return "".join([_WRITTEN[crc32(line.strip().encode("utf-8", "surrogatepass")) & 0xFFF] for line in lines])


def own_checksums(text: str) -> str:
    """Return the checksums of a file as it stands."""
    return checksums(lines_of(text)[line_of(text, LINES) :])


def changed_line(text: str, written: str) -> int:
    """Return the first line of a file that is not as it was ``written``, 0 where none is found."""
    found = own_checksums(text)
    if found == written:
        return 0
    both = range(0, min(len(found), len(written)), _DIGITS)
    same = next((at for at in both if found[at : at + _DIGITS] != written[at : at + _DIGITS]), both.stop)
    return min(line_of(text, LINES) + -(-same // _DIGITS) + 1, len(lines_of(text)))


def line_of(text: str, key: str) -> int:
    """Return the line of a file that has a key: that begins with it, or else the first in which it stands."""
    lines = lines_of(text)
    names = (json.dumps(key, ensure_ascii=False), json.dumps(key))
    begins = (at for at, line in enumerate(lines, start=1) if line.lstrip().startswith(names))
    holds = (at for at, line in enumerate(lines, start=1) if any(name in line for name in names))
    return next(begins, 0) or next(holds, 1)


def lines_of(text: str) -> list[str]:
    """Return the lines of a file; only line feeds end them, since output may hold any other separator."""
    return text.removesuffix("\n").split("\n")
