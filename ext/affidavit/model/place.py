"""Where something stands in the sources."""

from __future__ import annotations

from msgspec import Struct


class Place(Struct, frozen=True, order=True):
    """A line of a file below the source folder.

    ``file`` is a POSIX path relative to the source folder, ``line`` counts from 1 (0 means the file
    as a whole). ``document`` is the Sphinx document name, empty for files that are no document, such
    as ``conf.py``; an included file has the name of the document that includes it.
    """

    file: str
    line: int = 0
    document: str = ""

    def __str__(self) -> str:
        """Return ``file:line`` as compilers print it, so that editors can jump there."""
        return f"{self.file}:{self.line}" if self.line else self.file
