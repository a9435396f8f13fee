"""What Sphinx's link check calls the outcome of asking: the mapping of its own builder.

The finer verdicts of :mod:`affidavit.links.judge` are not used here: whoever reads ``output.json``, or waits for an
exit status, knows Sphinx's words. Where it cannot be told whether a link holds, Sphinx's word is *ignored*, with the
reason: so it treats status 503 and pages that it cannot decode.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType
from typing import NamedTuple, assert_never
from urllib.parse import quote, unquote, urlsplit

from msgspec.structs import replace

from affidavit.links.address import Address, Malformed, read_address
from affidavit.links.asked import question
from affidavit.links.marks import Mark, MarkKind, Question
from affidavit.links.patience import SILENT
from affidavit.links.rulings import TROUBLE_RULES
from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable
from affidavit.sphinx.linkcheck_settings import Rules, matches


class Status(StrEnum):
    """The words of Sphinx's link check that end up in ``output.json``."""

    BROKEN = "broken"
    IGNORED = "ignored"
    REDIRECTED = "redirected"
    TIMEOUT = "timeout"
    UNCHECKED = "unchecked"
    WORKING = "working"


class Outcome(NamedTuple):
    """A status, and what ``output.json`` has as ``info`` and ``code``; the code is that of a redirect, else 0."""

    status: Status
    info: str = ""
    code: int = 0


_STATUS_OF: Mapping[Trouble, Status] = MappingProxyType(
    dict.fromkeys(Trouble, Status.BROKEN)
    | {
        Trouble.CONNECT_TIMEOUT: Status.TIMEOUT,
        Trouble.ANSWER_TIMEOUT: Status.TIMEOUT,
        Trouble.NOT_ASKED: Status.TIMEOUT,
        Trouble.ADDRESS_REFUSED: Status.IGNORED,
        Trouble.REDIRECT_STOPPED: Status.IGNORED,
    }
)
"""What Sphinx says where no status came: all is broken, but for what the clock or a setting ended."""

OFFLINE = Outcome(Status.UNCHECKED, "there is no network")
"""What all addresses come to on a machine without a network: Sphinx's word for what was not looked at."""

PROXY_DOWN = Outcome(Status.UNCHECKED, "the proxy that the environment names cannot be reached")
"""What they come to where there may be a network behind the proxy."""


def asked(uri: str, rules: Rules) -> Question | None:
    """Return which page is asked for, and what is looked for on it; ``None`` where nobody can be asked."""
    uri = uri.replace(" ", "%20").replace("\\", "%5C")  # as `requests` does, for Sphinx
    page, _, anchor = uri.partition("#")
    ignored = matches(rules.anchors_ignore, anchor) or matches(rules.anchors_ignore_for_url, page)
    return question(uri if rules.anchors and not ignored else page)


def outcome(uri: str, wanted: Question, observation: Observation, rules: Rules) -> Outcome:
    """Map what was seen to Sphinx's words; ``wanted`` is what :func:`asked` returned for the address."""
    match observation:
        case Answered():
            return _answered(uri, wanted, observation, rules)
        case Unreachable():
            return _unreachable(observation, rules)
        case _:  # pragma: no cover
            assert_never(observation)


def _answered(uri: str, wanted: Question, answer: Answered, rules: Rules) -> Outcome:
    if answer.status >= HTTPStatus.BAD_REQUEST:
        return _refused(answer, rules)
    return _anchor(_marks(wanted, answer), answer.page) or _redirect(uri, answer, rules)


def _refused(answer: Answered, rules: Rules) -> Outcome:
    match answer.status:
        case HTTPStatus.UNAUTHORIZED:
            return Outcome(Status.WORKING if rules.allow_unauthorized else Status.BROKEN, "unauthorized")
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return Outcome(Status.IGNORED, "service unavailable")
        case status if status >= _NO_HTTP:
            return Outcome(Status.WORKING)
        case _:
            return Outcome(Status.BROKEN, _told(answer))


_NO_HTTP = 600
"""From here on numbers are no statuses of HTTP, and requests, which Sphinx asks with, takes them for success."""


