"""What the table is made of: a row says what stands on the web, which link is checked, and what is to come of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct

MOST = 150 * 2**20
"""Bytes of memory that a check may take, whatever servers send."""


class Talk(Protocol):
    """One request, or one connection on which nothing was asked yet, as an action meets it.

    ``head`` is the request as text, empty where none was read; ``turn`` how often this page was asked before.
    """

    head: str
    turn: int

    async def send(self, data: bytes) -> None:
        """Send bytes; raise `OSError` once the other side has gone."""
        ...  # pragma: no cover

    async def left(self) -> None:
        """Wait until the other side has gone."""
        ...  # pragma: no cover

    async def heard(self) -> None:
        """Wait for the first word of the other side."""
        ...  # pragma: no cover

    async def reset(self) -> None:
        """Throw the connection away, without a farewell."""
        ...  # pragma: no cover


class Absent(Enum):
    """A place where nobody answers: the port is closed, or its queue of connections is full for ever."""

    CLOSED = auto()
    CROWDED = auto()


Action = bytes | Callable[[Talk], Awaitable[object]] | Absent
"""What a server sends, or does."""


class At(Struct, frozen=True):
    """What stands at a URL, which is as it goes over the wire.

    An action that ``greets`` does not wait for a request; behind ``https`` it speaks no TLS, either. ``certificate``
    names one of those that :mod:`~tests.links.behaviours.certificates` makes.
    """

    url: str
    action: Action
    greets: bool = False
    certificate: str = "good"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return scheme, host and port: what a server stands for."""
        parts = urlsplit(self.url)
        return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def target(self) -> str:
        """Return path and query."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class Expected(Struct, frozen=True):
    """What the report is to say: verdict, code, a part of the reason, and for a page that moved its new URL.

    The verdict is empty for what is no claim at all.
    """

    verdict: str
    code: str = ""
    says: str = ""
    to: str = ""


class Told(Struct, frozen=True):
    """What the report says of a link; empty where it says nothing."""

    verdict: str = ""
    code: str = ""
    reason: str = ""
    resolved: str = ""


class Row(Struct, frozen=True):
    """A behaviour: its ``name``, the link that is checked, what is to come of it, and the ``web`` that it needs.

    ``requests`` is how often the pages of this web are asked for in one run, all together, at the pace of the tests;
    -1 is once or twice, as the machine is quick enough. A row without a web of its own shares the page of another one.
    """

    name: str
    url: str
    expected: Expected
    web: tuple[At, ...] = ()
    requests: int = 1


def plain(name: str) -> str:
    """Return a name as a part of a URL."""
    return "-".join("".join(each if each.isalnum() else " " for each in name.lower()).split())


def row(
    name: str, url: str, expected: Expected, action: Action | None = None, *more: At, requests: int = 1, **kind: object
) -> Row:
    """Return a row whose link leads to ``action``; ``kind`` are further fields of `At`, ``more`` is further web."""
    first = () if action is None else (At(url.partition("#")[0], action, **kind),)  # type: ignore[arg-type] # its own
    return Row(name, url, expected, (*first, *more), requests)


HOLDS = Expected("holds")
NO_CLAIM = Expected("")


def moved(to: str) -> Expected:
    """Expect that a link holds, and has a new URL."""
    return Expected("moved", "link-moved", "redirected for good", to)


def broken(says: str = "") -> Expected:
    """Expect that the page is not there."""
    return Expected("broken", "link-broken", says)


def malformed(says: str = "") -> Expected:
    """Expect that nobody could be asked."""
    return Expected("broken", "url-malformed", says)


def missing(says: str = "the page has no") -> Expected:
    """Expect that the page is there, and what is looked for on it is not."""
    return Expected("anchor-missing", "anchor-missing", says)


def pretends(says: str = "") -> Expected:
    """Expect that the page is not there although the status says so."""
    return Expected("soft-404", "soft-404", says)


def unable(says: str = "") -> Expected:
    """Expect that nobody could tell."""
    return Expected("unable", "link-unable", says)


def limited(says: str = "") -> Expected:
    """Expect that the server wants to be left alone."""
    return Expected("unable", "rate-limited", says)


def refused(says: str = "") -> Expected:
    """Expect that the machine does not ask there."""
    return Expected("unable", "address-refused", says)


def mistakes(row: Row, said: Told) -> list[str]:
    """Return what is not told of a row as it should be."""
    wanted = row.expected
    wrong = [f"{said}, not {wanted}"]
    if (said.verdict, said.code) != (wanted.verdict, wanted.code) or wanted.says not in said.reason:
        return wrong
    return wrong if wanted.to not in ("", said.resolved) else []
