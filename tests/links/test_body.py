from __future__ import annotations

from collections.abc import Callable, Collection

import pytest

from affidavit.links import body
from affidavit.links.body import Body, Held
from affidavit.links.head import Head
from affidavit.links.marks import Mark
from affidavit.links.seen import PageSeen

KIB = 1024


class Reader:
    """Has enough after 1000 bytes."""

    def __init__(self, _marks: Collection[Mark], _media: str, _charset: str) -> None:
        self.size = 0

    def feed(self, piece: bytes) -> bool:
        self.size += len(piece)
        return self.size < 1000

    def seen(self, *, ended: bool) -> PageSeen:
        return PageSeen(words=self.size, whole=ended)


@pytest.fixture
def body_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Body]:
    """Return what makes bodies that have enough after 1000 bytes."""
    monkeypatch.setattr(body, "Reader", Reader)

    def make(
        length: int = -1, *, status: int = 200, shares: bool = False, location: bytes = b"", kept: bytes = b""
    ) -> Body:
        return Body(Head(status, location, length=length, shares=shares), frozenset(), Held(), kept)

    return make


def taken(of: Body) -> int:
    """Give KiB after KiB until no more is wanted, or a hundred; return how many were taken."""
    return next((number for number in range(100) if not of.take(b"x" * KIB)), 100)


@pytest.mark.parametrize(
    ("length", "expected"),
    [(-1, 65), (3 * KIB, 65), (64 * KIB, 65), (65 * KIB, 0), (10**9, 0)],
)
def test_a_rest_flows_by_if_it_is_short_or_may_be(body_of: Callable[..., Body], length: int, expected: int) -> None:
    assert taken(body_of(length)) == expected


@pytest.mark.parametrize(("length", "expected"), [(-1, 64), (3 * KIB, 64), (10**9, 0)])
def test_so_it_does_behind_what_was_kept_unread(body_of: Callable[..., Body], length: int, expected: int) -> None:
    assert taken(body_of(length, kept=b"x" * KIB)) == expected


def test_where_the_connection_stays_nothing_flows_by(body_of: Callable[..., Body]) -> None:
    assert taken(body_of(3 * KIB, shares=True)) == 0


def test_of_a_redirect_as_much_flows_by(body_of: Callable[..., Body]) -> None:
    redirect = body_of(status=302, location=b"/")
    assert redirect.idle
    assert taken(redirect) == 64
    assert redirect.seen(ended=True) == PageSeen()


def test_what_ended_after_all_that_was_needed_is_not_known_to_be_whole(body_of: Callable[..., Body]) -> None:
    long, short = body_of(), body_of()
    long.take(b"x" * KIB)
    short.take(b"x")
    assert long.seen(ended=True) == PageSeen(words=KIB, whole=False)
    assert short.seen(ended=True) == PageSeen(words=1, whole=True)


def test_what_is_seen_stays_so_and_holds_nothing(body_of: Callable[..., Body]) -> None:
    page = body_of()
    page.take(b"x")
    assert page.seen(ended=True) is page.seen(ended=False)
    assert page.size == 0


def test_the_one_that_holds_most_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "Reader", Reader)
    held = Held(1000)
    big, small = (Body(Head(200), frozenset(), held) for _ in range(2))
    assert big.take(b"x" * 600)
    assert small.take(b"x" * 300)
    assert small.take(b"x" * 200)
    assert (big.idle, small.idle, held.total) == (True, False, 500)
    assert not big.take(b"x")
    assert big.seen(ended=True) == PageSeen(words=600, whole=False)


def test_it_may_be_the_one_that_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "Reader", Reader)
    held = Held(500)
    one = Body(Head(200), frozenset(), held)
    assert not one.take(b"x" * 600)
    assert (one.idle, held.total) == (True, 0)
