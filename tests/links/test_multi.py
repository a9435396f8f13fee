"""Waiting for sockets: also for those whose descriptors libcurl's own waiting does not know."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from affidavit.links.seen import Answered

if TYPE_CHECKING:
    from tests.links.conftest import Asker, Server

_KNOWN = 1024
_REDIRECTS = 15


def _late(answer: bytes) -> Callable[[socket.socket], bool]:
    """Return what gives an answer a little later, so that it is waited for."""

    def give(connection: socket.socket) -> bool:
        time.sleep(0.02)
        connection.sendall(answer)
        return True

    return give


@pytest.fixture
def crowded() -> Iterator[None]:
    """Have as many files open as ``select`` knows descriptors."""
    resource = pytest.importorskip("resource", reason="this system counts otherwise")
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(usual, min(2 * _KNOWN, most)), most))
    opened: list[int] = []
    try:
        while not opened or opened[-1] < _KNOWN:
            opened.append(os.open(os.devnull, os.O_RDONLY))
        yield
    finally:
        for each in opened:
            os.close(each)
        resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))


@pytest.mark.usefixtures("crowded")
def test_sockets_beyond_those_that_can_be_watched_are_looked_at_soon(
    serve: Callable[..., Server], probe: Callable[..., Asker]
) -> None:
    head = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: keep-alive\r\nLocation: /{}\r\n\r\n"
    chain: dict[str, object] = {f"/{each}": _late(head.format(each + 1).encode()) for each in range(_REDIRECTS)}
    end = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"
    server = serve(chain | {f"/{_REDIRECTS}": end})
    began = time.monotonic()
    (seen,) = probe().ask(server.url("/0")).values()
    assert isinstance(seen, Answered)
    assert (seen.status, seen.redirects) == (200, _REDIRECTS)
    assert time.monotonic() - began < _REDIRECTS * 0.15
