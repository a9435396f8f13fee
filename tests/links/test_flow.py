"""How requests follow one another: no burst goes on for ever, and nobody waits for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.flow import Flow

MOST = 128


def begun(flow: Flow, now: float) -> int:
    """Have as many requests begin as may, and return how many."""
    flow.look(now)
    number = 0
    while number < MOST and flow.lets:
        flow.began()
        number += 1
    return number


def answered(flow: Flow, seconds: float, number: int = 100) -> None:
    for _ in range(number):
        flow.answered(seconds)


def test_five_begin_and_others_follow_a_little_faster_than_answers_come() -> None:
    flow = Flow(MOST)
    assert begun(flow, 1) == 5
    assert begun(flow, 1) == 0
    assert flow.next_time() == pytest.approx(1 + 0.05 / MOST / 1.6)
    numbers = [begun(flow, 1 + 0.001 * tick) for tick in range(1, 11)]
    assert sum(numbers) == 40
    assert max(numbers) <= 5


def test_after_a_pause_no_more_than_five_begin_at_once() -> None:
    flow = Flow(MOST)
    begun(flow, 0)
    assert begun(flow, 100) == 5


@pytest.mark.parametrize("seconds", [0.04, 0.5, 20])
def test_the_pace_is_that_of_the_answers(seconds: float) -> None:
    flow = Flow(MOST)
    answered(flow, seconds)
    begun(flow, 0)
    total = sum(begun(flow, seconds * part / 1000) for part in range(1, 1001))
    assert total == pytest.approx(1.6 * MOST, abs=2)


def test_nobody_is_held_back_where_answers_come_at_once() -> None:
    flow = Flow(MOST)
    answered(flow, 0.001)
    assert begun(flow, 0) == MOST
    assert flow.next_time() == 0
    flow.bound(4)  # of whom one alone takes as long to deal with them
    assert begun(flow, 1) < MOST


def test_answers_may_take_no_time_at_all() -> None:
    flow = Flow(MOST)
    answered(flow, 0, 10_000)
    assert begun(flow, 0) == MOST


def test_it_shows_from_answers_or_from_their_absence_whether_one_can_keep_up() -> None:
    fast, slow, silent = Flow(MOST), Flow(MOST), Flow(MOST)
    for flow in (fast, slow, silent):
        flow.look(5)
    answered(fast, 0.001, 15)
    assert [each.is_fast for each in (fast, slow, silent)] == [None, None, None]
    answered(fast, 0.001, 1)
    answered(slow, 0.04, 16)
    assert [each.is_fast for each in (fast, slow, silent)] == [True, False, None]
    silent.look(5.031)
    assert [each.is_fast for each in (fast, silent)] == [True, None]
    silent.look(5.033)
    assert [each.is_fast for each in (fast, silent)] == [True, False]


@given(st.lists(st.floats(0, 100), max_size=300), st.integers(1, 1000))
def test_somebody_may_always_begin_at_the_next_time(answers: list[float], most: int) -> None:
    flow = Flow(most)
    flow.look(0)
    for seconds in answers:
        flow.answered(seconds)
        flow.began()
    now = flow.next_time()
    flow.look(now + 1e-6 * (1 + now))
    assert flow.lets
