"""Answers that may be others the next time, and hosts that want to be left alone."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from affidavit.links.address import Address
from affidavit.links.manner import Manner
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable

if TYPE_CHECKING:
    from tests.links.conftest import Asker, InTurn, Server

MakeProbe = Callable[..., "Asker"]
Serve = Callable[..., "Server"]

LONG = 30


def response(status: int, *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status} Said", "Content-Length: 0", "Connection: close", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


GOOD = response(200)


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def one_at_once(_: Address) -> Manner:
    return Manner(at_once=1)


def silent(connection: socket.socket) -> None:
    connection.recv(1)


def status(observation: Observation) -> int:
    assert isinstance(observation, Answered), observation
    return observation.status


def kept(number: int) -> bytes:
    return f"HTTP/1.1 {number} Said\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n".encode()


def test_what_an_answer_left_on_its_connection_is_not_the_next_one(
    serve: Serve, probe: MakeProbe, in_turn: type[InTurn]
) -> None:
    server = serve({"/0": kept(200), "/1": in_turn(b"a body that nobody asked for", GOOD)})
    seen = probe(manners=one_at_once).ask(server.url("/0"), server.url("/1"))
    assert [status(each) for each in seen.values()] == [200, 200]
    assert server.requests == ["GET /0", "GET /1", "GET /1"]


def failed(observation: Observation) -> Unreachable:
    assert isinstance(observation, Unreachable), observation
    return observation


@pytest.mark.parametrize(
    "trouble",
    [response(500), response(502), response(503), response(504), response(408), b"", reset,
     b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"],
    ids=["500", "502", "503", "504", "408", "empty", "reset", "half a page"],
)  # fmt: skip
def test_what_fails_once_is_asked_again(
    serve: Serve, probe: MakeProbe, in_turn: type[InTurn], trouble: bytes | Callable[[socket.socket], None]
) -> None:
    server = serve({"/": in_turn(trouble, GOOD)})
    assert status(probe().ask(server.url())[server.url()]) == 200
    assert len(server.requests) == 2


def test_a_silence_may_pass_too(serve: Serve, probe: MakeProbe, in_turn: type[InTurn]) -> None:
    server = serve({"/": in_turn(silent, GOOD)})
    seen = probe(request_seconds=0.5, total_seconds=LONG).ask(server.url())
    assert status(seen[server.url()]) == 200


@pytest.mark.parametrize("final", [404, 403, 501, 505, 200, 401])
def test_what_will_not_change_is_asked_once(serve: Serve, probe: MakeProbe, final: int) -> None:
    server = serve({"/": response(final)})
    assert status(probe().ask(server.url())[server.url()]) == final
    assert len(server.requests) == 1


@pytest.mark.parametrize(("retries", "asked"), [(0, 1), (1, 2), (3, 4)])
def test_no_more_attempts_are_made_than_are_allowed(serve: Serve, probe: MakeProbe, retries: int, asked: int) -> None:
    server = serve({"/": response(500)})
    assert status(probe(retries=retries).ask(server.url())[server.url()]) == 500
    assert len(server.requests) == asked


def test_the_last_attempt_counts(serve: Serve, probe: MakeProbe, in_turn: type[InTurn]) -> None:
    server = serve({"/": in_turn(response(503), response(404))})
    assert status(probe().ask(server.url())[server.url()]) == 404


def test_what_failed_is_asked_after_all_others(serve: Serve, probe: MakeProbe, in_turn: type[InTurn]) -> None:
    server = serve({"/flaky": in_turn(response(500), GOOD), "/1": GOOD, "/2": GOOD, "/3": GOOD})
    paths = ["/flaky", "/1", "/2", "/3"]
    probe(manners=one_at_once).ask(*map(server.url, paths))
    assert server.requests == ["GET /flaky", "GET /1", "GET /2", "GET /3", "GET /flaky"]


def test_a_redirect_that_was_followed_is_not_asked_again(serve: Serve, probe: MakeProbe, in_turn: type[InTurn]) -> None:
    server = serve({"/": response(302, "Location: /flaky"), "/flaky": in_turn(response(500), GOOD)})
    seen = probe().ask(server.url())[server.url()]
    assert (status(seen), server.requests) == (200, ["GET /", "GET /flaky", "GET /flaky"])


def test_an_attempt_that_does_not_fit_into_the_time_is_not_made(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": response(500)})
    assert status(probe(total_seconds=5, retry_seconds=5).ask(server.url())[server.url()]) == 500
    assert len(server.requests) == 1


def waited(server: Server) -> float:
    first, second = server.moments
    return second - first


@pytest.mark.parametrize("code", [429, 503])
def test_a_host_is_left_alone_as_long_as_it_wants(
    serve: Serve, probe: MakeProbe, in_turn: type[InTurn], code: int
) -> None:
    server = serve({"/": in_turn(response(code, "Retry-After: 2"), GOOD)})
    assert status(probe().ask(server.url())[server.url()]) == 200
    assert waited(server) >= 2


def test_so_it_is_until_a_date(serve: Serve, probe: MakeProbe, in_turn: type[InTurn]) -> None:
    now = datetime(2026, 11, 22, 10, 0, 0, tzinfo=UTC)  # by the server's clock, which is not ours
    date, until = (format_datetime(each, usegmt=True) for each in (now, now + timedelta(seconds=2)))
    server = serve({"/": in_turn(response(429, f"Date: {date}", f"Retry-After: {until}"), GOOD)})
    assert status(probe().ask(server.url())[server.url()]) == 200
    assert waited(server) >= 2


def test_all_of_the_host_waits_and_nobody_else(serve: Serve, probe: MakeProbe, in_turn: type[InTurn]) -> None:
    busy = serve({"/0": in_turn(response(429, "Retry-After: 2"), GOOD), "/1": GOOD, "/2": GOOD}, host="127.0.0.2")
    other = serve({f"/{number}": GOOD for number in range(9)}, host="127.0.0.3")
    urls = [*(busy.url(f"/{number}") for number in range(3)), *(other.url(f"/{number}") for number in range(9))]
    seen = probe(manners=one_at_once).ask(*urls)
    assert {status(each) for each in seen.values()} == {200}
    assert busy.requests == ["GET /0", "GET /1", "GET /2", "GET /0"]
    assert busy.moments[1] - busy.moments[0] >= 2
    assert max(other.moments) < busy.moments[1]


@pytest.mark.parametrize("wanted", ["3600", "Wed, 01 Jan 2070 00:00:00 GMT"])
def test_a_host_that_wants_too_much_is_not_waited_for(serve: Serve, probe: MakeProbe, wanted: str) -> None:
    server = serve({f"/{number}": response(429, f"Retry-After: {wanted}") for number in range(50)})
    began = time.monotonic()
    seen = probe(patience=LONG, total_seconds=LONG).ask(*(server.url(f"/{number}") for number in range(50)))
    assert time.monotonic() - began < LONG / 2
    answers = [each for each in seen.values() if isinstance(each, Answered)]
    assert len(answers) == len(server.requests) < 20
    assert {(each.status, each.retry_after >= 3600) for each in answers} == {(429, True)}
    kinds = Counter(each.kind for each in seen.values() if isinstance(each, Unreachable))
    assert kinds == {Trouble.RATE_LIMITED: 50 - len(answers)}


def test_a_host_that_never_has_enough_is_given_up(serve: Serve, probe: MakeProbe) -> None:
    server = serve({f"/{number}": response(429) for number in range(50)})
    seen = probe(patience=2, total_seconds=LONG).ask(*(server.url(f"/{number}") for number in range(50)))
    given_up = [each for each in seen.values() if isinstance(each, Unreachable)]
    assert {each.kind for each in given_up} == {Trouble.RATE_LIMITED}
    assert {each.reason for each in given_up} == {"its host wanted to be left alone, 3 times in a row"}
    assert len(server.requests) < 40
    assert {each.status for each in seen.values() if isinstance(each, Answered)} == {429}


def test_without_patience_a_refusal_is_the_answer(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": response(429, "Retry-After: 7")})
    seen = probe(patience=0).ask(server.url())[server.url()]
    assert isinstance(seen, Answered)
    assert (seen.status, seen.retry_after, len(server.requests)) == (429, 7, 1)


def test_a_host_that_never_answers_is_given_up_after_a_few(serve: Serve, probe: MakeProbe) -> None:
    dead = serve({f"/{number}": silent for number in range(40)}, host="127.0.0.2")
    good = serve({f"/{number}": GOOD for number in range(40)}, host="127.0.0.3")
    urls = [each.url(f"/{number}") for number in range(40) for each in (dead, good)]
    seen = probe(request_seconds=1, total_seconds=LONG).ask(*urls)
    assert {status(seen[good.url(f"/{number}")]) for number in range(40)} == {200}
    kinds = Counter(failed(seen[dead.url(f"/{number}")]).kind for number in range(40))
    assert kinds == {Trouble.ANSWER_TIMEOUT: 8, Trouble.HOST_GIVEN_UP: 32}
    assert len(dead.requests) == 8


def test_one_that_has_answered_once_is_not(serve: Serve, probe: MakeProbe) -> None:
    slow = {f"/{number}": silent for number in range(8)}
    server = serve({"/good": GOOD, "/last": GOOD, **slow})
    urls = [server.url(path) for path in ("/good", *slow, "/last")]
    seen = probe(request_seconds=0.5, total_seconds=0.5).ask(*urls)
    assert status(seen[server.url("/last")]) == 200


def test_a_port_that_is_closed_says_nothing_of_another(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": GOOD})
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        closed = [f"http://127.0.0.1:{bound.getsockname()[1]}/{number}" for number in range(20)]
        seen = probe(manners=one_at_once).ask(*closed, server.url())
    assert status(seen[server.url()]) == 200
    kinds = Counter(failed(seen[url]).kind for url in closed)
    assert kinds == {Trouble.NOT_CONNECTED: 3, Trouble.HOST_GIVEN_UP: 17}


def test_all_of_an_unknown_name_is_unknown_without_asking_for_each(serve: Serve, probe: MakeProbe) -> None:
    def look_up(host: str) -> None:
        if host == "nothing.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "as the system puts it")

    urls = [f"http://nothing.invalid/{number}" for number in range(20)]
    seen = probe(look_up=look_up).ask(serve({"/": GOOD}).url(), *urls)
    assert {failed(seen[url]).kind for url in urls} == {Trouble.NAME_UNKNOWN}


def test_a_host_has_no_more_time_than_it_is_given(serve: Serve, probe: MakeProbe) -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(GOOD)

    server = serve({f"/{number}": slow for number in range(20)}, host="127.0.0.2")
    other = serve({"/": GOOD}, host="127.0.0.3")
    urls = [server.url(f"/{number}") for number in range(20)]
    seen = probe(manners=one_at_once, in_all=2, host_seconds=1).ask(*urls, other.url())
    unasked = [each for each in seen.values() if isinstance(each, Unreachable)]
    assert {(each.kind, each.reason) for each in unasked} == {(Trouble.NOT_ASKED, "no time left for its host")}
    assert len(unasked) == 20 - len(server.requests) > 0
    assert status(seen[other.url()]) == 200


def test_a_silence_on_a_connection_that_was_used_before_is_told_from_none(serve: Serve, probe: MakeProbe) -> None:
    kept = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"
    server = serve({"/": kept, "/silent": silent})
    seen = probe(in_all=1, request_seconds=0.5, retries=0).ask(server.url(), server.url("/silent"))
    assert failed(seen[server.url("/silent")]).kind is Trouble.ANSWER_TIMEOUT
    assert server.connections == 1
