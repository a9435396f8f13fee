"""From notes, sorted under releases, to the sections that a page of reno's has: their anchors and texts. Pure.

reno 4.1.0 puts a label before each section, :mod:`affidavit.notes.inventory` says of which form; docutils makes the
anchor of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from docutils.nodes import fully_normalize_name, make_id
from msgspec import Struct

from affidavit.notes.facts import Dropped, Heading
from affidavit.notes.reno_notes import Note, prelude_of, texts_of
from affidavit.notes.reno_pages import Listing


class Layout(Struct, frozen=True):
    """What reno's configuration says of pages: the prelude's name, and each section's name and title.

    ``unreleased`` is the title of what has not been released, if it has one.
    """

    prelude: str
    sections: tuple[tuple[object, str], ...]
    unreleased: str = ""


class Release(Struct, frozen=True):
    """A version as reno names it, with its notes in reno's order."""

    version: str
    notes: tuple[Note, ...]


class Passage(Struct, frozen=True):
    """A section with its text."""

    heading: Heading
    text: str


def passages(listing: Listing, layout: Layout, releases: Iterable[Release]) -> tuple[Passage, ...]:
    """Return the sections that a listing puts on its page."""
    return tuple(each for release in releases for each in _of_release(listing, layout, release))


def dropped(layout: Layout, releases: Iterable[Release]) -> tuple[Dropped, ...]:
    """Return the notes with sections that reno leaves out, since its configuration has none of that name."""
    known = {layout.prelude, *(name for name, _ in layout.sections)}
    found = {note.path: sorted(str(name) for name in note.sections if name not in known) for note in _notes(releases)}
    return tuple(Dropped(path, tuple(names)) for path, names in sorted(found.items()) if names)


def page_of(docname: str) -> str:
    """Return the address of a page as Sphinx's builder of html makes it."""
    return f"{quote(docname)}.html"


def _notes(releases: Iterable[Release]) -> Iterator[Note]:
    return (note for release in releases for note in release.notes)


def _of_release(listing: Listing, layout: Layout, release: Release) -> Iterator[Passage]:
    # As reno has it: whatever has a hyphen is called unreleased, a tag such as `2023.1-eom` as well.
    version = (layout.unreleased or release.version) if "-" in release.version else release.version
    for title, texts in _sections(layout, release.notes):
        heading = Heading(listing.page, version, title, _target(listing, version, title))
        yield Passage(heading, "\n\n".join(texts))


def _sections(layout: Layout, notes: Sequence[Note]) -> Iterator[tuple[str, list[str]]]:
    """Give each section that has anything in it; a prelude needs only to be there."""
    if preludes := [prelude_of(note, layout.prelude) for note in notes if layout.prelude in note.sections]:
        yield layout.prelude.replace("_", " ").title(), preludes
    for name, title in layout.sections:
        if texts := [text for note in notes for text in texts_of(note, name)]:
            yield title, texts


def _target(listing: Listing, version: str, title: str) -> str:
    branch = f"_{listing.branch.replace('/', '_')}" if listing.branch else ""
    label = f"{listing.title or 'relnotes'}_{version}{branch}_{title}"
    page = page_of(listing.page)
    if ": " in label:  # docutils takes what is before it for the label, and what is behind it for an address
        return page
    return f"{page}#{make_id(fully_normalize_name(label))}"
