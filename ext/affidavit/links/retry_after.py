"""For how long a server wants to be left alone: the value of ``Retry-After`` (RFC 9110, 10.2.3). Pure."""

from __future__ import annotations

from datetime import UTC
from math import ceil

_MOST = 10**9
"""Seconds; a server that says more means no more than that, either."""


def seconds_of(value: bytes, date: bytes, now: float) -> int:
    """Return a time to wait in seconds, 0 where nothing can be made out or nothing is left of it.

    The value is a number of seconds, or a date. A date counts from the server's own clock where the field ``date``
    tells it, else from ``now`` (seconds since 1970).
    """
    text = value.strip()
    if text.isdigit():
        return min(int(text[:12]), _MOST)
    until = _time(text)
    if until is None:
        return 0
    begin = _time(date)
    return min(max(0, ceil(until - (now if begin is None else begin))), _MOST)


def _time(value: bytes) -> float | None:
    """Return a date as seconds since 1970; HTTP knows GMT alone, also where it is left out."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 -- few servers name a date, and it costs start-up time

    try:
        read = parsedate_to_datetime(value.decode("latin-1"))
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
