"""From the plain values of a lock file to a :class:`~affidavit.notes.facts.Lock`, each error told by its key. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from affidavit.model.codes import Code
from affidavit.model.errors import LockError
from affidavit.notes.facts import Lock, LockedProject, LockedRelease, LockedSection, LockedSeries, natural

VERSION = 1
"""The version of the format that is read and written."""


def lock_of(raw: object) -> Lock:
    """Return the lock that plain values make, in natural order; raise :class:`LockError` on any other shape.

    ``raw`` has the keys ``version``, and ``projects``: name to ``url`` and ``series``; a series is its name to
    ``page`` and ``releases``; a release is its name to a table of section title to anchor.
    """
    top = _Node(raw)
    _check_version(top)
    _, projects = top.record("version", "projects")
    return Lock(tuple(_project(node) for node in projects.members()))


def unreadable(problem: str, *, line: int = 0) -> LockError:
    """Build the error for a lock file that is none."""
    code = Code.LOCK_UNREADABLE
    return LockError(f"The lock file {problem}.", advice=code.value.advice, code=code, line=line)


def _check_version(top: _Node) -> None:
    """Refuse other versions before looking at anything else: a later one may have any keys."""
    version = top.field("version").value
    if type(version) is not int or version < VERSION:
        raise unreadable(f"must have {VERSION} as its `version`")
    if version > VERSION:
        code = Code.LOCK_VERSION
        problem = f"The lock file has version {version}; this Affidavit knows version {VERSION}."
        raise LockError(problem, advice=code.value.advice, code=code)


def _project(node: _Node) -> LockedProject:
    url, series = node.record("url", "series")
    return LockedProject(node.name, url.address(), tuple(_series(each) for each in series.members()))


def _series(node: _Node) -> LockedSeries:
    page, releases = node.record("page", "releases")
    return LockedSeries(node.name, page.text(empty=True), tuple(_release(each) for each in releases.members()))


def _release(node: _Node) -> LockedRelease:
    return LockedRelease(node.name, tuple(LockedSection(each.name, each.text()) for each in node.members()))


@dataclass(frozen=True, slots=True)
class _Node:
    """A value of the file, and the keys that lead to it."""

    value: object
    path: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the key that it stands under."""
        return self.path[-1]

    def table(self) -> dict[str, object]:
        """Return it as a table; JSON's tables have strings as keys."""
        if not isinstance(self.value, dict):
            self.fail(f"must be a table, not {_kind(self.value)}")
        return self.value

    def field(self, key: str) -> _Node:
        """Return the value under a key that must be there."""
        table = self.table()
        if key not in table:
            self.fail(f"lacks the key `{key}`")
        return _Node(table[key], (*self.path, key))

    def record(self, *keys: str) -> tuple[_Node, ...]:
        """Return the values under exactly these keys."""
        unknown = sorted(set(self.table()) - set(keys))
        if unknown:
            self.fail(f"has the unknown key {_shown(unknown[0])}")
        return tuple(self.field(key) for key in keys)

    def members(self) -> Iterator[_Node]:
        """Return the values under names that the file gives, in natural order."""
        table = self.table()
        for name in sorted(table, key=natural):
            if not name or not _is_unicode(name):
                self.fail(f"has the key {_shown(name)}, which is no name")
            yield _Node(table[name], (*self.path, name))

    def text(self, *, empty: bool = False) -> str:
        """Return it as text."""
        if not isinstance(self.value, str):
            self.fail(f"must be text, not {_kind(self.value)}")
        if not _is_unicode(self.value) or not (self.value or empty):
            self.fail(f"must be text, not {_shown(self.value)}")
        return self.value

    def address(self) -> str:
        """Return it as an address that pages can be appended to and readers can open."""
        text = self.text()
        if not text.lower().startswith(("http://", "https://")) or not text.endswith("/"):
            self.fail("must be an http or https address that ends with a slash")
        return text

    def fail(self, problem: str) -> NoReturn:
        """Raise the error about this value."""
        where = f", at {' > '.join(map(_shown, self.path))}," if self.path else ""
        raise unreadable(f"is not one that `affidavit notes lock` writes: it{where} {problem}")


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "a table"


def _is_unicode(text: str) -> bool:
    """Return whether text can be written: JSON can spell half of a surrogate pair, UTF-8 cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _shown(name: str) -> str:
    """Return a key for a message: in quotes, and printable whatever it holds."""
    return f"`{name}`" if name.isprintable() and name else ascii(name)
