from __future__ import annotations

import pytest

from affidavit.links.seen import Answered, Trouble, Unreachable

URL = "http://example.org/"
ELSEWHERE = "http://elsewhere.example/"

NOTHING_WENT_OUT = {
    Trouble.URL_UNUSABLE,
    Trouble.NOT_ASKED,
    Trouble.HOST_GIVEN_UP,
    Trouble.RATE_LIMITED,
    Trouble.ADDRESS_REFUSED,
}

NOBODY_WAS_MET = NOTHING_WENT_OUT | {
    Trouble.NAME_UNKNOWN,
    Trouble.NAME_UNSURE,
    Trouble.NETWORK_CLOSED,
    Trouble.NOT_CONNECTED,
    Trouble.CONNECT_TIMEOUT,
    Trouble.PROXY_UNREACHABLE,
    Trouble.OTHER,
}


@pytest.mark.parametrize("kind", Trouble)
def test_what_a_trouble_shows_of_the_network(kind: Trouble) -> None:
    seen = Unreachable(URL, URL, kind, "words")
    assert (seen.met, seen.tried) == (kind not in NOBODY_WAS_MET, kind not in NOTHING_WENT_OUT)


@pytest.mark.parametrize("kind", Trouble)
def test_whoever_redirects_was_met(kind: Trouble) -> None:
    seen = Unreachable(URL, ELSEWHERE, kind, "words")
    assert (seen.met, seen.tried) == (True, True)


def test_whoever_answers_was_met() -> None:
    seen = Answered(URL, URL, 500, 0)
    assert (seen.met, seen.tried) == (True, True)
