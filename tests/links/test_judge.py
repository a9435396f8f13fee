from __future__ import annotations

import pytest

from affidavit.links.judge import (
    NOT_CHECKED,
    STATUS_RULES,
    TROUBLE_RULES,
    Network,
    Outcome,
    judge,
    network,
    ruling_of_status,
)
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable
from affidavit.model.claims import Link
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Holds, Refuted, Unable

URL = "https://example.org/"
LINK = Link(URL, Place("glossary.rst", 7, "glossary"))

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


def test_every_row_of_the_status_table_can_be_reached() -> None:
    reached = {ruling_of_status(status) for status in range(1000)}
    assert reached == {rule.ruling for rule in STATUS_RULES}


@pytest.mark.parametrize("kind", Trouble)
def test_a_trouble_decides(kind: Trouble) -> None:
    assert isinstance(judge(LINK, failed(kind), Network.OPEN), Refuted if kind in BROKEN else Unable)


def test_no_kind_of_trouble_is_left_out_or_holds() -> None:
    assert set(TROUBLE_RULES) == set(Trouble)
    assert Outcome.HOLDS not in {each.outcome for each in TROUBLE_RULES.values()}


def test_every_reason_is_a_clause() -> None:
    reasons = [each.reason for each in TROUBLE_RULES.values()] + [rule.ruling.reason for rule in STATUS_RULES]
    assert all(each[0].islower() and not each.endswith(".") for each in reasons)
    assert len(set(reasons)) == len(reasons)


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


def test_a_trouble_is_told_with_its_words() -> None:
    assert judge(LINK, failed(Trouble.ANSWER_TIMEOUT), Network.OPEN) == Unable(
        "The link https://example.org/ gave no answer (words): the server did not answer in time."
    )


def test_a_trouble_behind_a_redirect_is_told_with_where_it_was() -> None:
    verdict = judge(LINK, failed(Trouble.CUT_OFF, "https://elsewhere.example/"), Network.OPEN)
    assert isinstance(verdict, Unable)
    assert "gave no answer at https://elsewhere.example/ (words)" in verdict.reason


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


def test_only_refused_addresses_have_a_code_of_their_own() -> None:
    codes = {kind: rule.unable for kind, rule in TROUBLE_RULES.items() if rule.unable is not Code.LINK_UNABLE}
    assert codes == {Trouble.ADDRESS_REFUSED: Code.ADDRESS_REFUSED}
    assert {rule.ruling.unable for rule in STATUS_RULES} == {Code.LINK_UNABLE}


GONE = failed(Trouble.NAME_UNKNOWN)


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        ([], Network.OPEN),
        ([GONE], Network.ABSENT),
        (
            [GONE, failed(Trouble.NAME_UNSURE), failed(Trouble.CONNECT_TIMEOUT), failed(Trouble.NOT_ASKED)],
            Network.ABSENT,
        ),
        ([failed(Trouble.NOT_CONNECTED), GONE], Network.ABSENT),
        ([failed(Trouble.PROXY_FAILED), GONE], Network.ABSENT),
        ([answered(404), GONE], Network.OPEN),
        ([failed(Trouble.CERTIFICATE_INVALID), GONE], Network.OPEN),
        ([failed(Trouble.ANSWER_TIMEOUT), GONE], Network.OPEN),
        ([failed(Trouble.NAME_UNKNOWN, "https://elsewhere.example/")], Network.OPEN),
        ([failed(Trouble.NOT_ASKED), failed(Trouble.URL_UNUSABLE)], Network.OPEN),
        ([failed(Trouble.ADDRESS_REFUSED)], Network.OPEN),
        ([failed(Trouble.ADDRESS_REFUSED), GONE], Network.ABSENT),
        ([failed(Trouble.ADDRESS_REFUSED, "https://elsewhere.example/"), GONE], Network.OPEN),
        ([answered(404), failed(Trouble.NETWORK_CLOSED)], Network.CLOSED),
        ([answered(200), GONE, failed(Trouble.NETWORK_CLOSED)], Network.CLOSED),
        ([failed(Trouble.NETWORK_CLOSED)], Network.ABSENT),
    ],
)
def test_what_a_run_shows_of_its_network(observations: list[Observation], expected: Network) -> None:
    assert network(observations) is expected


@pytest.mark.parametrize("observation", [answered(200), answered(404), answered(503), GONE], ids=str)
def test_no_network_says_nothing_of_any_link(observation: Observation) -> None:
    assert judge(LINK, observation, Network.ABSENT) in NOT_CHECKED


@pytest.mark.parametrize("observation", [answered(404), answered(403), GONE, failed(Trouble.NETWORK_CLOSED)], ids=str)
def test_in_a_closed_network_a_bad_answer_says_nothing(observation: Observation) -> None:
    assert judge(LINK, observation, Network.CLOSED) in NOT_CHECKED


def test_in_a_closed_network_a_good_answer_counts() -> None:
    assert isinstance(judge(LINK, answered(200), Network.CLOSED), Holds)


def test_a_link_that_nobody_asked_is_not_checked() -> None:
    assert all(judge(LINK, None, each) in NOT_CHECKED for each in Network)
