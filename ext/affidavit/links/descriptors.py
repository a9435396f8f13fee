"""How many connections this process may have open: each takes a file descriptor, and these are counted."""

from __future__ import annotations

_USUAL = 256
"""What is open to every process at least, on the systems that we know."""

_MOST = 1024
"""Connections that are kept open for a next request; more would not be used again in time."""


try:
    import resource
except ImportError:  # as on Windows

    def _soft_limit() -> int:
        return _USUAL

else:

    def _soft_limit() -> int:
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return 2 * _MOST if soft == resource.RLIM_INFINITY else soft


def connections(*, limit: int | None = None) -> int:
    """Return how many connections may be open at once; a quarter is left to whatever else runs in this process."""
    most = _soft_limit() if limit is None else limit
    return max(2, min(_MOST, most - max(64, most // 4)))
