from __future__ import annotations

from unittest.mock import ANY

import pytest

from affidavit.links import judge as judging
from affidavit.links.asked import question
from affidavit.links.judge import NOT_CHECKED
from affidavit.links.judging import Judging
from affidavit.links.marks import Question
from affidavit.links.network import Network
from affidavit.links.rulings import Outcome
from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable
from affidavit.model.claims import Link
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable

URL = "https://example.org/"
LINK = Link(URL, Place("glossary.rst", 7, "glossary"))


def judge(link, observation, network, accept=()):
    asked = question(link.url)
    assert asked is not None
    return judging.judge(link, asked, observation, network, accept)


STATUSES = {
    Outcome.HOLDS: [200, 204, 206, 299, 300],
    Outcome.BROKEN: [400, 404, 410, 414],
    Outcome.UNABLE: [
        *(0, 101, 199, 301, 302, 304, 308, 399),
        *(401, 402, 403, 405, 406, 407, 408, 409, 418, 421, 425, 426, 429, 451, 499),
        *(500, 502, 503, 504, 511, 599, 600, 999),
    ],
}

BROKEN = {
    Trouble.NAME_UNKNOWN,
    Trouble.CERTIFICATE_INVALID,
    Trouble.REDIRECT_UNUSABLE,
    Trouble.TOO_MANY_REDIRECTS,
}


def answered(status: int = 200) -> Answered:
    return Answered(URL, URL, status, 0)


def failed(kind: Trouble, at: str = URL) -> Unreachable:
    return Unreachable(URL, at, kind, "words")


@pytest.mark.parametrize(
    ("status", "outcome"), [(status, outcome) for outcome, statuses in STATUSES.items() for status in statuses]
)
def test_a_status_decides(status: int, outcome: Outcome) -> None:
    expected = {Outcome.HOLDS: Holds, Outcome.BROKEN: Refuted, Outcome.UNABLE: Unable}[outcome]
    assert isinstance(judge(LINK, answered(status), Network.OPEN), expected)


@pytest.mark.parametrize("kind", Trouble)
def test_a_trouble_decides(kind: Trouble) -> None:
    assert isinstance(judge(LINK, failed(kind), Network.OPEN), Refuted if kind in BROKEN else Unable)


def test_a_page_that_is_gone_is_a_finding_at_the_place_of_the_link() -> None:
    verdict = judge(LINK, answered(404), Network.OPEN)
    assert isinstance(verdict, Refuted)
    (found,) = verdict.findings
    assert (found.code, found.place) == (Code.LINK_BROKEN, LINK.place)
    assert found.message == "The link https://example.org/ answers 404: the server knows no such page."
    assert found.advice


def test_a_redirect_is_told_with_where_it_led() -> None:
    assert judge(LINK, Answered(URL, f"{URL}new", 200, 1), Network.OPEN) == Holds(
        "answers 200 at https://example.org/new"
    )


LOGIN = "https://user:p%40ss@example.org/new"


@pytest.mark.parametrize(
    "seen",
    [
        Answered(URL, LOGIN, 200, 1),
        Answered(URL, LOGIN, 404, 1),
        Unreachable(URL, LOGIN, Trouble.CUT_OFF, "words"),
        Unreachable(URL, LOGIN, Trouble.ADDRESS_REFUSED, "words"),
        Unreachable(URL, LOGIN, Trouble.REDIRECT_UNUSABLE, "redirected to 'https://user:p%40ss@:0/'"),
    ],
    ids=str,
)
def test_a_login_that_a_server_brings_is_told_nowhere(seen: Observation) -> None:
    judged = Judging(Settings(), {URL: seen}).link(LINK, Question(URL))
    assert "p%40ss" not in str(judged)
    assert "https://***@example.org/new" in str(judged)


def test_a_trouble_is_told_with_its_words() -> None:
    assert judge(LINK, failed(Trouble.ANSWER_TIMEOUT), Network.OPEN) == Unable(
        "The link https://example.org/ gave no answer (words): the server did not answer in time."
    )


@pytest.mark.parametrize(
    ("kind", "told", "code"),
    [
        (Trouble.HOST_GIVEN_UP, "its host did not answer about other addresses, either", Code.LINK_UNABLE),
        (Trouble.RATE_LIMITED, "its host wants to be asked less often", Code.RATE_LIMITED),
    ],
)
def test_what_was_given_up_is_not_told_as_if_it_had_been_asked(kind: Trouble, told: str, code: Code) -> None:
    message = f"The link https://example.org/ was not asked (words): {told}."
    assert judge(LINK, failed(kind), Network.OPEN) == Unable(message, code)


def test_a_trouble_behind_a_redirect_is_told_with_where_it_was() -> None:
    verdict = judge(LINK, failed(Trouble.CUT_OFF, "https://elsewhere.example/"), Network.OPEN)
    assert isinstance(verdict, Unable)
    assert "gave no answer at https://elsewhere.example/ (words)" in verdict.reason


@pytest.mark.parametrize(
    ("kind", "reason", "told"),
    [
        (
            Trouble.TOO_MANY_REDIRECTS,
            "20 redirects, and one more",
            "redirects without end (20 redirects, and one more): it redirects more often than browsers follow.",
        ),
        (
            Trouble.REDIRECT_UNUSABLE,
            "redirected to 'mailto:a@b.example'",
            (
                "is redirected to 'mailto:a@b.example' at https://elsewhere.example/: it redirects to something that is"
                " no http(s) address."
            ),
        ),
    ],
)
def test_redirects_that_lead_nowhere_are_answers(kind: Trouble, reason: str, told: str) -> None:
    verdict = judge(LINK, Unreachable(URL, "https://elsewhere.example/", kind, reason), Network.OPEN)
    assert isinstance(verdict, Refuted)
    assert verdict.findings[0].message == f"The link https://example.org/ {told}"


