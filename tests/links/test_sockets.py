"""Both ways to watch sockets say the same."""

import select
import socket
from collections.abc import Callable, Iterator
from time import monotonic

import pytest

from affidavit.links.sockets import READABLE, WRITABLE, Selecting, Watch, watch

WAYS = [Selecting, *([select.poll] if hasattr(select, "poll") else [])]


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


def test_where_there_is_no_poll_another_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not isinstance(watch(), Selecting)
    monkeypatch.delattr(select, "poll")
    assert isinstance(watch(), Selecting)
