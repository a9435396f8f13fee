"""A second look at host names that libcurl could not resolve: it does not say whether they exist."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor, wait
from enum import StrEnum

WELL_KNOWN = frozenset({"example.com", "example.org"})
"""Names that the whole web knows, for ever (RFC 2606): where neither is known, no name says anything."""

_AT_ONCE = 8
_SAYS_NO = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""The name, or an address for it, does not exist; all else, such as EAI_AGAIN, may pass (RFC 3493, 6.1)."""


def look_up(host: str) -> None:
    """Ask the system for the addresses of a host; raise `OSError` if it has none to give."""
    socket.getaddrinfo(host, None)


class Name(StrEnum):
    """What the system says of a host name."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    UNSURE = "unsure"


def look_up_all(
    hosts: Collection[str], *, seconds: float, look_up: Callable[[str], object] = look_up
) -> dict[str, Name]:
    """Return what the system says of each host within ``seconds``."""
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        asked = {host: pool.submit(look_up, host) for host in hosts}
        wait(asked.values(), timeout=seconds)
        return {host: _said(answer) for host, answer in asked.items()}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _said(answer: Future[object]) -> Name:
    if not answer.done():
        return Name.UNSURE
    error = answer.exception()
    if error is None:
        return Name.KNOWN
    return Name.UNKNOWN if isinstance(error, socket.gaierror) and error.errno in _SAYS_NO else Name.UNSURE
