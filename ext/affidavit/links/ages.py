"""How long an observation may answer in place of the web. Pure."""

from __future__ import annotations

from typing import assert_never
from zlib import crc32

from affidavit.links.seen import Answered, Observation, Trouble, Unreachable

DAY = 24 * 60 * 60
SHORTEST, LONGEST = 5 * DAY, 7 * DAY
"""Seconds that a good answer lives; links that were seen in one build come due in different ones."""

_OF_THE_LINK = frozenset(
    {
        Trouble.NAME_UNKNOWN,
        Trouble.CERTIFICATE_INVALID,
        Trouble.REDIRECT_UNUSABLE,
        Trouble.TOO_MANY_REDIRECTS,
    }
)
"""The trouble that lies with the link itself. All other may lie with the hour, the network or this machine."""


def is_worth_keeping(observation: Observation) -> bool:
    """Return whether an observation is a fact about the link, good or bad."""
    match observation:
        case Answered():
            return True
        case Unreachable(kind=kind):
            return kind in _OF_THE_LINK
        case _:  # pragma: no cover
            assert_never(observation)


def lifetime(url: str) -> int:
    """Return how many seconds a good answer of this URL lives: always the same, and not the same for all URLs."""
    return SHORTEST + crc32(url.encode("utf-8", "surrogatepass")) % (LONGEST - SHORTEST)
