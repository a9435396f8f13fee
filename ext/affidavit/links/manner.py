"""How one address is asked, where that differs from how all others are. Pure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from affidavit.links.address import Address


class Concealed(Struct, frozen=True):
    """Values that do not show themselves where values are printed, such as in a traceback: they hold secrets."""

    def __repr__(self) -> str:
        """Return the name alone."""
        return f"{type(self).__name__}(...)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Show nothing to rich, either."""
        return []


class Manner(Concealed, frozen=True):
    """What a request to one host has of its own.

    ``login`` is ``user:password`` for servers that ask for it (Basic, or Digest where ``digest`` says so),
    ``authorization`` the whole value of that header field instead; neither is ever shown, and neither goes to another
    host than the one that this manner was made for. ``authorities`` replaces the run's certificate authorities, and
    ``verify`` says whether certificates count at all. ``timeout`` (one request) and ``pace`` (least time between the
    starts of two) are in seconds, ``at_once`` is the most requests under way; 0 leaves each to the run. ``silence`` is
    the time in whole seconds without a byte of the answer that ends a request, 0 that none does.
    """

    headers: tuple[tuple[str, str], ...] = ()
    login: str = ""
    digest: bool = False
    authorization: str = ""
    authorities: PurePath | None = None
    verify: bool = True
    timeout: float = 0
    pace: float = 0
    at_once: int = 0
    silence: int = 0

    def without_secrets(self) -> Manner:
        """Return the manner in which a server is asked that another one redirects to."""
        headers = tuple(each for each in self.headers if each[0].lower() not in _SECRET)
        if headers == self.headers and not self.login and not self.authorization:
            return self
        return replace(self, headers=headers, login="", authorization="")


_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Fields by which a server knows who asks."""

Manners = Callable[[Address], Manner]
"""Whoever knows how an address is to be asked; each redirect to another host is asked about anew."""

USUAL = Manner()


def usual(_: Address) -> Manner:
    """Ask everybody in the same way."""
    return USUAL
