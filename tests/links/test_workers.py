"""Asking from several processes: the same answers, and nothing is lost, whatever happens to one of them."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from affidavit.links.marks import Question
from affidavit.links.probe import CurlProbe, Seen, ignore
from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable
from affidavit.links.workers import SpreadProbe, processes

pytestmark = pytest.mark.skipif(processes() == 1, reason="needs Linux and more than one core to ask from")

HOSTS = [f"127.0.77.{number}" for number in range(1, 7)]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<title>Page</title>\r\n"


@pytest.fixture
def port() -> Iterator[int]:
    """Return the port on which one server stands for all hosts, the page /gone excepted."""
    listener = socket.create_server(("", 0))
    ended = threading.Event()
    threading.Thread(target=_serve, args=(listener, ended), daemon=True).start()
    yield listener.getsockname()[1]
    ended.set()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def _serve(listener: socket.socket, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_talk, args=(connection,), daemon=True).start()


def _talk(connection: socket.socket) -> None:
    with connection:
        while head := connection.recv(65536):
            path = head.split(b" ")[1]
            if path == b"/silent":
                continue
            connection.sendall(OK.replace(b"200 OK", b"404 Gone") if path == b"/gone" else OK)


def questions(port: int, *extra: str) -> list[Question]:
    paths = [*map(str, range(9)), "gone", *extra]
    return [Question(f"http://{host}:{port}/{path}") for host in HOSTS for path in paths]


def test_the_answers_are_those_of_one_process(port: int, probe: Callable[..., CurlProbe]) -> None:
    asked = questions(port)
    told: dict[str, Observation] = {}
    seen = SpreadProbe(probe(), most=3, fewest=10).observe(asked, told.__setitem__)
    assert seen == probe().observe(asked)
    assert list(seen) == [each.url for each in asked]
    assert told == seen
    assert {each.status for each in seen.values() if isinstance(each, Answered)} == {200, 404}


@dataclass(frozen=True)
class Others:
    """Says which process asked, and for how many pages; or does something else there."""

    do: Callable[[], object] = lambda: None
    in_all: int = 12

    def observe(self, questions: Sequence[Question], seen: Seen = ignore) -> dict[str, Observation]:
        for each in questions[:-1]:
            seen(each.url, Unreachable(each.url, str(os.getpid()), Trouble.OTHER, f"{len(questions)} {self.in_all}"))
        self.do()
        last = questions[-1].url
        seen(last, Unreachable(last, str(os.getpid()), Trouble.OTHER, f"{len(questions)} {self.in_all}"))
        return {}


def spread(inner: Others, **settings: int) -> SpreadProbe:
    return SpreadProbe(inner, **settings)  # type: ignore[arg-type] # it has what is needed of one


def test_each_host_is_asked_by_one_process_and_the_work_is_shared() -> None:
    asked = questions(80)
    seen = spread(Others(), most=3, fewest=10).observe(asked)
    by_host: dict[str, set[str]] = {}
    for url, each in seen.items():
        assert isinstance(each, Unreachable)
        by_host.setdefault(url.split("/")[2], set()).add(each.at)
        assert each.reason == "20 4"
    assert [len(each) for each in by_host.values()] == [1] * len(HOSTS)
    assert len(set().union(*by_host.values())) == 3
    assert str(os.getpid()) not in set().union(*by_host.values())


@pytest.mark.parametrize(("most", "fewest"), [(1, 1), (4, 31), (4, 1000)])
def test_a_few_pages_are_asked_from_this_process(most: int, fewest: int) -> None:
    told: list[Observation] = []
    spread(Others(), most=most, fewest=fewest).observe(questions(80), lambda _, each: told.append(each))
    assert {each.at for each in told if isinstance(each, Unreachable)} == {str(os.getpid())}


def test_one_host_is_asked_from_this_process() -> None:
    told: list[Observation] = []
    asked = [each for each in questions(80) if HOSTS[0] in each.url]
    spread(Others(), most=4, fewest=1).observe(asked, lambda _, each: told.append(each))
    assert {each.at for each in told if isinstance(each, Unreachable)} == {str(os.getpid())}


def test_what_a_worker_that_is_killed_did_not_say_was_not_asked() -> None:
    asked = questions(80)
    seen = spread(Others(lambda: os.kill(os.getpid(), signal.SIGKILL)), most=3, fewest=10).observe(asked)
    assert set(seen) == {each.url for each in asked}
    lost = [each for each in seen.values() if isinstance(each, Unreachable) and each.kind is Trouble.NOT_ASKED]
    assert lost
    assert {each.reason for each in lost} == {"the process that was to ask ended"}


def _fail() -> None:
    raise ZeroDivisionError("a fault of ours")


def test_a_fault_of_a_worker_is_seen() -> None:
    with pytest.raises(ZeroDivisionError, match="a fault of ours"):
        spread(Others(_fail), most=3, fewest=10).observe(questions(80))


INTERRUPTED = """
import os, signal, sys, threading, time
from affidavit.links.marks import Question
from affidavit.links.probe import CurlProbe
from affidavit.links.workers import SpreadProbe
from affidavit.model.settings import Allowed
port, hosts = sys.argv[1], sys.argv[2].split(",")
asked = [Question(f"http://{host}:{port}/{path}") for path in (*range(9), "silent") for host in hosts]
seen = {}
def take(url, observation):
    seen[url] = observation
    if len(seen) == 9 * len(hosts):
        os.kill(os.getpid(), signal.SIGINT)
probe = CurlProbe(user_agent="test", allowed=Allowed(everything=True))
try:
    SpreadProbe(probe, most=2, fewest=1).observe(asked, take)
except KeyboardInterrupt:
    print(len(seen), sorted({str(getattr(each, "status", each)) for each in seen.values()}))
"""


def test_an_interrupt_of_this_process_ends_all_and_keeps_what_is_known(port: int) -> None:
    command = [sys.executable, "-c", INTERRUPTED, str(port), ",".join(HOSTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == (f"{9 * len(HOSTS)} ['200']\n", "")


def test_no_process_outlives_the_run(port: int, probe: Callable[..., CurlProbe]) -> None:
    SpreadProbe(probe(), most=3, fewest=10).observe(questions(port))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


PAGE = PageSeen("text/html", "Title", "Heading", 3, ("anchor:a",), ("anchor:b",), whole=True, scripted=True)


def test_what_was_seen_survives_the_way_between_processes() -> None:
    seen = Answered("http://a.example/", "http://b.example/", 200, 1, "http://c.example/", "x", 3, ("server: s",), PAGE)
    assert pickle.loads(pickle.dumps(seen)) == seen  # noqa: S301 -- it was written one step earlier
