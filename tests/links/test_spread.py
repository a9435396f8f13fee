"""Asking by several processes: as if by one, and none of them outlives what it works for."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from tests.links.spreading import begin, children, ended, is_there, spread, vanish

from affidavit.links.seen import Answered, Trouble, Unreachable

if TYPE_CHECKING:
    from tests.links.conftest import Server

Serve = Callable[..., "Server"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process asks alone")

PAGE = b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi"
BUSY = b"HTTP/1.1 503 Busy\r\nRetry-After: 15\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
MANY = 260
LONGER = 60


def pages(server: Server, number: int = MANY) -> list[str]:
    return [server.url(f"/{n}") for n in range(number)]


@pytest.fixture
def servers(serve: Serve) -> tuple[Server, Server]:
    answers = {f"/{n}": PAGE for n in range(MANY)}
    moved = b"HTTP/1.1 301 Moved\r\nConnection: close\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n"
    second = serve(answers, host="127.0.0.3")
    return serve(answers | {"/7": moved % second.url("/8").encode()}, host="127.0.0.2"), second


@pytest.fixture
def silent() -> Iterator[list[str]]:
    """Give the URLs of two hosts that take connections and say nothing."""
    with socket.create_server(("127.0.0.2", 0), backlog=MANY) as one, socket.create_server(("127.0.0.3", 0)) as two:
        places = [each.getsockname()[:2] for each in (one, two)]
        yield [f"http://{host}:{port}/{n}" for host, port in places for n in range(MANY)]


def test_two_see_what_one_sees(servers: tuple[Server, Server]) -> None:
    first, second = servers
    urls = [*pages(first), *pages(second), first.url("/none"), "http://127.0.0.4:1/", "http://nothing.invalid/"]
    one, two = spread(urls, 1), spread(urls, 2)
    assert (one.children, two.children) == (0, 2)
    assert list(one.seen) != []
    assert one.seen == two.seen
    assert len(two.seen) == len(urls)


def test_nothing_is_asked_twice(servers: tuple[Server, Server]) -> None:
    first, second = servers
    assert spread([*pages(first), *pages(second)]).children == 2
    assert (len(first.heads), len(second.heads)) == (MANY, MANY + 1)  # where one page of the first leads to


def test_few_are_asked_by_one(servers: tuple[Server, Server]) -> None:
    assert spread([*pages(servers[0], 100), *pages(servers[1], 100)]).children == 0


@pytest.mark.parametrize("loses", [1, 2])
def test_what_a_killed_process_knew_is_asked_again(servers: tuple[Server, Server], loses: int) -> None:
    urls = [*pages(servers[0]), *pages(servers[1])]
    seen = spread(urls, loses=loses)
    assert seen.children == 2
    assert seen.told == ["A process that asked the web was ended by the system. What it had not told is asked again."]
    assert [each.status for each in seen.seen.values() if isinstance(each, Answered)] == [200] * len(urls)


def test_where_the_system_refuses_a_process_one_asks_what_is_left(servers: tuple[Server, Server]) -> None:
    urls = [*pages(servers[0]), *pages(servers[1])]
    seen = spread(urls, refused=True)
    assert (seen.children, seen.told) == (1, [])  # the first, which has told everything by then
    assert [each.status for each in seen.seen.values() if isinstance(each, Answered)] == [200] * len(urls)
    assert len(servers[0].heads) == MANY  # what was told is not asked again


def test_who_meets_nobody_where_others_do_has_no_absent_network(servers: tuple[Server, Server]) -> None:
    dead = [f"http://127.9.{n}.1:1/" for n in range(250)]
    seen = spread([*pages(servers[0]), *dead])
    assert seen.children == 2
    kinds = [each.kind for each in seen.seen.values() if isinstance(each, Unreachable)]
    assert kinds == [Trouble.NOT_CONNECTED] * len(dead)


def test_who_would_have_been_met_by_others_is_met_by_one(servers: tuple[Server, Server]) -> None:
    site = [f"http://127.9.0.1:1/{n}" for n in range(MANY + 1)]  # which is the largest, and so in the first part
    dead = [*site, *(f"http://127.9.{n}.2:1/" for n in range(250))]
    seen = spread([*pages(servers[0]), *dead])
    assert seen.children == 1
    kinds = {each.kind for each in seen.seen.values() if isinstance(each, Unreachable)}
    assert kinds == {Trouble.NOT_CONNECTED, Trouble.HOST_GIVEN_UP}


def test_an_interrupt_leaves_at_once_with_what_is_known(
    silent: list[str], servers: tuple[Server, Server], serve: Serve
) -> None:
    busy = serve({"/": BUSY}, host="127.0.0.4")  # which is to be asked once more
    process = begin([*pages(servers[0]), busy.url(), *silent], seconds=LONGER)
    known = children(process)
    while len(servers[0].heads) < MANY or not busy.heads:
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    seen = ended(process, known)  # which waits for less than a silent server is waited for
    assert seen.interrupted
    assert set(seen.seen) == {*pages(servers[0]), busy.url()}
    assert vanish(known)


def test_one_asks_where_answers_are_waited_for(silent: list[str], servers: tuple[Server, Server]) -> None:
    process = begin([*silent, *pages(servers[0], 10)], seconds=1)
    known = children(process)
    seen = ended(process, known)
    assert seen.children == 1
    assert sum(isinstance(each, Answered) for each in seen.seen.values()) == 10
    assert vanish(known)


def test_nobody_outlives_a_killed_process(silent: list[str]) -> None:
    process = begin(silent, seconds=LONGER)
    known = children(process)
    assert len(known) == 1
    time.sleep(0.3)
    assert all(map(is_there, known))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    gone = vanish(known)
    assert process.stdout
    process.stdout.close()
    assert gone
