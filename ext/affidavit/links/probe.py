"""Asking the web about URLs: the seam, and its first form, built on libcurl."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, TypeGuard

import pycurl

from affidavit.links.address import Address, Malformed, OtherScheme, read_address
from affidavit.links.marks import Question
from affidavit.links.names import WELL_KNOWN, Name, look_up, look_up_all
from affidavit.links.order import Queue
from affidavit.links.proxies import read_proxies
from affidavit.links.seen import Observation, Trouble, Unreachable
from affidavit.links.transfer import Asking, Chase
from affidavit.links.trust import authorities
from affidavit.model.settings import Allowed

_LONGEST_WAIT = 0.2
_SHORT_WAIT = 0.02
_NOTHING_TO_WATCH = -1


class Probe(Protocol):
    """Whoever can say what URLs answer; the network of a build, or of a test, is one."""

    def observe(self, questions: Sequence[Question]) -> dict[str, Observation]:
        """Return what asking each page came to, by its URL; a failure is an observation, too."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True, kw_only=True)
class CurlProbe:
    """Asks each distinct URL once with GET, follows its redirects, and looks at nothing but the status.

    ``connect_seconds`` and ``total_seconds`` bound each URL with its redirects, ``run_seconds`` all of them;
    ``per_host`` and ``in_all`` bound what is under way at once. Where the first ``in_all`` URLs reach no server at
    all, the others are not asked: there is no network. Proxies are those of the environment (``https_proxy``,
    ``no_proxy``, ...). ``ca_file`` replaces the certificate authorities of the machine. ``resolve`` maps
    ``host:port`` (or ``host``, for all ports) to the ``host:port`` of a server to ask instead, as tests need it.
    ``look_up`` raises ``socket.gaierror`` for a host that has no address. Besides the open web only ``allowed`` is
    asked; the addresses of :data:`~affidavit.links.refuse.BLOCKS` are refused, of a proxy only those in the URL.
    """

    user_agent: str
    connect_seconds: float = 10
    total_seconds: float = 20
    run_seconds: float = 120
    per_host: int = 8
    in_all: int = 32
    redirects: int = 20
    ca_file: Path | None = None
    resolve: Mapping[str, str] = field(default_factory=dict)
    look_up: Callable[[str], object] = look_up
    allowed: Allowed = field(default_factory=Allowed)

    def observe(self, questions: Sequence[Question]) -> dict[str, Observation]:
        """Return what asking each page came to, by its URL; nothing but an interrupt raises."""
        read = {each.url: read_address(each.url) for each in questions}
        wanted = {each.request: each for each in read.values() if isinstance(each, Address)}
        seen = _Run(self, tuple(wanted.values())).finish()
        seen |= self._second_look(seen)
        return {url: _of(url, address, seen) for url, address in read.items()}

    def _second_look(self, seen: Mapping[str, Observation]) -> dict[str, Observation]:
        """Tell the names that could not be looked up from those that do not exist, which libcurl does not."""
        if not any(each.met for each in seen.values()):
            return {}  # no network: nothing to be learned about any name
        failed = {each: _host(each) for each in seen.values() if _is_unknown(each)}
        if not failed:
            return {}
        hosts = WELL_KNOWN.union(failed.values())
        names = look_up_all(hosts, seconds=self.connect_seconds, look_up=self.look_up)
        if all(names[host] is not Name.KNOWN for host in WELL_KNOWN):
            return {each.url: replace(each, kind=Trouble.NETWORK_CLOSED) for each in failed}
        unsure = (each for each, host in failed.items() if names[host] is not Name.UNKNOWN)
        return {each.url: replace(each, kind=Trouble.NAME_UNSURE) for each in unsure}


