"""How much work a change log may make its parser: counted, so that the answer is the same on every machine. Pure.

The size of a file does not tell: a page of prose is read at once, and as many bytes of headings, nested lists or empty
comments take minutes, since docutils copies what is left of the file for each. A unit is about 20 microseconds.
"""

from __future__ import annotations

import re

from msgspec import Struct

from affidavit.model.errors import SourceError

LIMIT = 200_000
"""The most units: some seconds. The news of setuptools, 270 kB of eighteen years, take a third."""

ADVICE = "Name a file with fewer releases in it, or set another source, such as `page`."

_MARK = re.compile(r"[*`_|\[<&!]")
"""What begins markup within a line."""


class Work(Struct):
    """What is left to be spent on one text."""

    left: int

    def spend(self, units: int) -> None:
        """Take some of it; raise :class:`SourceError` if there is less."""
        self.left -= units
        if self.left < 0:
            problem = "It has more headings, lists and other markup than can be read in some seconds."
            raise SourceError(problem, advice=ADVICE)


def work_on(text: str) -> Work:
    """Return what may be spent on the blocks of a text, once the markup in its lines is paid for."""
    work = Work(LIMIT)
    work.spend(sum(1 for _ in _MARK.finditer(text)))
    return work
