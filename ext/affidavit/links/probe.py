"""Asking the web about URLs: the seam, and its form that is built on libcurl."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Protocol

from msgspec import Struct, field

from affidavit.links.address import Address, Malformed, OtherScheme, read_address
from affidavit.links.asked import united
from affidavit.links.chase import Chase
from affidavit.links.coming import Coming, Spare
from affidavit.links.descriptors import connections
from affidavit.links.found import Found
from affidavit.links.limits import Limits
from affidavit.links.manner import Manner, Manners, usual
from affidavit.links.marks import Question
from affidavit.links.names import Name, look_up, look_up_all
from affidavit.links.options import Asking
from affidavit.links.patience import STRIKES
from affidavit.links.policy import Policy
from affidavit.links.proxies import read_proxies
from affidavit.links.refuse import refused_host
from affidavit.links.run import Run
from affidavit.links.schedule import Schedule
from affidavit.links.seen import Observation, Trouble, Unreachable
from affidavit.links.spread import Final, Spared, Spread, Stint
from affidavit.links.trust import authorities
from affidavit.model.settings import Allowed

Seen = Callable[[str, Observation], None]
"""Whoever wants to know each final observation as soon as there is one, with the URL of its question."""


def ignore(_url: str, _observation: Observation) -> None:
    """Do nothing with an observation."""


def always(_: Address) -> bool:
    """Follow redirects wherever they lead."""
    return True


class Probe(Protocol):
    """Whoever can say what URLs answer; the network of a build, or of a test, is one."""

    def observe(self, questions: Sequence[Question], seen: Seen = ignore) -> dict[str, Observation]:
        """Return what asking each page came to, by its URL; a failure is an observation, too.

        ``seen`` is told of each once, before an interrupt leaves this function, too.
        """
        ...  # pragma: no cover


class CurlProbe(Struct, frozen=True, kw_only=True):
    """Asks each distinct URL with GET, follows its redirects, and reads its page as far as its marks need it.

    ``connect_seconds`` bounds a connection, ``request_seconds`` one request, ``total_seconds`` a URL with its
    redirects, its ``retries`` of what may pass (``retry_seconds`` later) and the pauses that its host asks for;
    ``host_seconds`` bounds all URLs of a host, ``run_seconds`` everything. A host is sent ``per_host`` requests at once
    in the beginning, and more while it is at ease, but never more than the ``in_all`` of all hosts together. It is left
    alone as long as it asks for, up to ``patience`` seconds; after ``strikes`` refusals in a row for which that was not
    enough, its other URLs are not asked (0: they are). Where the first ``in_all`` URLs reach no server at all,
    the others are not asked: there is no network.

    Proxies are those of the environment (``https_proxy``, ``no_proxy``, ...). ``ca_file`` replaces the certificate
    authorities of the machine. ``manners`` says how an address is asked otherwise than all others, ``follow`` whether a
    redirect may be followed to an address. ``resolve`` maps
    ``host:port`` (or ``host``, for all ports) to the ``host:port`` of a server to ask instead, as tests need it.
    ``look_up`` raises ``socket.gaierror`` for a host that has no address. Besides the open web only ``allowed`` is
    asked; the addresses of :data:`~affidavit.links.refuse.BLOCKS` are refused, of a proxy only those in the URL.
    ``spread`` has several processes ask at the same time.
    """

    user_agent: str
    connect_seconds: float = 5
    request_seconds: float = 12
    total_seconds: float = 28
    host_seconds: float = 120
    run_seconds: float = 600
    per_host: int = 8
    in_all: int = 128
    redirects: int = 20
    retries: int = 1
    retry_seconds: float = 1
    patience: float = 20
    strikes: int = STRIKES
    ca_file: Path | None = None
    manners: Manners = usual
    follow: Callable[[Address], bool] = always
    resolve: Mapping[str, str] = field(default_factory=dict)
    look_up: Callable[[str], object] = look_up
    allowed: Allowed = field(default_factory=Allowed)
    spread: Spread = field(default_factory=Spread)

    def observe(self, questions: Sequence[Question], seen: Seen = ignore) -> dict[str, Observation]:
        """Return what asking each page came to, by its URL; nothing but an interrupt raises."""
        pages = united(questions)
        found = Found(pages, seen)
        try:
            self.spread.run(self._ask, pages, found.final, monotonic() + self.run_seconds)
            found.look_again(self._look_again)
        except KeyboardInterrupt:
            found.leave()
            raise
        return found.seen

    def _ask(self, questions: Collection[Question], final: Final, stint: Stint) -> None:
        """Ask some of the questions, or all of them."""
        limits = self._limits(stint.share)
        coming = Coming(self._chases(questions, final), self._spare(stint.spare, final))
        policy = Policy(self.manners, self.follow, cache(self._refused))
        schedule = Schedule(coming, limits, policy, final, met=stint.met)
        with closing(Run(schedule, self._asking(limits), self._manner, stint.pulse)) as run:
            run.finish(stint.ends)
            stint.over()

    def _chases(self, questions: Collection[Question], final: Final) -> Iterator[Chase]:
        """Yield what can be asked. Addresses are read when it is their turn, so that the first are not held up."""
        for each in questions:
            url = each.url
            match read_address(url):
                case Address() as address:
                    yield Chase(each, address, self.total_seconds)
                case OtherScheme(scheme):
                    final(Unreachable(url, url, Trouble.URL_UNUSABLE, f"{scheme} is neither http nor https"))
                case Malformed(reason):
                    final(Unreachable(url, url, Trouble.URL_UNUSABLE, f"it {reason}"))

    def _spare(self, spared: Spared | None, final: Final) -> Spare | None:
        return Spare(self._chases(spared.questions, final), spared.share, spared.decided) if spared else None

    def _manner(self, chase: Chase) -> Manner:
        manner = self.manners(chase.at)
        return manner if chase.at_home else manner.without_secrets()

    def _refused(self, host: str) -> str:
        return refused_host(host, self.allowed)

    def _look_again(self, hosts: Collection[str]) -> dict[str, Name]:
        return look_up_all(hosts, seconds=self.connect_seconds, look_up=self.look_up)

    def _limits(self, share: float) -> Limits:
        return Limits(
            connect_seconds=self.connect_seconds,
            request_seconds=self.request_seconds,
            total_seconds=self.total_seconds,
            host_seconds=self.host_seconds,
            run_seconds=self.run_seconds,
            per_host=self.per_host,
            in_all=max(1, min(int(self.in_all * share), connections() // 2)),
            redirects=self.redirects,
            retries=self.retries,
            retry_seconds=self.retry_seconds,
            patience=self.patience,
            strikes=self.strikes,
        )

    def _asking(self, limits: Limits) -> Asking:
        return Asking(
            user_agent=self.user_agent,
            limits=limits,
            authorities=self.ca_file or authorities(),
            resolve=self.resolve,
            proxies=read_proxies(os.environ),
            allowed=self.allowed,
        )
