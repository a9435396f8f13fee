"""How long an observation may answer in place of the web. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never
from zlib import crc32

from affidavit.links.marks import Mark, MarkKind
from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable
from affidavit.links.showing import is_disguised, wanted

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


def is_fresh(observation: Observation, age: int, marks: Collection[Mark] = ()) -> bool:
    """Return whether an observation of this age, in seconds, makes a new request needless.

    Only a good answer does, in which all of the marks were seen, and none from the future: who set the clock back does
    not know how old it is.
    """
    return _is_good(observation, marks) and 0 <= age < lifetime(observation.url)


def lifetime(url: str) -> int:
    """Return how many seconds a good answer of this URL lives: always the same, and not the same for all URLs."""
    return SHORTEST + crc32(url.encode("utf-8", "surrogatepass")) % (LONGEST - SHORTEST)


def _is_good(observation: Observation, marks: Collection[Mark]) -> bool:
    if not isinstance(observation, Answered) or not 200 <= observation.status <= 299:  # noqa: PLR2004 -- RFC 9110, 15.3
        return False
    looked_for = [*wanted(marks, observation), *(mark for mark in marks if mark.kind is MarkKind.WORD)]
    return all(_is_known(mark, observation.page) for mark in looked_for) and not is_disguised(observation)


def _is_known(mark: Mark, page: PageSeen) -> bool:
    """Tell whether to look for a mark again could show nothing better: it was there, or whether it is cannot be seen.

    That a page lacks one of a term's names is no fault: it may have another.
    """
    if str(mark) in page.present:
        return True
    return str(mark) in page.absent and (page.scripted or mark.kind is MarkKind.WORD)
