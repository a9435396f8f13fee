"""What one request says: whether another one may end otherwise, and how the host takes being asked. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeGuard, assert_never

from affidavit.links.outcome import Came, Failed, Outcome
from affidavit.links.seen import Trouble

_TOO_MANY_REQUESTS = 429
_UNAVAILABLE = 503

_PASSING = frozenset({408, 425, *range(500, 600)}) - {501, 505}
"""Statuses that the same request may not get a second time; what a server cannot do at all, it cannot do later."""

_PASSING_TROUBLES = frozenset({Trouble.CUT_OFF, Trouble.CONNECT_TIMEOUT, Trouble.ANSWER_TIMEOUT})

_STRAINED_TROUBLES = frozenset({Trouble.CUT_OFF, Trouble.ANSWER_TIMEOUT})


class Sign(StrEnum):
    """How a host takes being asked as often as it is."""

    EASE = "ease"
    STRAIN = "strain"
    NONE = "none"


def is_refusal(came: Came) -> bool:
    """Return whether a server says that it wants to be left alone for a while (RFC 6585, 4; RFC 9110, 15.6.4)."""
    head = came.head
    return head.status == _TOO_MANY_REQUESTS or (head.status == _UNAVAILABLE and head.retry_after > 0)


def is_plain(outcome: Outcome) -> TypeGuard[Came]:
    """Return whether a request came to all that could be wished for, as nearly all do: nothing follows from it."""
    return isinstance(outcome, Came) and not outcome.cut and 200 <= outcome.head.status <= 299  # noqa: PLR2004 -- RFC 9110, 15.3


def may_pass(outcome: Outcome) -> bool:
    """Return whether another attempt may end otherwise."""
    match outcome:
        case Came():
            return outcome.cut or outcome.head.status in _PASSING
        case Failed():
            return outcome.kind in _PASSING_TROUBLES or outcome.left
        case _:  # pragma: no cover
            assert_never(outcome)


def sign(outcome: Outcome) -> Sign:
    """Return what a request says of its host's state."""
    match outcome:
        case Came():
            is_strained = outcome.cut or outcome.head.status in (_TOO_MANY_REQUESTS, _UNAVAILABLE)
            return Sign.STRAIN if is_strained else Sign.EASE
        case Failed():
            return Sign.STRAIN if outcome.kind in _STRAINED_TROUBLES else Sign.NONE
        case _:  # pragma: no cover
            assert_never(outcome)
