"""A document by its headings, and which of these are the sections of which release: the same for all markups. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from affidavit.model.errors import SourceError
from affidavit.notes.documents.titles import Name, name_in
from affidavit.notes.facts import Heading

_OUTERMOST = 0


class Part(Struct, frozen=True):
    """A heading, and the text below it up to the next heading of any level.

    ``anchor`` is its own if that will stay the same when there are more headings; empty where there is none.
    """

    level: int
    title: str
    text: str
    anchor: str = ""


class Entry(Struct, frozen=True):
    """A section of a release's notes, with all its text; ``anchor`` is its own, or that of its release, or empty."""

    version: str
    title: str
    anchor: str
    text: str


class _Place(Struct, frozen=True):
    """The release and the section that a part belongs to, by their indices."""

    release: int | None = None
    section: int | None = None


def entries_of(parts: Sequence[Part]) -> tuple[Entry, ...]:
    """Return the sections of all releases: headings directly below those that name one.

    Releases stand at the level that most headings which name one have; where a version stands first and alone, at any.
    A release whose notes stand directly below its heading has no section. Raise :class:`SourceError` for a document
    without any section.
    """
    names = _names(parts)
    if not any(names):
        raise SourceError("It has no heading with a version.", advice="Name the file that has one for each release.")
    found = [
        Entry(name.version, title, parts[section].anchor or parts[release].anchor, text)
        for release, section, title, text in _sections(parts, tuple(_places(parts, names)))
        if (name := names[release])
    ]
    if not found:
        advice = "References need sections; name a source that has headings such as `Added` below those of releases."
        raise SourceError("None of its releases has a section with a heading.", advice=advice)
    return tuple(found)


def sections_of(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Yield titles and texts of the sections of a document that is about one release.

    Where all of it stands below a single heading, that is the title of the document.
    """
    outermost = min((part.level for part in parts), default=_OUTERMOST)
    inner = [part for part in parts if part.level > outermost]
    whole = inner if len(parts) - len(inner) == 1 and inner and name_in(parts[0].title) else parts
    top = Part(_OUTERMOST, "", "")
    places = _places((top, *whole), (Name("", plain=True, first=True), *(None for _ in whole)))
    yield from ((title, text) for _, _, title, text in _sections((top, *whole), tuple(places)))


def texts_of(entries: Iterable[Entry]) -> dict[Heading, str]:
    """Return the texts of sections; where a release has a title twice behind one anchor, those of both."""
    texts: dict[Heading, list[str]] = {}
    for entry in entries:
        texts.setdefault(heading_of(entry), []).append(entry.text)
    return {heading: "\n".join(each) for heading, each in texts.items()}


def heading_of(entry: Entry) -> Heading:
    """Return a section as the lock knows it, its target relative to the page."""
    return Heading("", entry.version, entry.title, f"#{_quoted(entry.anchor)}" if entry.anchor else "")


def with_anchors(parts: Iterable[Part], slugs: Sequence[str], taken: Iterable[str] = ()) -> tuple[Part, ...]:
    """Give parts without an anchor those that are made of their titles, as far as these will stay the same."""
    kept = stable(slugs, taken)
    return tuple(replace(part, anchor=part.anchor or slug) for part, slug in zip(parts, kept, strict=True))


def stable(slugs: Sequence[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Return anchors that are made of titles, empty in place of those that another heading moves.

    Of several that are alike the later ones are numbered, so which one has none depends on what stands above it.
    ``taken`` are anchors of other things.
    """
    number = Counter(slugs) + Counter(taken)
    return tuple(slug if number[slug] == 1 and not _is_numbered(slug, number) else "" for slug in slugs)


def _is_numbered(slug: str, number: Counter[str]) -> bool:
    """Tell a title such as ``Fixed 1`` that looks as the second ``Fixed`` does."""
    base = re.sub(r"-\d+$", "", slug)
    return base != slug and number[base] > 1


def _names(parts: Sequence[Part]) -> tuple[Name | None, ...]:
    """Return the releases that are named in headings, ``None`` for headings of anything else."""
    named = [name_in(part.title) for part in parts]
    plain = Counter(part.level for part, name in zip(parts, named, strict=True) if name and name.plain)
    any_at_all = Counter(part.level for part, name in zip(parts, named, strict=True) if name)
    counted = plain or any_at_all
    level = max(sorted(counted), key=lambda each: counted[each], default=_OUTERMOST)
    return tuple(
        name if name and (part.level == level or _is_alone(name)) else None
        for part, name in zip(parts, named, strict=True)
    )


def _is_alone(name: Name) -> bool:
    return name.plain and name.first and name.version.count(".") > 1


def _places(parts: Sequence[Part], names: Sequence[Name | None]) -> Iterator[_Place]:
    """Tell of each part where it belongs.

    Some tools set patch releases one level deeper, and their sections at the level that those of others have.
    """
    outermost = min((part.level for part, name in zip(parts, names, strict=True) if name), default=_OUTERMOST)
    here = _Place()
    for at, (part, name) in enumerate(zip(parts, names, strict=True)):
        release = None if here.release is None else parts[here.release].level
        if name:
            here = _Place(at)
        elif release is None or part.level < release or part.level == release == outermost:
            here = _Place()
        elif here.section is None or part.level <= parts[here.section].level:
            here = _Place(here.release, at)
        yield here


def _sections(parts: Sequence[Part], places: Sequence[_Place]) -> Iterator[tuple[int, int, str, str]]:
    """Yield release, section, title and text; what stands below a section's own headings is part of its text."""
    texts: dict[int, list[str]] = {}
    for at, (part, place) in enumerate(zip(parts, places, strict=True)):
        if place.section is not None:
            told = [part.text] if place.section == at else [part.title, part.text]
            texts.setdefault(place.section, []).extend(told)
    for section, told in texts.items():
        release, title = places[section].release, _one_line(parts[section].title)
        if title and release is not None:
            yield release, section, title, "\n".join(told)


def _one_line(title: str) -> str:
    return " ".join(title.split())


def _quoted(anchor: str) -> str:
    """Write an anchor as a part of an address; letters of all languages stay legible."""
    return re.sub(r"[^\w.~!$&'()*+,;=:@/?-]", lambda each: _percent(each[0]), anchor)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
