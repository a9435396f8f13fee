from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from affidavit.links.address import Address, read_address
from affidavit.links.order import Queue


def addresses(*hosts: str) -> list[Address]:
    read = [read_address(f"http://{host}.example/{at}") for at, host in enumerate(hosts)]
    return [each for each in read if isinstance(each, Address)]


def test_hosts_take_turns() -> None:
    queue = Queue(addresses("a", "a", "b", "b"), per_host=2)
    taken = [queue.take() for _ in range(4)]
    assert [each.host for each in taken if each] == ["a.example", "b.example", "a.example", "b.example"]


def test_a_busy_host_waits_and_goes_on_when_one_is_done() -> None:
    queue = Queue(addresses("a", "a"), per_host=1)
    first = queue.take()
    assert first
    assert queue.take() is None
    queue.done(first)
    assert queue.take() == addresses("a", "a")[1]


def test_what_nobody_took_is_the_rest() -> None:
    queue = Queue(addresses("a", "b", "a"), per_host=1)
    queue.take()
    assert {each.target for each in queue.rest()} == {"/1", "/2"}


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcd"), max_size=30), st.integers(1, 4), st.integers(1, 6))
def test_all_are_taken_once_and_never_too_many_of_one_host(hosts: list[str], per_host: int, in_all: int) -> None:
    queue = Queue(addresses(*hosts), per_host=per_host)
    under_way: list[Address] = []
    taken: list[Address] = []
    while len(taken) < len(hosts):
        while len(under_way) < in_all and (address := queue.take()):
            under_way.append(address)
            taken.append(address)
        assert max(Counter(each.host for each in under_way).values()) <= per_host
        queue.done(under_way.pop(0))
    assert sorted(taken, key=str) == sorted(addresses(*hosts), key=str)
    assert queue.rest() == ()
