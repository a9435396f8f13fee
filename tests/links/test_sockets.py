"""All ways to watch sockets say the same."""

import os
import select
import socket
from collections.abc import Callable, Iterator
from time import monotonic

import pytest

from affidavit.links.sockets import READABLE, WRITABLE, Epoll, Selecting, Watch, watch

WAYS = [
    Selecting,
    *([Epoll] if hasattr(select, "epoll") else []),
    *([select.poll] if hasattr(select, "poll") else []),
]


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ends = socket.socketpair()
    yield ends
    for end in ends:
        end.close()


@pytest.mark.parametrize("way", WAYS)
def test_what_is_ready_is_told_of_sockets_that_are_watched(
    way: Callable[[], Watch], pair: tuple[socket.socket, socket.socket]
) -> None:
    here, there = pair
    watched = way()
    watched.register(here.fileno(), READABLE | WRITABLE)
    watched.register(there.fileno(), READABLE)
    assert [*watched.poll(1000)] == [(here.fileno(), WRITABLE)]
    here.send(b"x")
    assert dict(watched.poll(1000)) == {here.fileno(): WRITABLE, there.fileno(): READABLE}
    watched.register(here.fileno(), READABLE)
    assert [*watched.poll(1000)] == [(there.fileno(), READABLE)]
    watched.unregister(there.fileno())
    assert [*watched.poll(0)] == []
    with pytest.raises(KeyError):
        watched.unregister(there.fileno())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", [0, 1])
def test_where_nothing_is_ready_it_waits_for_no_longer_than_it_should(
    way: Callable[[], Watch], pair: tuple[socket.socket, socket.socket], number: int
) -> None:
    watched = way()
    for end in pair[:number]:
        watched.register(end.fileno(), READABLE)
    begun = monotonic()
    assert [*watched.poll(50)] == []
    assert monotonic() - begun >= 0.05


def test_bits_are_those_of_the_system() -> None:
    assert (READABLE, WRITABLE) == (select.POLLIN, select.POLLOUT)


@pytest.mark.skipif(not hasattr(select, "epoll"), reason="there is no epoll here")
def test_a_closed_socket_does_not_stand_in_the_way_of_another_of_its_number() -> None:
    watched = Epoll()
    here, there = socket.socketpair()
    closed = socket.socket()
    watched.register(number := closed.fileno(), READABLE)
    closed.close()
    os.dup2(here.fileno(), number)
    here.close()
    there.send(b"x")
    watched.register(number, READABLE)
    assert [*watched.poll(1000)] == [(number, READABLE)]
    os.close(number)
    watched.unregister(number)
    assert [*watched.poll(0)] == []
    there.close()


def test_where_there_is_no_epoll_or_poll_another_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(select, "epoll", lambda: "epoll", raising=False)
    assert isinstance(watch(), Epoll)
    monkeypatch.delattr(select, "epoll")
    assert not isinstance(watch(), (Epoll, Selecting))
    monkeypatch.delattr(select, "poll")
    assert isinstance(watch(), Selecting)
