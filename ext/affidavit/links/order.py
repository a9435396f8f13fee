"""Who is asked next: never more than so many of one host at once, and the hosts in turn. Pure."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable

from affidavit.links.address import Address


class Queue:
    """The URLs that are still to be asked, each host's in a line of its own.

    ``take`` and ``done`` keep count of how many of each host are under way.
    """

    def __init__(self, addresses: Iterable[Address], *, per_host: int) -> None:
        self._lines: dict[str, deque[Address]] = {}
        self._under_way: Counter[str] = Counter()
        self._per_host = per_host
        for address in addresses:
            self._lines.setdefault(address.host, deque()).append(address)

    def take(self) -> Address | None:
        """Return the next URL whose host is not busy, ``None`` if there is none now."""
        host = next((each for each in self._lines if self._under_way[each] < self._per_host), None)
        if host is None:
            return None
        line = self._lines.pop(host)
        address = line.popleft()
        if line:
            self._lines[host] = line  # behind the others, so that the hosts take turns
        self._under_way[host] += 1
        return address

    def done(self, address: Address) -> None:
        """Take note that a URL is no longer under way."""
        self._under_way[address.host] -= 1

    def rest(self) -> tuple[Address, ...]:
        """Return the URLs that nobody took."""
        return tuple(address for line in self._lines.values() for address in line)
