"""What an observation says about a link. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

from affidavit.links.address import without_login
from affidavit.links.marks import Question
from affidavit.links.network import Network
from affidavit.links.rulings import TROUBLE_RULES, Outcome, Ruling, ruling_of_status
from affidavit.links.seen import GIVEN_UP, Answered, Observation, Trouble, Unreachable
from affidavit.links.showing import Fault, fault, new_address
from affidavit.model.claims import Link
from affidavit.model.codes import Code
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable, finding

NOT_ASKED = Unable("Not checked: nobody asked.")
INTERRUPTED = Unable("Not checked: the check was interrupted.")
NO_NETWORK = Unable("Not checked: there is no network.")
CLOSED_NETWORK = Unable("Not checked: the network does not reach the web.")
PROXY_DOWN = Unable("Not checked: the proxy that http_proxy, https_proxy or all_proxy names cannot be reached.")
NOT_CHECKED = (NOT_ASKED, INTERRUPTED, NO_NETWORK, CLOSED_NETWORK, PROXY_DOWN)
"""The verdicts that say something of where the check ran, and nothing of the link."""

_NOT_ASKED_ABOUT = GIVEN_UP | {Trouble.ADDRESS_REFUSED}

Said = Holds | Moved | Refuted | Unable
"""What can be said of a link."""


def judge(
    link: Link, asked: Question, observation: Observation | None, network: Network, accept: Collection[int] = ()
) -> Said:
    """Decide whether a link holds, by what was seen when its page was asked for; ``None`` is that nobody asked.

    In a closed network whoever answers may be a mirror or a gateway, so that only a good answer counts. An address
    that was refused would have been in any network. ``accept`` are the statuses that are as good as 200 there.
    """
    if observation is None:
        return NOT_ASKED
    if _is_refused(observation):
        return _judge(link, asked, observation, accept)
    match network:
        case Network.OPEN:
            return _judge(link, asked, observation, accept)
        case Network.CLOSED:
            verdict = _judge(link, asked, observation, accept)
            return verdict if isinstance(verdict, (Holds, Moved)) else CLOSED_NETWORK
        case Network.ABSENT:
            return NO_NETWORK
        case Network.PROXY_DOWN:
            return PROXY_DOWN
        case _:  # pragma: no cover
            assert_never(network)


def _judge(link: Link, asked: Question, observation: Observation, accept: Collection[int]) -> Said:
    match observation:
        case Answered():
            return _of_answer(link, asked, observation, accept)
        case Unreachable():
            return _ruled(link, TROUBLE_RULES[observation.kind], _failure(observation))
        case _:  # pragma: no cover
            assert_never(observation)


def _of_answer(link: Link, asked: Question, answered: Answered, accept: Collection[int]) -> Said:
    told = _told(answered)
    ruling = ruling_of_status(answered.status)
    if answered.status in accept and ruling.outcome is not Outcome.HOLDS:
        return Holds(told)
    wrong = fault(link.url, asked, answered)
    if wrong:
        return _faulty(link, wrong, told)
    verdict = _ruled(link, ruling, told)
    to = new_address(link.url, answered)
    if to and isinstance(verdict, Holds):
        return Moved(to, finding(Code.LINK_MOVED, link.place, f"The link {link.url} is redirected for good to {to}."))
    return verdict


def _faulty(link: Link, wrong: Fault, told: str) -> Refuted | Unable:
    message = f"The link {link.url} {told}, but {wrong.reason}."
    if wrong.outcome is Outcome.BROKEN:
        return Refuted((finding(wrong.code, link.place, message),))
    return Unable(message, wrong.code)


def _ruled(link: Link, ruling: Ruling, observed: str) -> Holds | Refuted | Unable:
    match ruling.outcome:
        case Outcome.HOLDS:
            return Holds(observed)
        case Outcome.BROKEN:
            message = f"The link {link.url} {observed}: {ruling.reason}."
            return Refuted((finding(Code.LINK_BROKEN, link.place, message),))
        case Outcome.UNABLE:
            return Unable(f"The link {link.url} {observed}: {ruling.reason}.", ruling.unable)
        case _:  # pragma: no cover
            assert_never(ruling.outcome)


def _told(answer: Answered) -> str:
    return f"answers {answer.status}" + (f" at {without_login(answer.final)}" if answer.redirects else "")


def _failure(failed: Unreachable) -> str:
    at, reason = without_login(failed.at), without_login(failed.reason)
    redirected = failed.at != failed.url
    if failed.kind in _NOT_ASKED_ABOUT:
        return f"was not {f'followed to {at}' if redirected else 'asked'} ({reason})"
    where = f" at {at}" if redirected else ""
    if failed.kind is Trouble.TOO_MANY_REDIRECTS:
        return f"redirects without end ({reason})"
    if failed.kind is Trouble.REDIRECT_UNUSABLE:
        return f"is {reason}{where}"
    return f"gave no answer{where} ({reason})"


def _is_refused(observation: Observation) -> bool:
    return isinstance(observation, Unreachable) and observation.kind is Trouble.ADDRESS_REFUSED
