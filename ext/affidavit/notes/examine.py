"""What is to be said of references that do mean a section, and of links that should be such references. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from packaging.version import InvalidVersion, Version

from affidavit.model.claims import Card, Corpus, Link, NoteRef
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.releases import Releases
from affidavit.model.verdicts import Finding, finding
from affidavit.notes.advice import EXAMPLES
from affidavit.notes.facts import State, slug
from affidavit.notes.lookup import Index, Project, Spot
from affidavit.notes.rules import spot_of

_NUMBERED = re.compile(r"-\d+$")
_MADE_UP = re.compile(r"id\d+")


def examine(corpus: Corpus, releases: Releases, index: Index, lock: Place) -> Iterator[Finding]:
    """Yield what is worth knowing; ``releases`` are those of the subject, ``lock`` is where the lock file stands."""
    yield from _closed(corpus.notes, index)
    for card in corpus.cards:
        yield from _newer(card, releases, index)
    links = chain(corpus.links, *(term.links for term in corpus.terms))
    yield from _bare(links, index)
    for project in index.projects.values():
        yield from _dropped(project, lock)


def _closed(refs: Iterable[NoteRef], index: Index) -> Iterator[Finding]:
    for ref in refs:
        spot = spot_of(ref, index)
        if spot and spot.series.state is State.CLOSED:
            message = f"`{ref.target}` is of the series {spot.series.name}, which is {spot.series.state}."
            yield finding(Code.NOTE_SERIES_CLOSED, ref.place, message)


def _newer(card: Card, releases: Releases, index: Index) -> Iterator[Finding]:
    """Find references to releases that are newer than the last one that a card speaks of, where there is a last."""
    if not card.stages or any(not stage.interval.last for stage in card.stages):
        return
    last = max((releases.span(stage.interval).stop for stage in card.stages), default=0) - 1
    for ref in card.notes:
        spot = spot_of(ref, index)
        if spot and last >= 0 and _is_newer(spot, releases, last):
            # The reference stands first, as in all that is said of one: by that lists of references know it.
            upto = f"the card `{card.name}` speaks of releases up to {releases.items[last]}"
            message = f"`{ref.target}` leads to {spot.full}, and {upto}."
            yield finding(Code.NOTE_NEWER_THAN_CARD, ref.place, message)


def _is_newer(spot: Spot, releases: Releases, last: int) -> bool:
    """Tell by the author's order where that knows the release or its series, else by the versions."""
    known = [at for at, item in enumerate(releases.items) if item.series and item.series == spot.series.name]
    at = releases.position(spot.release.version)
    if at is not None or known:
        return (max(known) if at is None else at) > last
    try:
        return Version(spot.release.version) > Version(releases.items[last].version)
    except InvalidVersion:
        return False


def _bare(links: Iterable[Link], index: Index) -> Iterator[Finding]:
    """Find links to a section by what a page calls it by itself, which is another one after the next release."""
    pages = [(project, exact, _titles(project)) for project, exact in _exact(index)]
    for link in links:
        for project, exact, titles in pages:
            target = link.url.removeprefix(project.url)
            page, _, anchor = target.partition("#")
            if anchor and link.url.startswith(project.url) and page in titles and target not in exact:
                yield from _bare_anchor(link, project, anchor, titles[page])


def _exact(index: Index) -> Iterator[tuple[Project, frozenset[str]]]:
    """Yield each project with the targets of its sections, which mean one section each, whatever they look like."""
    for project in index.projects.values():
        sections = chain.from_iterable(spot.release.sections for spot in project.spots)
        yield project, frozenset(section.target for section in sections)


def _bare_anchor(link: Link, project: Project, anchor: str, spots: Mapping[str, Sequence[Spot]]) -> Iterator[Finding]:
    section = next((each for each in (anchor, _NUMBERED.sub("", anchor)) if each.casefold() in spots), "")
    if section:
        yield _told(link, project, section, spots[section.casefold()])
    elif _MADE_UP.fullmatch(anchor):
        message = f"`{link.url}` names a section by a number that its page gave it, and the next release changes."
        yield finding(Code.NOTE_ANCHOR_BARE, link.place, message)


def _titles(project: Project) -> dict[str, dict[str, list[Spot]]]:
    """Return for each page the spots that have a section, by the anchor that a heading of its title gets by itself."""
    found: dict[str, dict[str, list[Spot]]] = {}
    for spot in project.spots:
        for section in spot.release.sections:
            page = section.target.partition("#")[0]
            found.setdefault(page, {}).setdefault(slug(section.title), []).append(spot)
    return found


def _told(link: Link, project: Project, section: str, spots: Sequence[Spot]) -> Finding:
    forms = " or ".join(f"`{project.name}:{project.name_of(spot)}#{section}`" for spot in spots[:EXAMPLES])
    several = f"{len(spots)} releases on that page have" if len(spots) > 1 else "one release on that page has"
    message = f"`{link.url}` leads to whichever section of that name stands first; {several} one."
    return finding(Code.NOTE_ANCHOR_BARE, link.place, message, f"Write the reference {forms}.")


def _dropped(project: Project, lock: Place) -> Iterator[Finding]:
    for note in project.facts.dropped:
        names = ", ".join(f"`{name}`" for name in note.sections)
        message = f"The note `{note.note}` of {project.name} has sections that nobody publishes: {names}."
        yield finding(Code.NOTE_DROPPED, lock, message)
