"""What a run shows of the network that it ran in. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from affidavit.links.seen import Observation, Trouble, Unreachable

_ENOUGH_IN_VAIN = 100
"""URLs without any server that are enough to see that there is no network, however few are asked at once."""


class Contact:
    """Whether a run ``met`` any server by now; if it did not, ``most`` requests in vain are enough to see that."""

    def __init__(self, most: int, *, met: bool) -> None:
        self.met = met
        self._most = max(most, _ENOUGH_IN_VAIN)
        self._in_vain = 0

    def came(self) -> None:
        """Take note that a server answered."""
        self.met = True

    def failed(self, seen: Unreachable) -> None:
        """Take note of a URL that nothing came of in the end."""
        self.met = self.met or seen.met
        self._in_vain += seen.tried and not seen.met

    def begin_anew(self) -> None:
        """Take all that was in vain for no sign any more."""
        self._in_vain = 0

    def allows(self, under_way: int) -> bool:
        """Return whether one more may be asked, where so many are by now."""
        return self.met or under_way + self._in_vain < self._most


class Network(StrEnum):
    """What a run shows of the network that it ran in."""

    OPEN = "open"
    CLOSED = "closed"
    ABSENT = "absent"
    PROXY_DOWN = "proxy-down"


def network(observations: Iterable[Observation]) -> Network:
    """Return what all observations of a run, taken together, show of the network.

    Where something was tried and no server was met there seems to be none. A dead host looks the same, unless it was
    seen that names are known here. A proxy that cannot be reached hides whether there is one.
    """
    every = tuple(observations)
    if Unreachable not in set(map(type, every)):  # as in most runs, and this takes next to no time
        return Network.OPEN
    failed = [each for each in every if isinstance(each, Unreachable)]
    tried = [each for each in failed if each.tried]
    if tried and len(failed) == len(every) and not any(each.met or each.online for each in tried):
        return Network.PROXY_DOWN if all(each.kind is Trouble.PROXY_UNREACHABLE for each in tried) else Network.ABSENT
    closed = any(each.kind is Trouble.NETWORK_CLOSED for each in tried)
    return Network.CLOSED if closed else Network.OPEN