def _told(answer: Answered) -> str:
    """Return the sentence that requests has for a status."""
    whose = "Client" if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR else "Server"
    phrase = HTTPStatus(answer.status).phrase if answer.status in set(HTTPStatus) else ""
    return f"{answer.status} {whose} Error: {phrase} for url: {answer.final}"


def _marks(wanted: Question, answer: Answered) -> Iterable[Mark]:
    """Return what must be on the page; a section that a redirect names takes the place of the link's own."""
    if wanted.marks and answer.fragment:
        final = question(f"{answer.final}#{answer.fragment}")
        return final.marks if final else ()
    return wanted.marks


def _anchor(marks: Iterable[Mark], page: PageSeen) -> Outcome | None:
    """Return what is wrong with the section that is linked, if anything is."""
    missing = [mark for mark in sorted(marks) if str(mark) not in page.present]
    if not missing:
        return None
    name = missing[0].text if missing[0].kind is MarkKind.ANCHOR else f"{missing[0].kind} {missing[0].text}"
    name = quote(unquote(name))
    if str(missing[0]) in page.absent and not page.scripted:
        return Outcome(Status.BROKEN, f"Anchor '{name}' not found")
    return Outcome(Status.IGNORED, f"whether there is an anchor '{name}' could not be told")


def _redirect(uri: str, answer: Answered, rules: Rules) -> Outcome:
    page = uri.partition("#")[0]
    page = page if page.isascii() else answer.url
    final = answer.final + (f"#{answer.fragment}" if answer.fragment else "")
    if not answer.redirects or _same(page, final, rules) or _is_allowed(page, final, rules):
        return Outcome(Status.WORKING)
    return Outcome(Status.REDIRECTED, final, answer.redirected_by)


def _same(one: str, other: str, rules: Rules) -> bool:
    fold = _folded if matches(rules.case_insensitive, one) else str
    return fold(one.rstrip("/")) == fold(other.rstrip("/"))


def _folded(url: str) -> str:
    page, mark, anchor = url.partition("#")
    return page.casefold() + mark + anchor


def _is_allowed(url: str, final: str, rules: Rules) -> bool:
    return any(before.match(url) and after.match(final) for before, after in rules.allowed_redirects or ())


def _unreachable(failed: Unreachable, rules: Rules) -> Outcome:
    if failed.kind is Trouble.REDIRECT_STOPPED:
        return Outcome(Status.IGNORED, f"ignored redirect: {failed.at}", failed.redirected_by)
    status = _STATUS_OF[failed.kind]
    if status is Status.TIMEOUT and rules.timeouts_are_broken:
        status = Status.BROKEN
    where = f" at {failed.at}" if failed.at != failed.url else ""
    return Outcome(status, f"{failed.reason}{where}: {TROUBLE_RULES[failed.kind].reason}")


def as_its_host(seen: Mapping[str, Observation]) -> dict[str, Observation]:
    """Let pages that were not asked any more come to what was seen of the others of their server, of which none spoke.

    Sphinx would have asked for each of them, and have waited as often.
    """
    failures: dict[str, Unreachable] = {}
    for url, each in sorted(seen.items()):
        if isinstance(each, Unreachable) and each.kind in SILENT and each.at == url:
            failures.setdefault(_server(url), each)
    return {url: _like(each, failures.get(_server(url))) for url, each in seen.items()}


def _like(observation: Observation, other: Unreachable | None) -> Observation:
    if other is None or not isinstance(observation, Unreachable) or observation.kind is not Trouble.HOST_GIVEN_UP:
        return observation
    return replace(other, url=observation.url, at=observation.url)


def _server(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


def is_http(uri: str) -> bool:
    """Return whether an address is asked of a server."""
    return uri.lower().startswith(("http:", "https:"))


def follows(address: Address, rules: Rules) -> bool:
    """Return whether a redirect to an address is followed: not to one that is ignored."""
    return not matches(rules.ignore, address.request)


def malformed(uri: str) -> Outcome:
    """Return what an address comes to that nobody could be asked about."""
    read = read_address(uri)
    return Outcome(Status.BROKEN, f"it {read.reason}" if isinstance(read, Malformed) else "it is no address")
