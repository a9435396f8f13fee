"""Asks about the links of a drop-in check, as often and as patiently as Sphinx's settings say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace
from sphinx.application import Sphinx
from sphinx.util import logging

import affidavit
from affidavit.links.asked import united
from affidavit.links.credentials import Credentials
from affidavit.links.engine import AGENT
from affidavit.links.login import HostManners
from affidavit.links.marks import Question
from affidavit.links.names import is_open, look_up, look_up_all
from affidavit.links.network import Network, network
from affidavit.links.probe import CurlProbe
from affidavit.links.seen import Observation, Trouble, Unreachable
from affidavit.model.settings import Allowed, Settings
from affidavit.sphinx.linkcheck_manner import SphinxManners
from affidavit.sphinx.linkcheck_settings import Requests, Rules
from affidavit.sphinx.linkcheck_status import (
    OFFLINE,
    PROXY_DOWN,
    Outcome,
    Status,
    as_its_host,
    follows,
    outcome,
)
from affidavit.sphinx.settings import from_config

logger = logging.getLogger(__name__)

_NO_END = 7 * 24 * 3600.0
"""Seconds; Sphinx's check ends when all links are told, however long that takes."""

_LOOK_UP_SECONDS = 10.0
_REDIRECTS = 30
"""That requests follows, which Sphinx asks with."""

_ENOUGH = 100
"""Pages of which none was reached, so that it is worth a thought whether there is a network."""

_TELL_FROM = 200
"""Pages; a check of fewer is over before anybody wonders."""


class Answers(Struct):
    """What is known of the pages that are asked for: filled while asking, so that an interrupt loses nothing.

    ``offline`` is what all come to once it is certain that there is no way to the web.
    """

    expected: int = 0
    seen: dict[str, Observation] = field(default_factory=dict)
    offline: Outcome | None = None

    def note(self, url: str, observation: Observation) -> None:
        """Keep what was seen of a page, and tell now and then how far the check is."""
        self.seen[url] = observation
        step = max(1, self.expected // 10)
        if self.expected >= _TELL_FROM and len(self.seen) % step == 0:
            logger.info("affidavit: %d of %d pages answered", len(self.seen), self.expected)


def ask(app: Sphinx, questions: Mapping[str, Question], rules: Rules, requests: Requests, answers: Answers) -> None:
    """Ask for every page; ``questions`` are those of the links, by the link as it is written."""
    probe = _probe(app, questions, rules, requests)
    waiting = united(questions.values())
    answers.expected = len(waiting)
    _ask_all(probe, waiting, answers)
    for _ in range(requests.retries - 1):
        _ask_again(probe, questions, rules, answers)
    answers.seen = as_its_host(answers.seen)
    answers.offline = _offline(answers.seen, look_up)


def _ask_all(probe: CurlProbe, waiting: Sequence[Question], answers: Answers) -> None:
    """Ask until nothing is left that a probe leaves out because it met nobody at first.

    With few workers it gives up after so few addresses that all of them may be dead.
    """
    asked = 0
    while waiting:
        probe.observe(waiting, answers.note)
        left = [each for each in waiting if _is_left_out(answers.seen[each.url])]
        asked += len(waiting) - len(left)
        if len(left) == len(waiting) or (asked >= _ENOUGH and _offline(answers.seen, look_up)):
            return
        waiting = left


def _is_left_out(seen: Observation) -> bool:
    return isinstance(seen, Unreachable) and seen.kind is Trouble.NOT_ASKED


def _ask_again(probe: CurlProbe, questions: Mapping[str, Question], rules: Rules, answers: Answers) -> None:
    """Ask once more for the pages of broken links, with all that is linked on them.

    What was seen before stays where more is broken by now: Sphinx tries each link by itself, until it is fine.
    """
    before = dict(answers.seen)
    broken = _broken(questions, rules, before)
    _ask_all(probe, united(each for each in questions.values() if each.url in broken), answers)
    after = _broken(questions, rules, answers.seen)
    answers.seen.update({url: before[url] for url, number in broken.items() if after[url] > number})


def _broken(questions: Mapping[str, Question], rules: Rules, seen: Mapping[str, Observation]) -> Counter[str]:
    """Count what Sphinx would try once more, by page: whatever is broken, however it is."""
    return Counter(
        wanted.url
        for uri, wanted in questions.items()
        if outcome(uri, wanted, seen[wanted.url], rules).status is Status.BROKEN
    )


def _offline(seen: Mapping[str, Observation], look_up: Callable[[str], object]) -> Outcome | None:
    """Tell a machine without a network from a site of nothing but dead hosts."""
    match network(seen.values()):
        case Network.ABSENT:
            known = is_open(partial(look_up_all, seconds=_LOOK_UP_SECONDS, look_up=look_up))
            return None if known else OFFLINE
        case Network.PROXY_DOWN:
            return PROXY_DOWN
        case Network.OPEN | Network.CLOSED:
            return None


def _probe(app: Sphinx, questions: Mapping[str, Question], rules: Rules, requests: Requests) -> CurlProbe:
    settings, _ = from_config(app)
    usual = HostManners(settings.rule_of, Credentials(settings.hosts, _told).of)
    written = {wanted.url: uri for uri, wanted in questions.items()}
    probe = CurlProbe(
        user_agent=settings.user_agent or f"{AGENT}/{affidavit.__version__}",
        allowed=_allowed(app.config.affidavit_allow_private, settings),
        manners=SphinxManners(requests, written, Path(app.confdir), usual),
        follow=lambda address: follows(address, rules),
        connect_seconds=requests.connect_timeout,
        total_seconds=_NO_END,
        host_seconds=_NO_END,
        run_seconds=_NO_END,
        redirects=_REDIRECTS,
        patience=requests.rate_limit_timeout,
        strikes=0,
    )
    probe = replace(probe, in_all=requests.workers) if requests.workers else probe
    return replace(probe, retries=0) if requests.retries else probe


def _allowed(value: object, settings: Settings) -> Allowed:
    """Return whom a check may ask; of Sphinx's, users expect that it asks anybody, unless a setting says otherwise."""
    is_default = value is None or "affidavit_allow_private" in settings.invalid
    return Allowed(everything=True) if is_default else settings.allowed


def _told(text: str) -> None:
    logger.info("affidavit: %s", text)
