"""How one address is asked, where that differs from how all others are. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from affidavit.links.address import Address


@dataclass(frozen=True, slots=True)
class Manner:
    """What a request to one host has of its own.

    ``login`` is ``user:password`` for servers that ask for it (Basic, or Digest where ``digest`` says so),
    ``authorization`` the whole value of that header field instead; neither is ever shown, and neither goes to another
    host than the one that this manner was made for. ``authorities`` replaces the run's certificate authorities, and
    ``verify`` says whether certificates count at all. ``timeout`` (one request) and ``pace`` (least time between the
    starts of two) are in seconds, ``at_once`` is the most requests under way; 0 leaves each to the run.
    """

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    login: str = field(default="", repr=False)
    digest: bool = False
    authorization: str = field(default="", repr=False)
    authorities: PurePath | None = None
    verify: bool = True
    timeout: float = 0
    pace: float = 0
    at_once: int = 0

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
