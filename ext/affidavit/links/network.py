"""What a run shows of the network that it ran in. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from affidavit.links.seen import Observation, Trouble, Unreachable


class Network(StrEnum):
    """What a run shows of the network that it ran in."""

    OPEN = "open"
    CLOSED = "closed"
    ABSENT = "absent"


def network(observations: Iterable[Observation]) -> Network:
    """Return what all observations of a run, taken together, show of the network.

    Where something was tried and no server was met there seems to be none. A dead host looks the same, unless it was
    seen that names are known here.
    """
    seen = [each for each in observations if each.tried]
    if seen and not any(each.met or _is_online(each) for each in seen):
        return Network.ABSENT
    closed = any(isinstance(each, Unreachable) and each.kind is Trouble.NETWORK_CLOSED for each in seen)
    return Network.CLOSED if closed else Network.OPEN


def _is_online(seen: Observation) -> bool:
    return isinstance(seen, Unreachable) and seen.online
