"""Taking in the body of one answer: what is read of it, what is let go by, and when it is broken off. Pure."""

from __future__ import annotations

from collections.abc import Collection
from math import inf

from affidavit.links.head import Head
from affidavit.links.marks import Mark
from affidavit.links.reading import Reader
from affidavit.links.seen import PageSeen

_MOST_OF_AN_ERROR = 2**16
"""Bytes that are read of a page that comes with an error: enough for the title of a wall against programs."""

_MOST_LET_BY = 2**16
"""Bytes that are not needed any more, and yet let flow: that is cheaper than another connection."""

_ALL = 2**24
"""Bytes that all readers together may hold."""

_NOTHING = PageSeen()


class Held:
    """What the readers of a run hold together; beyond a bound the one that holds most is stopped."""

    def __init__(self, most: int = _ALL) -> None:
        self._most = most
        self._bodies: set[Body] = set()
        self._total = 0

    @property
    def total(self) -> int:
        """Return how many bytes are held."""
        return self._total

    def grew(self, body: Body, size: int) -> None:
        """Take note that a body came to hold so many bytes more."""
        self._bodies.add(body)
        self._total += size
        if self._total > self._most:
            max(self._bodies, key=lambda each: each.size).stop()

    def let_go(self, body: Body, size: int) -> None:
        """Take note that a body holds nothing any more of so many bytes."""
        self._bodies.discard(body)
        self._total -= size


class Body:
    """The body that follows a head; ``kept`` is what came of it already, and is read when something hangs on it."""

    def __init__(self, head: Head, marks: Collection[Mark], held: Held, kept: bytes = b"") -> None:
        self.head = head
        self.size = 0
        self._marks = frozenset() if head.fails else marks
        self._held = held
        self._kept = kept
        self._reader: Reader | None = None
        self._page: PageSeen | None = _NOTHING if head.redirects else None
        self._idle = head.redirects
        self._left = _MOST_OF_AN_ERROR if head.fails else inf
        self._unread = head.length
        self._may_pass = 0 if head.shares else _MOST_LET_BY

    @property
    def idle(self) -> bool:
        """Return whether nothing that still comes is of any use."""
        self._catch_up()
        return self._idle

    def take(self, piece: bytes) -> bool:
        """Take in a piece; return whether the body is to go on."""
        self._catch_up()
        if self._idle:
            self._may_pass -= len(piece)
            return self._may_pass >= 0
        return self._read(piece)

    def seen(self, *, ended: bool) -> PageSeen:
        """Return what was read of the page, and hold nothing any more.

        ``ended`` tells that the body ended by itself.
        """
        if self._page is None:
            self._page = self._at_last(ended=ended) if self._reader else self._at_once(ended=ended)
        return self._page

    def stop(self) -> None:
        """Read no further, and hold nothing any more."""
        self.seen(ended=False)
        self._idle, self._may_pass = True, 0

    def _at_once(self, *, ended: bool) -> PageSeen:
        """Read what was kept in one go: it need not be looked for who holds most, nor how the body is to go on."""
        kept, self._kept = self._kept, b""
        reader = self._reading()
        wants_more = reader.feed(kept) and len(kept) < self._left
        self._reader = None
        return reader.seen(ended=ended and wants_more)

    def _at_last(self, *, ended: bool) -> PageSeen:
        page = self._reading().seen(ended=ended and not self._idle)
        self._reader = None
        self._held.let_go(self, self.size)
        self.size = 0
        return page

    def _catch_up(self) -> None:
        kept, self._kept = self._kept, b""
        if kept and not self.take(kept):
            self._may_pass = 0

    def _reading(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self._marks, self.head.media, self.head.charset)
        return self._reader

    def _read(self, piece: bytes) -> bool:
        self._left -= len(piece)
        self._unread -= len(piece)
        reader = self._reading()
        wants_more = reader.feed(piece)
        grown, self.size = reader.size - self.size, reader.size
        self._held.grew(self, grown)
        if wants_more and self._left > 0:
            return not self._idle
        self._idle = True
        return self._may_pass > max(0, self._unread)
