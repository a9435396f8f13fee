"""Judging links by what was seen in one run, and by what the settings say of their hosts. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from affidavit.links.address import Address, read_address, without_login
from affidavit.links.judge import judge
from affidavit.links.marks import Question
from affidavit.links.network import Network, network
from affidavit.links.refuse import is_near
from affidavit.links.seen import Answered, Observation, Unreachable
from affidavit.model.claims import Link
from affidavit.model.report import Judged, Observed
from affidavit.model.settings import Settings


class Judging:
    """Judges links; the network is that which the ``observations`` show at first."""

    def __init__(self, settings: Settings, observations: Mapping[str, Observation]) -> None:
        self._settings = settings
        self._observations = observations
        self._network = network(observations.values())

    @property
    def is_usual(self) -> bool:
        """Return whether the network lets everybody be asked, so that it does not matter for any verdict."""
        return self._network is Network.OPEN

    def link(self, link: Link, asked: Question) -> Judged:
        """Judge one."""
        seen = self._observations.get(asked.url)
        accepted = self._accepted(seen) if self._settings.hosts and isinstance(seen, Answered) else ()
        return Judged(link, judge(link, asked, seen, self._network_of(seen), accepted), _observed(seen))

    def _network_of(self, seen: Observation | None) -> Network:
        """Return the network that an answer came through; that the web is out of reach says nothing of the own one."""
        if self._network is not Network.CLOSED or not isinstance(seen, Answered):
            return self._network
        final = read_address(seen.final)
        is_own = isinstance(final, Address) and is_near(final.host, self._settings.allowed)
        return Network.OPEN if is_own else self._network

    def _accepted(self, answered: Answered) -> tuple[int, ...]:
        """Return the statuses that are good from the host that gave the last answer."""
        final = read_address(answered.final)
        rule = self._settings.rule_of(final.host) if isinstance(final, Address) else None
        return rule.accept if rule else ()


def _observed(observation: Observation | None) -> Observed | None:
    match observation:
        case None:
            return None
        case Answered():
            return Observed(without_login(observation.final), observation.status, observation.redirects)
        case Unreachable():
            at, reason = without_login(observation.at), without_login(observation.reason)
            return Observed(at, 0, trouble=str(observation.kind), reason=reason)
        case _:  # pragma: no cover
            assert_never(observation)
