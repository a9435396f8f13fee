"""What changed in a project's release notes: what the lock file holds of them beside what their source has. Pure.

The two are compared by name from the outside in. What is new or gone as a whole is one difference with its size: a
series of thirty releases is a line, not a hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from affidavit.model.plain import natural
from affidavit.notes.changes import Change, Kind
from affidavit.notes.facts import (
    Dropped,
    Lock,
    LockedProject,
    LockedRelease,
    LockedSection,
    LockedSeries,
    Saying,
    count,
    slug,
)

_ANSWERS = {True: "is there", False: "is not there", None: "cannot be told"}

_Named = TypeVar("_Named")


def compare(before: LockedProject | None, now: LockedProject | None, *, every: bool = False) -> tuple[Change, ...]:
    """Return what changed, in a stable order; nothing if both are the same.

    ``None`` is a project that is not there. With ``every``, the releases of series that are new or gone are told, too.
    """
    if before is None or now is None:
        return tuple(_whole(before, now))
    return (*_address(before, now), *_all_series(before, now, every=every), *_all_dropped(before.dropped, now.dropped))


def upstream(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the differences that somebody else made.

    That a site quotes other words than it did is its own doing, and a text that is out of reach today is no other text.
    """
    return tuple(each for each in changes if each.kind is not Kind.WORDS_ASKED and each.now != _ANSWERS[None])


def _whole(before: LockedProject | None, now: LockedProject | None) -> Iterator[Change]:
    if now is not None:
        yield Change(Kind.PROJECT_ADDED, now=_size(now.series))
    if before is not None:
        yield Change(Kind.PROJECT_REMOVED, before=_size(before.series))


def _address(before: LockedProject, now: LockedProject) -> Iterator[Change]:
    if before.url != now.url:
        yield Change(Kind.ADDRESS_CHANGED, before=before.url, now=now.url)


def _all_series(before: LockedProject, now: LockedProject, *, every: bool) -> Iterator[Change]:
    for name, old, new in _paired(before.series, now.series, lambda each: each.name):
        if old is not None and new is not None:
            yield from _series(old, new)
        elif new is not None:
            yield Change(Kind.SERIES_ADDED, name, now=_size([new]))
            yield from _all_releases((), new.releases, name) if every else ()
        elif old is not None:
            yield Change(Kind.SERIES_REMOVED, name, before=_size([old]))
            yield from _all_releases(old.releases, (), name) if every else ()
    yield from _remembered(before, now)


def _remembered(before: LockedProject, now: LockedProject) -> Iterator[Change]:
    """Yield how the memory of series that are gone differs, where the series themselves do not say so."""
    had, has = ({each.name for each in project.series} for project in (before, now))
    known, knows = set(before.removed), set(now.removed)
    for name in sorted(knows - known - had, key=natural):
        yield Change(Kind.SERIES_REMOVED, name, before="not in the lock file")
    for name in sorted(known - knows - has, key=natural):
        yield Change(Kind.SERIES_FORGOTTEN, name)


def _series(before: LockedSeries, now: LockedSeries) -> Iterator[Change]:
    if before.state is not now.state:
        yield Change(Kind.STATE_CHANGED, now.name, before=str(before.state), now=str(now.state))
    yield from _all_releases(before.releases, now.releases, now.name)


def _all_releases(before: Iterable[LockedRelease], now: Iterable[LockedRelease], series: str) -> Iterator[Change]:
    for version, old, new in _paired(before, now, lambda each: each.version):
        if old is not None and new is not None:
            yield from _release(old, new, series)
        elif new is not None:
            yield Change(Kind.RELEASE_ADDED, series, version, now=_slugs(new))
        elif old is not None:
            yield Change(Kind.RELEASE_REMOVED, series, version, before=_slugs(old))


def _release(before: LockedRelease, now: LockedRelease, series: str) -> Iterator[Change]:
    for title, old, new in _paired(before.sections, now.sections, lambda each: each.title):
        if old is not None and new is not None:
            yield from _section(old, new, (series, now.version, title))
        else:
            yield Change(Kind.SECTION_REMOVED if new is None else Kind.SECTION_ADDED, series, now.version, title)


def _section(before: LockedSection, now: LockedSection, at: tuple[str, str, str]) -> Iterator[Change]:
    if before.target != now.target:
        yield Change(Kind.TARGET_CHANGED, *at, before=before.target or "the page", now=now.target or "the page")
    # Of a text that was not asked for, or could not be had, there is no hash: that is told by the words.
    if before.text != now.text and (before.says == now.says or (before.text and now.text)):
        yield Change(Kind.TEXT_CHANGED, *at)
    for words, old, new in _paired(before.says, now.says, lambda each: each.words):
        if old != new:
            kind = Kind.WORDS_ASKED if old is None or new is None else Kind.WORDS_CHANGED
            yield Change(kind, *at, words, before=_answer(old), now=_answer(new))


def _answer(saying: Saying | None) -> str:
    return _ANSWERS[saying.found] if saying else "was not looked for"


def _all_dropped(before: Iterable[Dropped], now: Iterable[Dropped]) -> Iterator[Change]:
    for note, old, new in _paired(before, now, lambda each: each.note):
        if old is not None and old != new:
            yield Change(Kind.NOTE_MENDED, note=note, before=", ".join(old.sections))
        if new is not None and old != new:
            yield Change(Kind.NOTE_DROPPED, note=note, now=", ".join(new.sections))


def _paired(
    before: Iterable[_Named], now: Iterable[_Named], name: Callable[[_Named], str]
) -> Iterator[tuple[str, _Named | None, _Named | None]]:
    """Yield what is there before, now, or both, side by side and in the order of names."""
    had, has = ({name(each): each for each in some} for some in (before, now))
    for key in sorted(had.keys() | has.keys(), key=natural):
        yield key, had.get(key), has.get(key)


def _size(series: Iterable[LockedSeries]) -> str:
    """Return the size of some series, in words; that of one is its releases and sections."""
    held = tuple(series)
    told = str(count(Lock((LockedProject("", "", held),)))).split(", ")
    return ", ".join(told[2:] if len(held) == 1 else told[1:])


def _slugs(release: LockedRelease) -> str:
    return ", ".join(slug(each.title) for each in release.sections) or "no section"
