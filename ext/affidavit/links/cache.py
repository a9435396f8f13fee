"""Asking the web only about what was not seen lately: a probe before another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from affidavit.links.address import Address, read_address
from affidavit.links.ages import LONGEST, is_worth_keeping
from affidavit.links.asked import united
from affidavit.links.marks import Question
from affidavit.links.network import Network, network
from affidavit.links.probe import Probe, Seen, ignore
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable
from affidavit.links.store import CacheError, Kept, Store

_WITNESSES = 3
"""Hosts that are asked whether there is a network, where nobody else answers."""


class Progress:
    """Is told what a cached probe does; whoever wants to know overrides what matters to them."""

    def asking(self, asked: int, known: int) -> None:
        """Take note that so many URLs are about to be asked, and so many were seen lately."""

    def begun(self) -> None:
        """Take note that asking has begun; where this starts a thread, none should be started before."""

    def failed(self, error: CacheError) -> None:
        """Take note that the cache is of no use in this run, or was begun anew."""

    def told(self, text: str) -> None:
        """Take note of something else that whoever runs this should know, in a sentence or two."""


class CachedProbe(Struct, frozen=True):
    """Answers from the store what was seen lately, asks another probe about the rest, and keeps what it saw.

    ``clock`` gives seconds since 1970. Without a store everything is asked; one that fails is told, and done without.
    """

    inner: Probe
    store: Store | None
    clock: Callable[[], float]
    progress: Progress = field(default_factory=Progress)

    def observe(self, questions: Sequence[Question], seen: Seen = ignore) -> dict[str, Observation]:
        """Return what asking each page came to, now or lately, by its URL; what is known is told to ``seen`` at once.

        What answered before an interrupt is kept.
        """
        now = int(self.clock())
        known, store = self._recall(questions, now)
        missing = united([each for each in questions if each.url not in known] if known else questions)
        self.progress.asking(len(missing), len(known))
        for url, observation in known.items():
            seen(url, observation)
        answers = _Answers(seen)
        try:
            asked = self._ask(missing, known, answers)
            self._keep(store, asked.values(), now)
        except KeyboardInterrupt:
            self._keep(store, answers.given, now)
            raise
        return known | asked

    def _recall(self, questions: Sequence[Question], now: int) -> tuple[dict[str, Observation], Store | None]:
        """Return the fresh observations, and the store if it can be written to."""
        if self.store is None:
            return {}, None
        try:
            kept = self.store.read({each.url for each in questions})
        except CacheError as error:
            self.progress.failed(error)
            return {}, self.store if error.begun_anew else None
        return dict(_fresh(questions, kept, now)), self.store

    def _ask(
        self, missing: Sequence[Question], known: Mapping[str, Observation], noted: Seen
    ) -> dict[str, Observation]:
        """Ask the inner probe; where that meets nobody, once more, beside URLs that answered lately.

        Without these, a dead host that is asked alone could not be told from an absent network, and with only what
        they said lately, an absent network would look like dead hosts.
        """
        seen = self.inner.observe(missing, noted) if missing else {}
        if not known or network(seen.values()) not in {Network.ABSENT, Network.PROXY_DOWN}:
            return seen
        seen = self.inner.observe([*missing, *_witnesses(known)])
        match network(seen.values()):
            case Network.ABSENT | Network.PROXY_DOWN:
                return {each.url: _unheard(seen[each.url]) for each in missing}
            case Network.CLOSED:
                return {each.url: seen[each.url] for each in missing}
            case Network.OPEN:
                return {url: each for url, each in seen.items() if url not in known or is_worth_keeping(each)}

    def _keep(self, store: Store | None, seen: Iterable[Observation], now: int) -> None:
        observations = tuple(seen)
        if store is None or network(observations) is not Network.OPEN:
            return
        kept = [Kept(each, now) for each in observations if is_worth_keeping(each) and not _holds_secret(each)]
        if kept:
            try:
                store.write(kept, forget_before=now - LONGEST)
            except CacheError as error:
                self.progress.failed(error)


class _Answers:
    """Takes note of the answers that came, and passes on all that was seen."""

    def __init__(self, seen: Seen) -> None:
        self.given: list[Observation] = []
        self._seen = seen

    def __call__(self, url: str, observation: Observation) -> None:
        if isinstance(observation, Answered):
            self.given.append(observation)
        self._seen(url, observation)


def _fresh(questions: Iterable[Question], kept: Mapping[str, Kept], now: int) -> Iterator[tuple[str, Observation]]:
    if not kept:
        return
    from affidavit.links.freshness import is_fresh  # noqa: PLC0415 -- it holds up the first requests

    for each in questions:
        known = kept.get(each.url)
        if known and is_fresh(known.observation, now - known.seen, each.marks):
            yield each.url, known.observation


def _witnesses(known: Mapping[str, Observation]) -> list[Question]:
    """Return pages of different hosts."""
    by_host = {address.host: url for url in sorted(known) if isinstance(address := read_address(url), Address)}
    return [Question(url) for url in list(by_host.values())[:_WITNESSES]]


def _unheard(seen: Observation) -> Observation:
    """Return an observation that says by itself that there was no network: those beside it may come from the store."""
    if isinstance(seen, Unreachable) and seen.tried:
        return replace(seen, kind=Trouble.NETWORK_CLOSED)
    return seen


def _holds_secret(observation: Observation) -> bool:
    """Tell a URL with a name and a password in it, the one that was asked or one that it led to."""
    ends = (observation.at,) if isinstance(observation, Unreachable) else (observation.final, observation.moved_to)
    read = map(read_address, (observation.url, *ends))
    return any(isinstance(address, Address) and address.user for address in read)
