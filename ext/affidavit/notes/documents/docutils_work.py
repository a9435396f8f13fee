"""What docutils' parser spends of the work that a text may make: wherever it goes on, copies or complains. Pure."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.statemachine import StringList, string2lines

from affidavit.notes.documents.work import Work

_LINE, _COPY, _SECTION, _MESSAGE = 1, 3, 15, 10
_LINES_COPIED = 1000
"""What is spent: on a line, a copy of lines and each so many lines in it, a section, and a message that nobody sees."""


def watch(document: nodes.document, work: Work) -> None:
    """Spend work on each line that a parser of the document comes to, in whatever list or section."""
    noted = document.note_source

    def note_source(source: str, offset: int) -> None:
        work.spend(_LINE)
        noted(source, offset)

    vars(document)["note_source"] = note_source
    document.reporter.attach_observer(lambda _: work.spend(_MESSAGE))


class Lines(StringList):
    """The lines of a text, which docutils copies for each list in it, from there to the end."""

    work: Work

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 -- a line, or lines
        if not isinstance(at, slice):
            return super().__getitem__(at)
        copy = super().__getitem__(at)
        self.work.spend(_COPY + len(copy) // _LINES_COPIED)
        return copy

    def section(self) -> None:
        """Spend what a section costs."""
        self.work.spend(_SECTION)


def lines_of(text: str, work: Work) -> Lines:
    """Return the lines of a text; all that is copied of them spends the same work, so it is held by their class."""
    kind: type[Lines] = type("Lines", (Lines,), {"work": work})
    return kind(string2lines(text, convert_whitespace=True), "")
