"""What a run finds, for those who asked; and a second look at the names that it found nothing behind. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import TypeGuard

from msgspec.structs import replace

from affidavit.links.address import Address, read_address
from affidavit.links.marks import Question
from affidavit.links.names import Name, is_open
from affidavit.links.network import Network, network
from affidavit.links.seen import Observation, Trouble, Unreachable

_NOT_YET = Unreachable("", "", Trouble.NOT_ASKED, "not seen yet")
"""Keeps the place of an observation among the others."""

_FEW = 2
"""Hosts that may be down at once by chance."""


class Found:
    """The observations of a run by the URLs of their questions; ``tell`` hears of each when it is final.

    An unknown name is final only after a second look, since libcurl does not tell names that could not be looked up
    from those that do not exist. Whether there is a network at all is known at the end, and stands in ``seen`` only.
    """

    def __init__(self, questions: Sequence[Question], tell: Callable[[str, Observation], None]) -> None:
        self._questions = questions
        self._tell = tell
        self._unsure: list[Unreachable] = []

    @cached_property
    def seen(self) -> dict[str, Observation]:
        """Return them in the order of their questions; made with the first, since it holds up nobody then."""
        return dict.fromkeys((each.url for each in self._questions), _NOT_YET)

    def final(self, observation: Observation) -> None:
        """Take note of the final observation of a URL."""
        if _is_unknown(observation):
            self._unsure.append(observation)
        else:
            self._keep(observation)

    def look_again(self, look_up: Callable[[Collection[str]], Mapping[str, Name]]) -> None:
        """Make what is known of names final; ``look_up`` tells whether they exist.

        Where not even names are known that the whole web knows, none says anything. These are looked up first: without
        a network each look-up may last, and one round of them is enough to see that. Where nobody else was met, it is
        they alone that tell dead hosts from an absent network. Where a few hosts only were out of reach, the
        well-known names tell the same. Many hosts at once do not fail in an open network: names may be known where a
        firewall lets nothing else through.
        """
        if self._unsure:
            self._settle(_kinds({_host(each) for each in self._unsure}, look_up))
        elif self._seem_down() and is_open(look_up):
            self.seen.update((url, replace(each, online=True)) for url, each in self.seen.items() if _is_tried(each))

    def leave(self) -> None:
        """Tell what is known without a second look."""
        self._settle({_host(each): Trouble.NAME_UNSURE for each in self._unsure}, online=False)

    def _settle(self, kinds: Mapping[str, Trouble] | None, *, online: bool = True) -> None:
        """Make all unknown names final; ``kinds`` are what they come to by host, ``None`` in a closed network."""
        while self._unsure:
            each = self._unsure.pop(0)
            if kinds is None:
                self._keep(replace(each, kind=Trouble.NETWORK_CLOSED))
            else:
                self._keep(replace(each, kind=kinds.get(_host(each), each.kind), online=online))

    def _seem_down(self) -> bool:
        """Tell whether nobody was met, and it may well be that the servers are down that were asked."""
        if network(self.seen.values()) is not Network.ABSENT:
            return False
        hosts = {_host(each) for each in self.seen.values() if _is_tried(each)}
        return len(hosts) <= _FEW

    def _keep(self, observation: Observation) -> None:
        self.seen[observation.url] = observation
        self._tell(observation.url, observation)


def _kinds(
    hosts: Collection[str], look_up: Callable[[Collection[str]], Mapping[str, Name]]
) -> dict[str, Trouble] | None:
    """Return what unknown names come to that another look does not deny; ``None`` where there is no open network."""
    if not is_open(look_up):
        return None
    return {host: Trouble.NAME_UNSURE for host, name in look_up(hosts).items() if name is not Name.UNKNOWN}


def _is_unknown(seen: Observation) -> TypeGuard[Unreachable]:
    return isinstance(seen, Unreachable) and seen.kind is Trouble.NAME_UNKNOWN


def _is_tried(seen: Observation) -> TypeGuard[Unreachable]:
    return isinstance(seen, Unreachable) and seen.tried


def _host(failed: Unreachable) -> str:
    at = read_address(failed.at)
    return at.host if isinstance(at, Address) else ""
