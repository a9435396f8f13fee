"""How long a host is put up with that does not want to be asked, or does not answer. Pure."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from affidavit.links.seen import Trouble

STRIKES = 3
"""So many addresses in a row without anything else are enough to know what the host's other addresses would get."""

SILENT = frozenset(
    {
        Trouble.NAME_UNKNOWN,
        Trouble.NOT_CONNECTED,
        Trouble.CONNECT_TIMEOUT,
        Trouble.PROXY_UNREACHABLE,
        Trouble.ANSWER_TIMEOUT,
    },
)
"""What looks the same whichever address of a host is asked, where no server listens."""


class Gone(Struct, frozen=True):
    """Why a host, or one ``port`` of it, is not asked any more, and what is to be said of addresses that wait there."""

    kind: Trouble
    reason: str
    port: int | None = None

    def fits(self, port: int) -> bool:
        """Return whether it speaks of a port."""
        return self.port in (None, port)


class Patience:
    """The pauses that a host is given: as long as it asks for, else each twice as long as the last.

    All pauses without a word in between that is no refusal come to ``seconds`` at most; after as many refusals as
    ``strikes``, for which there was no time, the host is gone. With 0 it never is.
    """

    def __init__(self, seconds: float, strikes: int = STRIKES) -> None:
        self.until = 0.0
        """When the pause ends, on the caller's clock."""
        self._seconds = seconds
        self._waited = 0.0
        self._next = 1.0
        self._strikes = 0
        self._most = strikes

    @property
    def gone(self) -> Gone | None:
        """Return that nothing but refusals came and no more is to be waited, if that is so."""
        if not 0 < self._most <= self._strikes:
            return None
        return Gone(Trouble.RATE_LIMITED, f"its host wanted to be left alone, {self._most} times in a row")

    def answered(self) -> None:
        """Take note of an answer that is no refusal."""
        self._waited, self._next, self._strikes = 0.0, 1.0, 0

    def refused(self, wanted: int, now: float) -> float | None:
        """Take note of a refusal that asks for a pause of ``wanted`` seconds; return when the pause ends.

        ``None`` means that it is too long. Refusals that come in the midst of a pause belong to the one that began it.
        """
        is_new = now >= self.until
        until = now + max(wanted, self._next) if is_new else max(self.until, now + wanted)
        longer = until - max(now, self.until)
        if self._waited + longer > self._seconds:
            self._strikes += 1
            return None
        self._waited += longer
        self._next *= 2 if is_new else 1
        self.until = until
        return until


class Silence:
    """What is known of the ports of a host that nothing was heard of: each is a server of its own."""

    def __init__(self) -> None:
        self._heard: set[int] = set()
        self._asked: Counter[int] = Counter()
        self._last: dict[int, tuple[Trouble, str]] = {}

    def answered(self, port: int) -> None:
        """Take note that somebody listens."""
        self._heard.add(port)

    def failed(self, port: int, kind: Trouble, reason: str) -> None:
        """Take note that an address gave no answer."""
        if kind in SILENT:
            self._asked[port] += 1
            self._last[port] = kind, reason

    def gone(self, port: int) -> Gone | None:
        """Return that nobody listens, if it was asked often enough to know.

        That a name is not known is true of all its addresses; of a server that is silent more cannot be said.
        """
        if port in self._heard or self._asked[port] < STRIKES:
            return None
        kind, reason = self._last[port]
        if kind is Trouble.NAME_UNKNOWN:
            return Gone(kind, reason, port)
        return Gone(Trouble.HOST_GIVEN_UP, f"nothing was heard of {STRIKES} others", port)
