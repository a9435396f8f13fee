"""Observations as bytes, for the way between two processes of one run. Pure.

This is no format: only the same release reads it.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, assert_never

from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable

_OF_PAGE = attrgetter(*PageSeen.__struct_fields__)
_OF_UNREACHABLE = len(Unreachable.__struct_fields__)

Plain = tuple[object, ...]


def pack(observations: Iterable[Observation]) -> bytes:
    """Return observations as bytes; JSON would take ten times as long."""
    return marshal.dumps(list(map(_plain, observations)))


def unpack(data: bytes) -> Iterator[Observation]:
    """Return what was packed; the bytes must come from this program."""
    return map(_observation, marshal.loads(data))  # noqa: S302 -- who could send others could do worse


def _plain(observation: Observation) -> Plain:
    match observation:
        case Answered() as a:
            page = _OF_PAGE(a.page)
            ways = a.moved_to, a.fragment, a.retry_after, a.hints, page, a.redirected_by
            return a.url, a.final, a.status, a.redirects, *ways
        case Unreachable() as u:
            return u.url, u.at, u.kind.value, u.reason, u.redirected_by, u.online
        case _:  # pragma: no cover
            assert_never(observation)


def _observation(plain: Any) -> Observation:  # noqa: ANN401 -- what `_plain` made
    if len(plain) == _OF_UNREACHABLE:
        url, at, kind, reason, redirected_by, online = plain
        return Unreachable(url, at, Trouble(kind), reason, redirected_by, online)
    url, final, status, redirects, to, fragment, after, hints, page, redirected_by = plain
    return Answered(url, final, status, redirects, to, fragment, after, hints, PageSeen(*page), redirected_by)
