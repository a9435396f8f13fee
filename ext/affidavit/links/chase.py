"""One URL on its way through redirects and further attempts to what is seen of it in the end. Pure."""

from __future__ import annotations

from collections.abc import Callable

from affidavit.links.address import Address
from affidavit.links.asked import marks_of
from affidavit.links.head import Head
from affidavit.links.marks import Question
from affidavit.links.outcome import Came
from affidavit.links.redirect import target
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable

_FOR_GOOD = frozenset({301, 308})
"""Statuses by which the new URL takes the place of the old one (RFC 9110, 15.4)."""


class Chase:
    """A question, what is looked for on its page, and how far asking has come.

    ``url`` is that of the question, and ``address`` the same, read. ``at`` is what is asked next, and ``host`` of whom,
    ``cookies`` what the servers of this chain want to have back, as libcurl writes them; ``left`` is the time in
    seconds that it may still cost. ``last`` is what the last attempt came to, if there was one.
    """

    __slots__ = (
        "_fragment",
        "_moved_to",
        "_moves",
        "address",
        "at",
        "attempts",
        "cookies",
        "host",
        "last",
        "left",
        "marks",
        "redirected_by",
        "redirects",
        "retried",
        "started",
        "url",
    )

    def __init__(self, question: Question, address: Address, seconds: float) -> None:
        self.url = question.url
        self.marks = question.marks
        self.address = self.at = address
        self.host = address.host
        self.left = seconds
        self.redirects = self.redirected_by = self.attempts = self.retried = 0
        self.cookies: tuple[bytes, ...] = ()
        self.last: Observation | None = None
        self.started = 0.0
        self._moved_to = self._fragment = ""
        self._moves = True

    @property
    def at_home(self) -> bool:
        """Return whether the server is that of the URL itself (RFC 6454, 4), so that it may hear its secrets."""
        first, now = self.address, self.at
        return (first.scheme, first.host, first.port) == (now.scheme, now.host, now.port)

    def follow(self, head: Head, most: int, allows: Callable[[Address], bool]) -> Unreachable | None:
        """Go where a redirect leads; where that is nowhere, too far, or not allowed, return what is seen."""
        to = target(self.at, head.location)
        self.redirected_by = head.status
        if not isinstance(to, Address):
            return self.failed(Trouble.REDIRECT_UNUSABLE, f"redirected to {head.location.decode('latin-1')!a:.200}")
        if self.redirects == most:
            return self.failed(Trouble.TOO_MANY_REDIRECTS, f"{self.redirects} redirects, and one more")
        self.at, self.host = to, to.host
        if not allows(to):
            return self.failed(Trouble.REDIRECT_STOPPED, "the settings say not to follow it there")
        self.redirects += 1
        if to.fragment:
            self._fragment = to.fragment
            self.marks |= marks_of(to)
        self._moves = self._moves and head.status in _FOR_GOOD
        if self._moves:
            self._moved_to = to.request + (f"#{self._fragment}" if self._fragment else "")
        return None

    def answered(self, came: Came) -> Answered:
        """Return what is seen where a server gave a final status."""
        head = came.head
        return Answered(
            self.url,
            self.at.request,
            head.status,
            self.redirects,
            self._moved_to,
            self._fragment,
            head.retry_after,
            head.hints,
            came.read(),
            self.redirected_by,
        )

    def seen(self, end: Came | Observation) -> Observation:
        """Return an end as an observation."""
        return self.answered(end) if isinstance(end, Came) else end

    def failed(self, kind: Trouble, reason: str) -> Unreachable:
        """Return what is seen where no status came."""
        return Unreachable(self.url, self.at.request, kind, reason, self.redirected_by)
