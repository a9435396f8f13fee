"""A second look at host names that libcurl could not resolve: it does not say whether they exist."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor, wait

_AT_ONCE = 8
_SAYS_NO = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""The name, or an address for it, does not exist; all else, such as EAI_AGAIN, may pass (RFC 3493, 6.1)."""


def look_up(host: str) -> None:
    """Ask the system for the addresses of a host; raise `OSError` if it has none to give."""
    socket.getaddrinfo(host, None)


def unknown_names(
    hosts: Collection[str], *, seconds: float, look_up: Callable[[str], object] = look_up
) -> frozenset[str]:
    """Return those hosts of which the system says within ``seconds`` that there is no such name."""
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        asked = {host: pool.submit(look_up, host) for host in hosts}
        wait(asked.values(), timeout=seconds)
        return frozenset(host for host, answer in asked.items() if _says_no(answer))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _says_no(answer: Future[object]) -> bool:
    error = answer.exception() if answer.done() else None
    return isinstance(error, socket.gaierror) and error.errno in _SAYS_NO