@pytest.mark.parametrize("network", Network)
def test_a_refused_address_is_told_as_such_whatever_the_network(network: Network) -> None:
    refused = Unreachable(URL, URL, Trouble.ADDRESS_REFUSED, "example.org leads to a private address")
    assert judge(LINK, refused, network) == Unable(
        "The link https://example.org/ was not asked (example.org leads to a private address): that is not of the open"
        " web, and affidavit_allow_private does not name it.",
        Code.ADDRESS_REFUSED,
    )


def test_a_refused_address_behind_a_redirect_is_told_with_where_it_was() -> None:
    verdict = judge(LINK, failed(Trouble.ADDRESS_REFUSED, "http://10.0.0.1/"), Network.OPEN)
    assert isinstance(verdict, Unable)
    assert "was not followed to http://10.0.0.1/ (words)" in verdict.reason


def test_a_page_that_did_not_change_is_no_redirect() -> None:
    verdict = judge(LINK, answered(304), Network.OPEN)
    assert isinstance(verdict, Unable)
    assert "redirect" not in verdict.reason


GONE = failed(Trouble.NAME_UNKNOWN)


@pytest.mark.parametrize("observation", [answered(200), answered(404), answered(503), GONE], ids=str)
def test_no_network_says_nothing_of_any_link(observation: Observation) -> None:
    assert judge(LINK, observation, Network.ABSENT) in NOT_CHECKED
    assert judge(LINK, observation, Network.PROXY_DOWN) in NOT_CHECKED


def test_where_the_proxy_cannot_be_reached_that_is_said() -> None:
    verdict = judge(LINK, failed(Trouble.PROXY_UNREACHABLE), Network.PROXY_DOWN)
    assert isinstance(verdict, Unable)
    assert "the proxy that http_proxy" in verdict.reason


@pytest.mark.parametrize("observation", [answered(404), answered(403), GONE, failed(Trouble.NETWORK_CLOSED)], ids=str)
def test_in_a_closed_network_a_bad_answer_says_nothing(observation: Observation) -> None:
    assert judge(LINK, observation, Network.CLOSED) in NOT_CHECKED


def test_in_a_closed_network_a_good_answer_counts() -> None:
    assert isinstance(judge(LINK, answered(200), Network.CLOSED), Holds)


def test_a_link_that_nobody_asked_is_not_checked() -> None:
    assert all(judge(LINK, None, each) in NOT_CHECKED for each in Network)


def test_a_status_that_the_settings_accept_is_good() -> None:
    assert judge(LINK, answered(403), Network.OPEN, [403]) == Holds("answers 403")
    assert isinstance(judge(LINK, answered(401), Network.OPEN, [403]), Unable)


MOVES = [
    ("https://new.example/", "https://new.example/"),
    ("https://new.example/#part", "https://new.example/#part"),
    ("https://EXAMPLE.org:443/", ""),
    ("", ""),
    ("mailto:somebody", ""),
]


@pytest.mark.parametrize(("moved_to", "told"), MOVES)
def test_a_page_that_moved_for_good_has_a_new_address(moved_to: str, told: str) -> None:
    verdict = judge(LINK, Answered(URL, "https://new.example/", 200, 1, moved_to=moved_to), Network.OPEN)
    if not told:
        assert isinstance(verdict, Holds)
        return
    assert isinstance(verdict, Moved)
    assert verdict.to == told
    assert (verdict.finding.code, verdict.finding.place) == (Code.LINK_MOVED, LINK.place)


def test_a_new_address_keeps_the_links_fragment_unless_it_has_its_own() -> None:
    link = Link(f"{URL}#part", LINK.place)
    page = PageSeen(present=("anchor:part",), whole=True)
    seen = Answered(URL, "https://new.example/", 200, 1, moved_to="https://new.example/", page=page)
    assert judge(link, seen, Network.OPEN) == Moved("https://new.example/#part", ANY)


def test_a_page_that_moved_and_is_gone_there_is_broken() -> None:
    seen = Answered(URL, "https://new.example/", 404, 1, moved_to="https://new.example/")
    assert isinstance(judge(LINK, seen, Network.OPEN), Refuted)


def test_in_a_closed_network_a_page_that_moved_counts() -> None:
    seen = Answered(URL, "https://new.example/", 200, 1, moved_to="https://new.example/")
    assert isinstance(judge(LINK, seen, Network.CLOSED), Moved)


def test_a_missing_section_is_a_finding_of_its_own() -> None:
    link = Link(f"{URL}#part", LINK.place)
    seen = Answered(URL, URL, 200, 0, page=PageSeen(absent=("anchor:part",), whole=True))
    verdict = judge(link, seen, Network.OPEN)
    assert isinstance(verdict, Refuted)
    (found,) = verdict.findings
    assert (found.code, found.place) == (Code.ANCHOR_MISSING, LINK.place)
    assert found.message == "The link https://example.org/#part answers 200, but the page has no section part."


def test_what_cannot_be_told_of_a_page_is_told_with_its_code() -> None:
    seen = Answered(URL, URL, 503, 0, retry_after=60)
    verdict = judge(LINK, seen, Network.OPEN)
    assert isinstance(verdict, Unable)
    assert verdict.code is Code.RATE_LIMITED
