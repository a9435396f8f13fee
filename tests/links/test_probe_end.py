"""How a run ends: told of each observation as it comes, in time, and at once where somebody wants that."""

from __future__ import annotations

import _thread
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from affidavit.links.body import Body
from affidavit.links.gate import Gate, SocketAddress
from affidavit.links.marks import Question
from affidavit.links.names import WELL_KNOWN
from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable

if TYPE_CHECKING:
    from tests.links.conftest import Asker, Server

MakeProbe = Callable[..., "Asker"]
Serve = Callable[..., "Server"]

LONG = 30
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: 20\r\nConnection: close\r\n\r\n"


def silent(connection: socket.socket) -> None:
    connection.recv(1)


def unknown(host: str) -> None:
    if host not in WELL_KNOWN:
        raise socket.gaierror(socket.EAI_NONAME, "as the system puts it")


def questions(*urls: str) -> list[Question]:
    return [Question(url) for url in urls]


class Seen(dict[str, Observation]):
    """Takes note of what is told, and that nothing is told twice."""

    def __call__(self, url: str, observation: Observation) -> None:
        assert url not in self
        self[url] = observation


def test_each_observation_is_told_once(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": GOOD, "/busy": BUSY})
    urls = [server.url(), server.url("/#part"), server.url("/missing"), server.url("/busy"), "mailto:a@b.example"]
    urls += ["http://nothing.invalid/", "http://169.254.169.254/"]
    seen = Seen()
    returned = probe(look_up=unknown, patience=0).observe(questions(*urls), seen)
    assert returned == seen
    assert list(returned) == urls


def test_it_is_told_before_others_are_there(serve: Serve, probe: MakeProbe) -> None:
    told = threading.Event()
    waited: list[bool] = []

    def patient(connection: socket.socket) -> None:
        waited.append(told.wait(LONG))
        connection.sendall(GOOD)

    server = serve({"/late": patient, "/soon": GOOD})

    def seen(url: str, _: Observation) -> None:
        if url.endswith("/soon"):
            told.set()

    probe(total_seconds=2 * LONG, request_seconds=2 * LONG).observe(
        questions(server.url("/late"), server.url("/soon")), seen
    )
    assert waited == [True]


def test_who_fails_when_told_ends_the_run(serve: Serve, probe: MakeProbe) -> None:
    def seen(_url: str, _observation: Observation) -> None:
        raise ZeroDivisionError

    server = serve({"/": GOOD, "/silent": silent})
    with pytest.raises(ZeroDivisionError):
        probe(total_seconds=LONG).observe(questions(server.url("/silent"), server.url()), seen)


def interrupting(connection: socket.socket) -> None:
    _thread.interrupt_main()
    connection.recv(1)


def test_an_interrupt_loses_nothing_that_is_known(serve: Serve, probe: MakeProbe) -> None:
    good, bad = (serve({"/": answer}, host=host) for answer, host in ((GOOD, "127.0.0.2"), (interrupting, "127.0.0.3")))
    busy = serve({"/": BUSY}, host="127.0.0.4")
    urls = [good.url(), busy.url(), "http://nothing.invalid/"]
    seen = Seen()
    began = time.monotonic()
    asker = probe(total_seconds=LONG, request_seconds=LONG, in_all=1)
    with pytest.raises(KeyboardInterrupt):
        asker.observe(questions(*urls, bad.url(), good.url("/never")), seen)
    assert time.monotonic() - began < LONG / 3
    assert list(seen) == urls
    answered = [each.status for each in seen.values() if isinstance(each, Answered)]
    assert answered == [200, 503]
    (name,) = [each.kind for each in seen.values() if isinstance(each, Unreachable)]
    assert name is Trouble.NAME_UNSURE


def test_one_that_comes_while_libcurl_calls_back_is_not_swallowed(
    serve: Serve, probe: MakeProbe, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Gate.open

    def interrupted(gate: Gate, purpose: int, address: SocketAddress) -> socket.socket | int:
        signal.raise_signal(signal.SIGINT)
        return usual(gate, purpose, address)

    monkeypatch.setattr(Gate, "open", interrupted)
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"
    with pytest.raises(KeyboardInterrupt):
        probe().ask(serve({"/": page}).url())
    assert capfd.readouterr().err == ""


def test_pages_that_take_long_to_read_hold_up_neither_an_interrupt_nor_the_network(
    serve: Serve, probe: MakeProbe, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_of = Body.seen

    def slowly(body: Body, *, ended: bool) -> PageSeen:
        time.sleep(0.2)
        return seen_of(body, ended=ended)

    monkeypatch.setattr(Body, "seen", slowly)
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"
    server = serve({f"/{number}": page for number in range(100)})
    pressed = threading.Event()
    late: list[bool] = []

    def press() -> None:
        pressed.set()
        _thread.interrupt_main()

    def seen(_url: str, _observation: Observation) -> None:
        late.append(pressed.is_set())

    threading.Timer(1, press).start()
    with pytest.raises(KeyboardInterrupt):
        probe(in_all=16).observe(questions(*(server.url(f"/{number}") for number in range(100))), seen)
    assert late.count(False) > 0
    assert late.count(True) <= 4


def test_afterwards_interrupts_are_as_they_were(serve: Serve, probe: MakeProbe) -> None:
    before = signal.getsignal(signal.SIGINT)
    probe().ask(serve({"/": GOOD}).url())
    assert signal.getsignal(signal.SIGINT) is before


def test_it_works_in_another_thread_too(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": GOOD})
    seen: list[Observation] = []
    thread = threading.Thread(target=lambda: seen.extend(probe().ask(server.url()).values()))
    thread.start()
    thread.join(LONG)
    assert isinstance(seen[0], Answered)


def test_time_that_is_up_leaves_what_was_seen(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": GOOD, "/busy": BUSY, "/silent": silent})
    urls = [server.url(), server.url("/busy"), server.url("/silent")]
    seen = probe(run_seconds=1, patience=LONG, total_seconds=LONG, per_host=3).ask(*urls)
    assert [each.status for each in seen.values() if isinstance(each, Answered)] == [200, 503]
    assert [each.kind for each in seen.values() if isinstance(each, Unreachable)] == [Trouble.NOT_ASKED]
