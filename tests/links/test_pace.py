from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from affidavit.links.pace import Pace

SECONDS = st.floats(0, 60, allow_nan=False)
EVENTS = st.lists(st.one_of(SECONDS, st.none()), max_size=300)
"""Answers by how long they took, and refusals."""


def busy(pace: Pace, seconds: float, answers: int) -> None:
    """Let a host answer, with as many requests under way as it may have."""
    for _ in range(answers):
        pace.answered(seconds, pace.limit)


@settings(max_examples=25, deadline=None)
@given(EVENTS, st.integers(-3, 300), st.integers(-3, 300))
def test_the_limit_is_always_at_least_one_and_no_more_than_the_most(
    events: list[float | None], start: int, most: int
) -> None:
    pace = Pace(start, most)
    for each in events:
        assert 1 <= pace.limit <= max(1, most)
        if each is None:
            pace.pushed(pace.limit)
        else:
            pace.answered(each, pace.limit)
    assert 1 <= pace.limit <= max(1, most)


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 10), st.integers(1, 128))
def test_answers_at_ease_let_it_grow_to_the_most(seconds: float, most: int) -> None:
    pace = Pace(8, most)
    busy(pace, seconds, 128 * 128)
    assert pace.limit == most


def test_it_grows_by_two_with_each_time_that_all_are_answered() -> None:
    pace = Pace(8, 128)
    for expected in (9, 11, 13):
        busy(pace, 0.05, pace.limit)
        assert expected <= pace.limit <= expected + 1


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 100))
def test_it_does_not_grow_where_it_is_not_reached(under_way: int) -> None:
    pace = Pace(101, 128)
    for _ in range(500):
        pace.answered(0.05, under_way)
    assert pace.limit == 101


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 128))
def test_a_refusal_halves_it_once_for_all_that_were_sent_before(start: int) -> None:
    pace = Pace(start, 128)
    for _ in range(start):
        pace.pushed(start)
    assert pace.limit == max(1, start // 2)
    pace.pushed(pace.limit)
    assert pace.limit == max(1, start // 4)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 0.02), min_size=100, max_size=400))
def test_noise_of_this_machine_does_not_count(seconds: list[float]) -> None:
    pace = Pace(8, 64)
    for each in seconds:
        before = pace.limit
        pace.answered(each, pace.limit)
        assert pace.limit >= before


def test_now_and_then_a_page_that_takes_long_does_not_matter() -> None:
    pace = Pace(8, 64)
    for _ in range(10):
        busy(pace, 0.05, 20)
        reached = pace.limit
        busy(pace, 60, 1)
        assert pace.limit >= reached


def test_answers_that_take_ever_longer_halve_it() -> None:
    pace = Pace(32, 128)
    busy(pace, 0.05, 50)
    reached = pace.limit
    busy(pace, 3.0, 25)
    assert pace.limit <= reached // 2


@settings(max_examples=25, deadline=None)
@given(st.floats(0.5, 10))
def test_a_host_that_becomes_slow_for_good_is_not_starved(seconds: float) -> None:
    pace = Pace(32, 128)
    busy(pace, 0.02, 50)
    busy(pace, seconds, 6000)
    assert pace.limit == 128
