"""From the plain values of a lock file to a :class:`~affidavit.notes.facts.Lock`, each error told by its key. Pure.

Version 1, which had a page for each series and bare anchors below it, is read as well.
"""

from __future__ import annotations

from collections.abc import Callable

from affidavit.model.codes import Code
from affidavit.model.errors import LockError
from affidavit.model.plain import Node, ShapeError
from affidavit.notes.facts import (
    Dropped,
    Lock,
    LockedProject,
    LockedRelease,
    LockedSection,
    LockedSeries,
    Saying,
    State,
)

VERSION = 2
"""The version of the format that is written."""


def lock_of(raw: object) -> Lock:
    """Return the lock that plain values make, in natural order; raise :class:`LockError` on any other shape.

    ``raw`` has the keys ``version``, and ``projects``: name to ``url`` and ``series``, and perhaps ``removed`` and
    ``dropped``; a series is its name to ``releases``, and perhaps ``state``; a release is its name to a table of
    section title to target, or to ``target``, ``text`` and ``says``.
    """
    try:
        return _lock(Node(raw))
    except ShapeError as error:
        raise unreadable(f"is not one that `affidavit notes lock` writes: {error}") from None


def unreadable(problem: str, *, line: int = 0) -> LockError:
    """Build the error for a lock file that is none."""
    code = Code.LOCK_UNREADABLE
    return LockError(f"The lock file {problem}.", advice=code.value.advice, code=code, line=line)


def _lock(top: Node) -> Lock:
    series = _READERS[_version(top)]
    _, projects = top.record("version", "projects")
    return Lock(tuple(_project(node, series) for node in projects.members()))


def _version(top: Node) -> int:
    """Refuse other versions before looking at anything else: a later one may have any keys."""
    version = top.field("version").value
    if type(version) is not int or version < 1:
        raise unreadable(f"must have {VERSION} as its `version`")
    if version > VERSION:
        code = Code.LOCK_VERSION
        problem = f"The lock file has version {version}; this Affidavit knows version {VERSION}."
        raise LockError(problem, advice=code.value.advice, code=code)
    return version


def _project(node: Node, series: Callable[[Node], LockedSeries]) -> LockedProject:
    node.only("url", "series", "removed", "dropped")
    return LockedProject(
        node.name,
        _address(node.field("url")),
        tuple(series(each) for each in node.field("series").members(unnamed=True)),
        tuple(each.text() for each in node.optional("removed", []).entries()),
        tuple(_dropped(each) for each in node.optional("dropped", {}).members()),
    )


def _address(node: Node) -> str:
    """Return an address that readers can open."""
    text = node.text()
    if not text.lower().startswith(("http://", "https://")):
        node.fail("must be an http or https address")
    return text


def _dropped(node: Node) -> Dropped:
    return Dropped(node.name, tuple(each.text() for each in node.entries()))


def _series(node: Node) -> LockedSeries:
    node.only("state", "releases")
    releases = tuple(_release(each) for each in node.field("releases").members())
    return LockedSeries(node.name, releases, node.optional("state", State.OPEN).word(State))


def _release(node: Node) -> LockedRelease:
    return LockedRelease(node.name, tuple(_section(each) for each in node.members()))


def _section(node: Node) -> LockedSection:
    if isinstance(node.value, str):
        return LockedSection(node.name, node.text(empty=True))
    target, text, says = node.record("target", "text", "says")
    sayings = tuple(Saying(each.name, each.answer()) for each in says.members())
    return LockedSection(node.name, target.text(empty=True), text.text(empty=True), sayings)


def _series_of_version_1(node: Node) -> LockedSeries:
    page, releases = node.record("page", "releases")
    prefix = page.text(empty=True)
    return LockedSeries(node.name, tuple(_release_of_version_1(each, prefix) for each in releases.members()))


def _release_of_version_1(node: Node, page: str) -> LockedRelease:
    return LockedRelease(node.name, tuple(LockedSection(each.name, f"{page}#{each.text()}") for each in node.members()))


_READERS = {1: _series_of_version_1, VERSION: _series}
"""How a series is read, by the version of the format: all else has stayed as it was."""
