"""How many connections this process may have open: each takes a file descriptor, and these are counted."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    import resource

_USUAL = 256
"""What is open to every process at least, on the systems that we know."""

_MOST = 1024
"""Connections that are kept open for a next request; more would not be used again in time."""


def connections(*, limit: int | None = None) -> int:
    """Return how many connections may be open at once; a quarter is left to whatever else runs in this process."""
    most = _soft_limit() if limit is None else limit
    return max(2, min(_MOST, most - max(64, most // 4)))


def _soft_limit() -> int:
    if sys.platform == "win32":
        return _USUAL
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2 * _MOST if soft == resource.RLIM_INFINITY else soft
