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
    every = tuple(observations)
    failed = [each for each in every if isinstance(each, Unreachable)]
    tried = [each for each in failed if each.tried]
    if tried and len(failed) == len(every) and not any(each.met or each.online for each in tried):
        return Network.ABSENT
    closed = any(each.kind is Trouble.NETWORK_CLOSED for each in tried)
    return Network.CLOSED if closed else Network.OPEN
