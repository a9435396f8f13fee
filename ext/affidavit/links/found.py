"""What a run finds, for those who asked; and a second look at the names that it found nothing behind. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeGuard

from affidavit.links.address import Address, Malformed, OtherScheme, read_address
from affidavit.links.asked import united
from affidavit.links.marks import Mark, Question
from affidavit.links.names import WELL_KNOWN, Name
from affidavit.links.seen import Observation, Trouble, Unreachable


class Found:
    """The observations of a run; ``tell`` hears of each when it is final, with the URL of each question it answers.

    An unknown name is final only after a second look, since libcurl does not tell names that could not be looked up
    from those that do not exist.
    """

    def __init__(self, questions: Sequence[Question], tell: Callable[[str, Observation], None]) -> None:
        self._tell = tell
        self._wanted: dict[str, tuple[Address, frozenset[Mark]]] = {}
        self._urls: dict[str, list[str]] = {}
        self._seen: dict[str, Observation] = {}
        self._unsure: list[Unreachable] = []
        self._met = False
        pages = united(questions)
        self._order = tuple(each.url for each in pages)
        for each in pages:
            self._sort_in(each.url, each.marks)

    def wanted(self) -> Collection[tuple[Address, frozenset[Mark]]]:
        """Return what is to be asked, each address once, with all that is looked for there."""
        return self._wanted.values()

    def all(self) -> dict[str, Observation]:
        """Return the observations by the URLs of the questions."""
        return {url: self._seen[url] for url in self._order}

    def final(self, observation: Observation) -> None:
        """Take note of the final observation of a URL."""
        self._met = self._met or observation.met
        if _is_unknown(observation):
            self._unsure.append(observation)
        else:
            self._keep(observation)

    def look_again(self, look_up: Callable[[Collection[str]], Mapping[str, Name]]) -> None:
        """Make what is known of names final; ``look_up`` tells whether they exist."""
        self._settle(self._kinds(self._unsure, look_up) if self._met and self._unsure else {})

    def leave(self) -> None:
        """Tell what is known without a second look."""
        self._settle({_host(each): Trouble.NAME_UNSURE for each in self._unsure})

    def _settle(self, kinds: Mapping[str, Trouble]) -> None:
        while self._unsure:
            each = self._unsure.pop(0)
            self._keep(replace(each, kind=kinds.get(_host(each), each.kind)))

    def _sort_in(self, url: str, marks: frozenset[Mark]) -> None:
        match read_address(url):
            case Address() as address:
                request = address.request
                if request in self._wanted:
                    marks |= self._wanted[request][1]
                self._wanted[request] = address, marks
                self._urls.setdefault(request, []).append(url)
            case OtherScheme(scheme):
                self._keep_for(url, Unreachable(url, url, Trouble.URL_UNUSABLE, f"{scheme} is neither http nor https"))
            case Malformed(reason):
                self._keep_for(url, Unreachable(url, url, Trouble.URL_UNUSABLE, f"it {reason}"))

    def _keep(self, observation: Observation) -> None:
        for url in self._urls[observation.url]:
            self._keep_for(url, observation)

    def _keep_for(self, url: str, observation: Observation) -> None:
        self._seen[url] = observation
        self._tell(url, observation)

    def _kinds(
        self, unsure: Iterable[Unreachable], look_up: Callable[[Collection[str]], Mapping[str, Name]]
    ) -> dict[str, Trouble]:
        """Return what each unknown name comes to.

        Where not even names are known that the whole web knows, none says anything.
        """
        hosts = {_host(each) for each in unsure}
        names = look_up(hosts | WELL_KNOWN)
        if all(names[host] is not Name.KNOWN for host in WELL_KNOWN):
            return dict.fromkeys(hosts, Trouble.NETWORK_CLOSED)
        return {host: Trouble.NAME_UNSURE for host in hosts if names[host] is not Name.UNKNOWN}


def _is_unknown(seen: Observation) -> TypeGuard[Unreachable]:
    return isinstance(seen, Unreachable) and seen.kind is Trouble.NAME_UNKNOWN


def _host(failed: Unreachable) -> str:
    at = read_address(failed.at)
    return at.host if isinstance(at, Address) else ""
