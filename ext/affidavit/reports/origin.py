"""Where a report comes from, as far as a format needs to know it. Pure."""

from __future__ import annotations

import posixpath

from msgspec import Struct

from affidavit.model.place import Place


class Origin(Struct, frozen=True):
    """What the places of a report are relative to, and who wrote it.

    ``folder`` is where the files stand, as a POSIX path from the folder that the command runs in; empty is that folder
    itself. ``version`` is Affidavit's, for the formats that name the tool; empty where it is not to be told.
    """

    folder: str = ""
    version: str = ""

    def file(self, place: Place) -> str:
        """Return the path of a place's file, by which whoever ran the command can open it; empty if it names none."""
        return posixpath.normpath(posixpath.join(self.folder, place.file)) if place.file else ""

    def shown(self, place: Place) -> str:
        """Return ``file:line``, as compilers print it."""
        return f"{self.file(place)}:{place.line}" if place.line else self.file(place)


HERE = Origin()
"""Places are relative to the folder that the command runs in."""
