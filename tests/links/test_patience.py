from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affidavit.links.patience import STRIKES, Patience, Silence
from affidavit.links.seen import Trouble


def test_pauses_grow_where_none_is_wanted() -> None:
    patience = Patience(20)
    now, pauses = 0.0, []
    while (until := patience.refused(0, now)) is not None:
        pauses.append(until - now)
        now = until
    assert pauses == [1, 2, 4, 8]


@pytest.mark.parametrize(("wanted", "pause"), [(0, 1), (1, 1), (7, 7), (20, 20), (21, None), (10**9, None)])
def test_as_much_as_is_wanted_is_given_up_to_a_bound(wanted: int, pause: float | None) -> None:
    assert Patience(20).refused(wanted, 0) == pause


def test_refusals_in_a_pause_belong_to_it() -> None:
    patience = Patience(20)
    assert [patience.refused(2, now) for now in (0, 0.5, 1, 1.5)] == [2, 2.5, 3, 3.5]
    assert patience.refused(0, 3.5) == 5.5


def test_an_answer_makes_patience_new() -> None:
    patience = Patience(4)
    assert patience.refused(3, 0) == 3
    assert patience.refused(3, 3) is None
    patience.answered()
    assert patience.refused(3, 3) == 6


def test_a_host_that_only_refuses_is_gone() -> None:
    patience = Patience(0)
    for _ in range(STRIKES):
        assert patience.gone is None
        assert patience.refused(0, 0) is None
    assert patience.gone
    assert patience.gone.kind is Trouble.RATE_LIMITED
    gone = patience.gone
    patience.refused(0, 0)  # of a request that was under way by then
    assert patience.gone == gone


def test_without_strikes_no_host_is_gone() -> None:
    patience = Patience(0, strikes=0)
    for _ in range(2 * STRIKES):
        assert patience.refused(0, 0) is None
    assert patience.gone is None


def test_one_that_answers_in_between_is_not() -> None:
    patience = Patience(0)
    for _ in range(2 * STRIKES):
        patience.refused(0, 0)
        patience.answered()
    assert patience.gone is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0, 5)), max_size=100))
def test_all_pauses_together_are_no_longer_than_its_patience(events: list[tuple[int, float]]) -> None:
    patience, now, waited = Patience(20), 100.0, 0.0
    for wanted, later in events:
        now += later
        before = max(now, patience.until)
        until = patience.refused(wanted, now)
        if until is not None:
            assert until >= before
            waited += until - before
    assert waited <= 20 + 1e-6


@pytest.mark.parametrize(
    "kind",
    [
        Trouble.NOT_CONNECTED,
        Trouble.CONNECT_TIMEOUT,
        Trouble.ANSWER_TIMEOUT,
        Trouble.NAME_UNKNOWN,
        Trouble.PROXY_UNREACHABLE,
    ],
)
def test_a_port_that_is_never_heard_of_is_gone(kind: Trouble) -> None:
    silence = Silence()
    for _ in range(STRIKES):
        assert silence.gone(80) is None
        silence.failed(80, kind, "why")
    gone = silence.gone(80)
    assert gone
    assert gone.kind is (kind if kind is Trouble.NAME_UNKNOWN else Trouble.HOST_GIVEN_UP)
    assert (gone.fits(80), gone.fits(443)) == (True, False)
    assert silence.gone(443) is None


@pytest.mark.parametrize("kind", [Trouble.CUT_OFF, Trouble.GARBLED, Trouble.CERTIFICATE_INVALID, Trouble.TLS_FAILED])
def test_trouble_that_differs_from_page_to_page_says_nothing(kind: Trouble) -> None:
    silence = Silence()
    for _ in range(9):
        silence.failed(80, kind, "why")
    assert silence.gone(80) is None


def test_a_port_that_was_heard_of_is_never_gone() -> None:
    silence = Silence()
    silence.answered(80)
    for _ in range(9):
        silence.failed(80, Trouble.ANSWER_TIMEOUT, "why")
    assert silence.gone(80) is None
