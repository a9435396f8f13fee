"""A second look at host names that libcurl could not resolve: it does not say whether they exist."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, wait
from contextlib import suppress
from enum import StrEnum
from queue import Empty, SimpleQueue
from threading import Thread

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


def is_open(look_up: Callable[[Collection[str]], Mapping[str, Name]]) -> bool:
    """Return whether there is a network: a name is known that the whole web knows."""
    return Name.KNOWN in look_up(WELL_KNOWN).values()


def look_up_all(
    hosts: Collection[str], *, seconds: float, look_up: Callable[[str], object] = look_up
) -> dict[str, Name]:
    """Return what the system says of each host within ``seconds``.

    A look-up that hangs holds up nobody, and not the end of the program either, which would wait for a pool's threads.
    """
    asked: dict[str, Future[object]] = {host: Future() for host in hosts}
    waiting: SimpleQueue[str] = SimpleQueue()
    for host in asked:
        waiting.put(host)
    for _ in range(min(_AT_ONCE, len(asked))):
        Thread(target=_work, args=(waiting, asked, look_up), daemon=True).start()
    try:
        wait(asked.values(), timeout=seconds)
        return {host: _said(answer) for host, answer in asked.items()}
    finally:
        _empty(waiting)


def _work(waiting: SimpleQueue[str], asked: dict[str, Future[object]], look_up: Callable[[str], object]) -> None:
    with suppress(Empty):
        while True:
            host = waiting.get_nowait()
            try:
                asked[host].set_result(look_up(host))
            except Exception as error:  # noqa: BLE001 -- whoever waits for the answer looks at it
                asked[host].set_exception(error)


def _empty(waiting: SimpleQueue[str]) -> None:
    with suppress(Empty):
        while True:
            waiting.get_nowait()


def _said(answer: Future[object]) -> Name:
    if not answer.done():
        return Name.UNSURE
    error = answer.exception()
    if error is None:
        return Name.KNOWN
    return Name.UNKNOWN if isinstance(error, socket.gaierror) and error.errno in _SAYS_NO else Name.UNSURE
