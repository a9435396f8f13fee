"""Going through a repository with reno: a chapter for each listing of its pages, from the shelf where one fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from reno.config import Config

from affidavit.notes.facts import Dropped, Facts, State
from affidavit.notes.inventory import state_of
from affidavit.notes.reno_index import Chapter, key_of
from affidavit.notes.reno_pages import Listing
from affidavit.notes.reno_sections import Passage, dropped, passages
from affidavit.notes.sources.git_cache import Shelf
from affidavit.notes.sources.git_objects import translated
from affidavit.notes.sources.git_refs import Refs
from affidavit.notes.sources.reno_scan import Clone, layout_of, opened, ref_of


def go_through(
    place: Path, folder: str, refs: Refs, shelf: Shelf, versions: object
) -> tuple[Facts, dict[str, Chapter]]:
    """Return what all pages list, and the chapters that it is from by their keys, in the order of the pages."""
    states: dict[str, list[str]] = defaultdict(list)
    chapters: dict[str, Chapter] = {}
    with opened(place, refs) as clone:
        for listing in clone.listings(folder):
            with translated(f"The page `{listing.page}`"):
                conf = clone.configuration(listing)
                key = _key(clone, listing, conf, versions)
                chapters[key] = _kept(clone, conf, shelf.chapter(key)) or make_chapter(clone, listing, conf)
            states[listing.page].append(ref_of(listing.branch, refs))
    return _facts(chapters.values(), {page: state_of(names) for page, names in states.items()}), chapters


def _key(clone: Clone, listing: Listing, conf: Config, versions: object) -> str:
    """Return a key over all that a listing depends on, except for where branches leave the main one.

    To find that out takes a part of the history; whether it is still so is asked when the chapter is taken.
    """
    refs = clone.refs
    tags = {name: commit for name, commit in refs.names.items() if name.startswith("refs/tags/")}
    ref = ref_of(listing.branch or conf.branch or "", refs)
    commit = refs.names[ref] if ref else refs.head
    return key_of(versions, _parts(listing), commit, tags, sorted(refs.names), refs.grafts, conf.options)


def _parts(listing: Listing) -> list[object]:
    return [getattr(listing, name) for name in listing.__struct_fields__]


def _kept(clone: Clone, conf: Config, chapter: Chapter | None) -> Chapter | None:
    """Return a chapter that was made before, if branches leave the main one where they did then."""
    scan = clone.scanner(conf)
    fits = chapter and all(scan.base_of(branch) == base for branch, base in chapter.bases.items())
    return chapter if fits else None


def make_chapter(clone: Clone, listing: Listing, conf: Config) -> Chapter:
    """Return what reno finds for a listing."""
    layout = layout_of(conf)
    releases, bases = clone.releases(listing, conf)
    return Chapter(bases, passages(listing, layout, releases), dropped(layout, releases))


def _facts(chapters: Iterable[Chapter], states: Mapping[str, State]) -> Facts:
    """Return what chapters say together; of two sections at one place, the first is the one that readers find."""
    found = list(chapters)
    headings = {each.heading.target: each.heading for each in reversed(_all_passages(found))}
    notes: dict[str, Dropped] = {each.note: each for chapter in found for each in chapter.dropped}
    series = {heading.series for heading in headings.values()}
    return Facts(
        tuple(sorted(headings.values(), key=lambda each: each.target)),
        tuple((page, state) for page, state in sorted(states.items()) if page in series),
        tuple(notes[path] for path in sorted(notes)),
    )


def _all_passages(chapters: Iterable[Chapter]) -> list[Passage]:
    return [each for chapter in chapters for each in chapter.passages]
