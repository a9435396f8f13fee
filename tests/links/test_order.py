from __future__ import annotations

from collections import Counter
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affidavit.links.head import Head
from affidavit.links.line import Line
from affidavit.links.order import Queue
from affidavit.links.outcome import Came, Failed
from affidavit.links.pace import Pace
from affidavit.links.patience import STRIKES, Patience
from affidavit.links.seen import PageSeen, Trouble


class Item:
    """Something that waits at a host."""

    def __init__(self, host: str, name: int = 0) -> None:
        self.host = host
        self.name = name


GOOD = Came(Head(200), PageSeen, 0.01, cut=False)
BUSY = Came(Head(429), PageSeen, 0.01, cut=False)


def items(*hosts: str) -> list[Item]:
    return [Item(host, at) for at, host in enumerate(hosts)]


def queue_of(*waiting: Item, at_once: int = 0, apart: float = 0, seconds: float = inf) -> Queue[Item]:
    def new_line(_: Item) -> Line[Item]:
        return Line(Pace(8, 8), Patience(20), at_once=at_once, apart=apart, seconds=seconds)

    queue = Queue(new_line)
    for item in waiting:
        queue.add(item)
    return queue


def names(queue: Queue[Item], now: float = 0) -> list[int]:
    """Take all that may be asked now."""
    return [item.name for item in iter(lambda: queue.take(now), None)]


def test_hosts_take_turns() -> None:
    assert names(queue_of(*items("a", "a", "a", "b", "b", "c"))) == [0, 3, 5, 1, 4, 2]


def test_a_busy_host_waits_and_goes_on_when_one_is_done() -> None:
    queue = queue_of(*items("a", "a", "a"), at_once=2)
    assert names(queue) == [0, 1]
    queue.done(queue.line(Item("a")))
    assert names(queue) == [2]


def test_the_pace_of_a_host_counts_too() -> None:
    queue = queue_of(*items(*"aaaaaaaaaaaa"))
    assert len(names(queue)) == 8
    line = queue.line(Item("a"))
    line.note(80, BUSY)
    for _ in range(4):
        queue.done(line)
    line.patience.until = 0
    assert names(queue) == []
    queue.done(line)
    assert len(names(queue)) == 1


def test_who_comes_from_another_host_goes_first_and_who_failed_last() -> None:
    queue = queue_of(*items("a", "a"))
    queue.again(Item("a", 8), due=0)
    queue.go_on(Item("a", 9))
    assert names(queue) == [9, 0, 1, 8]


def test_what_is_put_off_is_not_taken_before_its_time() -> None:
    queue = queue_of(Item("a", 1))
    queue.again(Item("a", 2), due=5)
    queue.again(Item("b", 3), due=3)
    assert names(queue, 0) == [1]
    assert queue.next_time() == 3
    assert names(queue, 4) == [3]
    assert names(queue, 5) == [2]


def test_a_paused_host_comes_back_by_itself() -> None:
    queue = queue_of(*items("a", "b"))
    queue.line(Item("a")).patience.refused(7, 0)
    assert names(queue, 0) == [1]
    assert queue.next_time() == 7
    assert names(queue, 6.9) == []
    assert names(queue, 7) == [0]


def test_requests_to_a_host_are_so_far_apart() -> None:
    queue = queue_of(*items("a", "a", "b", "a"), apart=2)
    assert [names(queue, now) for now in (0, 1, 2, 3, 4)] == [[0, 2], [], [1], [], [3]]


def test_the_time_of_a_host_begins_with_its_first_and_counts_what_its_pace_costs() -> None:
    queue = queue_of(*items("a", "a", "a"), apart=2, seconds=10)
    line = queue.line(Item("a"))
    assert line.ends == inf
    queue.take(100)
    assert line.ends == 100 + 10 + 3 * 2
    queue.add(Item("a"))
    assert line.ends == 100 + 10 + 4 * 2


def test_what_is_dropped_waits_no_longer() -> None:
    queue = queue_of(*items("a", "a", "b"))
    queue.again(Item("a", 4), due=9)
    dropped = queue.drop(queue.line(Item("a")), lambda item: item.name != 1)
    assert [item.name for item in dropped] == [0, 4]
    assert sorted(item.name for item in queue.rest()) == [1, 2]
    assert len(queue) == 2


@pytest.mark.parametrize(("outcome", "gone"), [(BUSY, True), (GOOD, False)], ids=["refusal", "answer"])
def test_only_a_good_answer_ends_the_count_of_refusals(outcome: Came, gone: bool) -> None:  # noqa: FBT001 -- a table
    line = queue_of(Item("a")).line(Item("a"))
    for _ in range(STRIKES):
        line.patience.refused(1000, 0)
        line.note(80, outcome)
    assert bool(line.gone(80)) is gone


def test_a_line_says_when_asking_is_of_no_use() -> None:
    line = queue_of(Item("a")).line(Item("a"))
    for _ in range(STRIKES):
        assert line.gone(80) is None
        line.note(80, Failed(Trouble.ANSWER_TIMEOUT, "why"))
    assert line.gone(80)
    assert line.gone(443) is None


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcd"), max_size=40), st.integers(1, 4), st.integers(1, 6))
def test_all_are_taken_once_and_never_too_many_of_one_host(hosts: list[str], at_once: int, in_all: int) -> None:
    queue = queue_of(*items(*hosts), at_once=at_once)
    under_way: list[Item] = []
    taken: list[int] = []
    while len(taken) < len(hosts):
        while len(under_way) < in_all and (item := queue.take(0)):
            under_way.append(item)
            taken.append(item.name)
        assert max(Counter(each.host for each in under_way).values()) <= at_once
        done = under_way.pop(0)
        queue.line(done).note(80, GOOD)
        queue.done(queue.line(done))
    assert sorted(taken) == list(range(len(hosts)))
    assert len(queue) == 0


def test_many_hosts_cost_no_more_than_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that are full, paused or empty are not looked at again and again."""
    looks = 0
    ready_at = Line.ready_at

    def counted(line: Line[Item], now: float) -> float:
        nonlocal looks
        looks += 1
        return ready_at(line, now)

    hosts = [f"host{number}" for number in range(500)]
    queue = queue_of(*items(*hosts * 4), at_once=1)
    monkeypatch.setattr(Line, "ready_at", counted)
    taken = 0
    while item := queue.take(0):
        taken += 1
        queue.done(queue.line(item))
    assert taken == 2000
    assert looks < 4 * taken
