"""Projects with release notes, as values: what every source must give the same of, however it is written."""

from __future__ import annotations

from msgspec import Struct


class Part(Struct, frozen=True):
    """A section: its title and its paragraphs, in plain words."""

    title: str
    text: tuple[str, ...]


class Release(Struct, frozen=True):
    """A release; one without parts has no notes that could be referred to."""

    version: str
    parts: tuple[Part, ...]


Project = tuple[Release, ...]

FIXED = Part("Fixed", ("Uploads of more than one chunk.", "The size is told in bytes, not in kilobytes."))
ADDED = Part("Added", ("A command that lists what there is.",))

PLAIN: Project = (
    Release("1.1.0", (ADDED, FIXED)),
    Release("1.0.0", (Part("Added", ("Everything.",)),)),
)
"""One title in two releases, and one that is in one alone."""

ODD_VERSIONS: Project = (
    Release("Unreleased", (ADDED,)),
    Release("v4.0.0", (ADDED,)),
    Release("3.0 beta 2", (ADDED,)),
    Release("3.0.0rc1", (FIXED,)),
    Release("2.0.0.post1", (ADDED,)),
    Release("16.0.1-11", (ADDED,)),
    Release("ветка/1.0", (FIXED,)),
    Release("größe/0.9.1", (FIXED,)),
)
"""Pre-releases, what is not released, and names with blanks, slashes and letters of other languages."""

ODD_TITLES: Project = (
    Release(
        "2.0.0", (Part("Известные проблемы", ("Нет ничего нового.",)), Part("C++ & API: what is new?", ("Much.",)))
    ),
    Release(
        "1.1.0", (Part("Deprecations and Removals", ("Old names.",)), Part("Größere Änderungen", ("Über alles.",)))
    ),
    Release("1.0.0", (Part("Fixed 1", ("A number in a title.",)), FIXED)),
)

EMPTY: Project = (
    Release("2.0.0", ()),
    Release("1.1.0", (Part("Added", ()), FIXED)),
    Release("1.0.0", ()),
    Release("0.9.0", (ADDED,)),
)
"""Releases without sections, and a section without words."""

ALIKE: Project = (
    Release("11.0", (ADDED, FIXED)),
    Release("1.10", (ADDED, FIXED)),
    Release("1.1.0", (ADDED,)),
)
"""Versions that differ in dots alone, which some anchors have not."""

MANY: Project = tuple(Release(f"1.{minor}.{patch}", (ADDED, FIXED)) for minor in range(20) for patch in range(3))

PROJECTS = {
    "plain": PLAIN,
    "odd versions": ODD_VERSIONS,
    "odd titles": ODD_TITLES,
    "empty": EMPTY,
    "alike": ALIKE,
    "many": MANY,
}
