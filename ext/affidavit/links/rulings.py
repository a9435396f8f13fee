"""The tables of decisions about links: what each status, and each kind of trouble, comes to. Pure.

A link is *broken* only where its server, or the system of names, says so, or where every browser gives
up as well. Whatever a second try, another network, another program or a login might change is *unable*.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from msgspec import Struct

from affidavit.links.seen import Trouble
from affidavit.model.codes import Code


class Outcome(StrEnum):
    """What an observation comes to; the manual prints these words."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNABLE = "unable"


class Ruling(Struct, frozen=True):
    """A decision, and its reason as a clause that follows what was observed.

    ``unable`` is the code by which a link is told whose truth it leaves open.
    """

    outcome: Outcome
    reason: str
    unable: Code = Code.LINK_UNABLE


class StatusRule(Struct, frozen=True):
    """A decision about the HTTP statuses from ``first`` to ``last``, both included."""

    first: int
    last: int
    ruling: Ruling


def _rule(first: int, last: int, outcome: Outcome, reason: str, unable: Code = Code.LINK_UNABLE) -> StatusRule:
    return StatusRule(first, last, Ruling(outcome, reason, unable))


STATUS_RULES = (
    _rule(200, 299, Outcome.HOLDS, "the page is there"),
    _rule(300, 300, Outcome.HOLDS, "the server offers several pages to choose from"),
    _rule(304, 304, Outcome.UNABLE, "the server says that the page is as before, and was not asked whether it is"),
    _rule(301, 399, Outcome.UNABLE, "the server redirects, but does not say where"),
    _rule(400, 400, Outcome.BROKEN, "the server cannot make sense of the address"),
    _rule(401, 401, Outcome.UNABLE, "the server asks for credentials"),
    _rule(402, 402, Outcome.UNABLE, "the server asks for money"),
    _rule(403, 403, Outcome.UNABLE, "the server lets not everybody see the page"),
    _rule(404, 404, Outcome.BROKEN, "the server knows no such page"),
    _rule(407, 407, Outcome.UNABLE, "a proxy asks for credentials"),
    _rule(408, 408, Outcome.UNABLE, "the server did not want to wait for the request"),
    _rule(410, 410, Outcome.BROKEN, "the server says that the page is gone for good"),
    _rule(414, 414, Outcome.BROKEN, "the address is too long for the server"),
    _rule(425, 425, Outcome.UNABLE, "the server wants to be asked again later"),
    _rule(429, 429, Outcome.UNABLE, "the server limits how often it is asked", Code.RATE_LIMITED),
    _rule(451, 451, Outcome.UNABLE, "the law forbids the server to show the page here"),
    _rule(400, 499, Outcome.UNABLE, "the server refuses this request, and may not refuse a reader's"),
    _rule(500, 599, Outcome.UNABLE, "the server failed"),
    _rule(0, 999, Outcome.UNABLE, "this is no status of HTTP; some servers answer programs so"),
)
"""What a final status means. The first row that fits decides."""


TROUBLE_RULES: Mapping[Trouble, Ruling] = MappingProxyType(
    {
        Trouble.URL_UNUSABLE: Ruling(Outcome.UNABLE, "the address is not one that can be asked"),
        Trouble.NOT_ASKED: Ruling(Outcome.UNABLE, "it was not asked, or got no answer, before the check had to end"),
        Trouble.HOST_GIVEN_UP: Ruling(Outcome.UNABLE, "its host did not answer about other addresses, either"),
        Trouble.RATE_LIMITED: Ruling(Outcome.UNABLE, "its host wants to be asked less often", Code.RATE_LIMITED),
        Trouble.NAME_UNKNOWN: Ruling(Outcome.BROKEN, "there is no host of this name"),
        Trouble.NAME_UNSURE: Ruling(Outcome.UNABLE, "its host name could not be looked up just now"),
        Trouble.NETWORK_CLOSED: Ruling(Outcome.UNABLE, "names that all the web knows are not known here, either"),
        Trouble.ADDRESS_REFUSED: Ruling(
            Outcome.UNABLE,
            "that is not of the open web, and affidavit_allow_private does not name it",
            Code.ADDRESS_REFUSED,
        ),
        Trouble.NOT_CONNECTED: Ruling(Outcome.UNABLE, "a restart, or a firewall on the way, may refuse a connection"),
        Trouble.CONNECT_TIMEOUT: Ruling(Outcome.UNABLE, "no connection came about in time"),
        Trouble.PROXY_FAILED: Ruling(Outcome.UNABLE, "the proxy did not let the request through"),
        Trouble.PROXY_UNREACHABLE: Ruling(Outcome.UNABLE, "the proxy that the environment names cannot be reached"),
        Trouble.TLS_FAILED: Ruling(Outcome.UNABLE, "no encrypted connection came about"),
        Trouble.NO_AUTHORITIES: Ruling(
            Outcome.UNABLE, "no certificate authorities could be read; name a file of them in tls_cacerts"
        ),
        Trouble.CERTIFICATE_INVALID: Ruling(
            Outcome.BROKEN, "its certificate has expired, is for another host, or vouches for itself"
        ),
        Trouble.CERTIFICATE_UNVERIFIED: Ruling(
            Outcome.UNABLE, "the issuer of its certificate is not known here, and may be known to browsers"
        ),
        Trouble.ANSWER_TIMEOUT: Ruling(Outcome.UNABLE, "the server did not answer in time"),
        Trouble.HEAD_TOO_LARGE: Ruling(Outcome.UNABLE, "the head of its answer is larger than what is read of one"),
        Trouble.CUT_OFF: Ruling(Outcome.UNABLE, "the connection broke before an answer was there"),
        Trouble.GARBLED: Ruling(Outcome.UNABLE, "what came back is not HTTP"),
        Trouble.REDIRECT_UNUSABLE: Ruling(Outcome.BROKEN, "it redirects to something that is no http(s) address"),
        Trouble.REDIRECT_STOPPED: Ruling(Outcome.UNABLE, "the settings say not to follow it"),
        Trouble.TOO_MANY_REDIRECTS: Ruling(Outcome.BROKEN, "it redirects more often than browsers follow"),
        Trouble.OTHER: Ruling(Outcome.UNABLE, "asking failed"),
    }
)
"""What it means that there was no status; a test holds that no kind of trouble is left out."""


@cache
def ruling_of_status(status: int) -> Ruling:
    """Return the decision about an HTTP status; the table ends in a row for all that can be read from a response."""
    return next((rule.ruling for rule in STATUS_RULES if rule.first <= status <= rule.last), STATUS_RULES[-1].ruling)
