from __future__ import annotations

import pytest
from msgspec.structs import replace

from affidavit.links.network import Network, network
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable

URL = "https://example.org/"


def answered(status: int = 200) -> Answered:
    return Answered(URL, URL, status, 0)


def failed(kind: Trouble, at: str = URL) -> Unreachable:
    return Unreachable(URL, at, kind, "words")


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
        ([failed(Trouble.PROXY_UNREACHABLE), GONE], Network.ABSENT),
        ([failed(Trouble.PROXY_FAILED), GONE], Network.OPEN),
        ([failed(Trouble.PROXY_UNREACHABLE), failed(Trouble.NOT_ASKED)], Network.PROXY_DOWN),
        ([answered(404), failed(Trouble.PROXY_UNREACHABLE)], Network.OPEN),
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
        ([replace(GONE, online=True)], Network.OPEN),
        ([replace(GONE, online=True), failed(Trouble.NOT_CONNECTED), failed(Trouble.NOT_ASKED)], Network.OPEN),
    ],
)
def test_what_a_run_shows_of_its_network(observations: list[Observation], expected: Network) -> None:
    assert network(observations) is expected