class _Run:
    """One go over a list of URLs; it owns all of libcurl's handles and gives them back, whatever happens."""

    def __init__(self, probe: CurlProbe, addresses: Sequence[Address]) -> None:
        self._probe = probe
        self._asking = _asking(probe)
        self._queue = Queue(addresses, per_host=probe.per_host)
        self._ends = time.monotonic() + probe.run_seconds
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, probe.per_host)  # redirects lead to hosts outside the queue
        self._live: dict[pycurl.Curl, Chase] = {}
        self._seen: dict[str, Observation] = {}
        self._met = False
        self._in_vain = 0

    def finish(self) -> dict[str, Observation]:
        """Ask everything that time allows, and return what was seen, by the URL that was asked."""
        try:
            while time.monotonic() < self._ends and self._start():
                self._turn()
            self._give_up()
        finally:
            self._close()
        return self._seen

    def _start(self) -> bool:
        """Start what may be started, and return whether anything is under way."""
        while self._has_room() and (address := self._queue.take()):
            chase = Chase(address, self._asking)
            self._go_on(chase, chase.begin())
        return bool(self._live)

    def _has_room(self) -> bool:
        """Tell whether one more may be asked: until some server was met, no more than may be under way at once."""
        counted = len(self._live) + (0 if self._met else self._in_vain)
        return counted < self._probe.in_all

    def _turn(self) -> None:
        self._multi.perform()
        _, done, failed = self._multi.info_read()
        for handle in done:
            self._ended(handle, pycurl.E_OK, "")
        for handle, error, words in failed:
            self._ended(handle, error, words)
        if not (done or failed):
            self._wait()

    def _wait(self) -> None:
        """Wait for the network, but no longer than libcurl's own timers."""
        due = self._multi.timeout() / 1000
        seconds = min(due, _LONGEST_WAIT) if due >= 0 else _LONGEST_WAIT
        if self._multi.select(seconds) == _NOTHING_TO_WATCH:
            time.sleep(min(seconds, _SHORT_WAIT))

    def _ended(self, handle: pycurl.Curl, error: int, words: str) -> None:
        chase = self._live.pop(handle)
        self._multi.remove_handle(handle)
        self._go_on(chase, chase.advance(error, words))

    def _go_on(self, chase: Chase, observation: Observation | None) -> None:
        if observation is None:
            self._multi.add_handle(chase.handle)
            self._live[chase.handle] = chase
        else:
            chase.handle.close()
            self._keep(chase, observation)

    def _keep(self, chase: Chase, observation: Observation) -> None:
        self._queue.done(chase.address)
        self._met = self._met or observation.met
        self._in_vain += observation.tried and not observation.met
        self._seen[observation.url] = observation

    def _give_up(self) -> None:
        for chase in self._live.values():
            self._seen[chase.address.request] = chase.failed(Trouble.NOT_ASKED, "no time left")
        for address in self._queue.rest():
            url = address.request
            self._seen[url] = Unreachable(url, url, Trouble.NOT_ASKED, "not begun")

    def _close(self) -> None:
        for handle in self._live:
            handle.close()  # takes it out of the multi handle, too
        self._multi.close()


def _asking(probe: CurlProbe) -> Asking:
    return Asking(
        user_agent=probe.user_agent,
        connect_seconds=probe.connect_seconds,
        total_seconds=probe.total_seconds,
        redirects=probe.redirects,
        authorities=probe.ca_file or authorities(),
        resolve=probe.resolve,
        proxies=read_proxies(os.environ),
        allowed=probe.allowed,
    )


def _of(url: str, address: Address | OtherScheme | Malformed, seen: Mapping[str, Observation]) -> Observation:
    match address:
        case Address():
            return seen[address.request]
        case OtherScheme(scheme):
            return Unreachable(url, url, Trouble.URL_UNUSABLE, f"{scheme} is neither http nor https")
        case Malformed(reason):
            return Unreachable(url, url, Trouble.URL_UNUSABLE, f"it {reason}")


def _is_unknown(seen: Observation) -> TypeGuard[Unreachable]:
    return isinstance(seen, Unreachable) and seen.kind is Trouble.NAME_UNKNOWN


def _host(failed: Unreachable) -> str:
    at = read_address(failed.at)
    return at.host if isinstance(at, Address) else ""
