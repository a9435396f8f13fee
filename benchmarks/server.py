"""A web server that is never the slowest part of a measurement, on as many loopback addresses as there are hosts.

It answers every GET with one page of 16 KiB and keeps connections open. It runs in a process of its own::

    python -m benchmarks.server --hosts 200 --latency 50 --ca ca.pem

and prints one line of JSON with its ports: ``now`` answers at once, ``late`` after the latency, ``tls`` at once under
certificates of an authority of its own. ``GET /-/counts`` says how often each port was asked so far.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from benchmarks.hosts import addresses

SIZE = 16 * 2**10
WORDS = 50
"""Of so many words, ``word 0`` and so on, each page speaks, so that they can be the terms of a glossary."""

_BACKLOG = 1024
_END = b"\r\n\r\n"
_COUNTS = b"GET /-/counts "
_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n"


def page(size: int = SIZE) -> bytes:
    """Return a page of so many bytes that looks like one of a documentation."""
    title, words = "A page of a manual", ", ".join(f"word {number}" for number in range(WORDS))
    start = (
        f"<!DOCTYPE html>\n<html lang=en><head><title>{title}</title></head><body><h1>{title}</h1>\n<p>Of {words}.</p>"
    )
    line = (
        '<p>Some words, <a href="other.html#part">a link</a>, and <code>a --command</code> <em>that helps</em>.</p>\n'
    )
    end = "</body></html>\n"
    room = size - len(start) - len(end)
    return (start + (line * (room // len(line) + 1))[:room] + end).encode()


_PAGE = page()
_HEAD_ALONE = _HEAD.format(len(_PAGE)).encode()
_ANSWER = _HEAD_ALONE + _PAGE


class Counts:
    """How often each port was asked."""

    def __init__(self) -> None:
        self.asked = {"now": 0, "late": 0, "tls": 0}

    def answer(self) -> bytes:
        """Return the counts as an answer of the server."""
        body = json.dumps(self.asked).encode()
        return _HEAD.format(len(body)).encode() + body


class Connection(asyncio.Protocol):
    """One connection of a client; requests have no bodies, and may come several at once or in pieces."""

    transport: asyncio.Transport

    def __init__(self, counts: Counts, port: str, latency: float, loop: asyncio.AbstractEventLoop) -> None:
        self._counts = counts
        self._port = port
        self._latency = latency
        self._loop = loop
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self.transport = transport  # type: ignore[assignment] # of a stream it is a Transport

    def data_received(self, data: bytes) -> None:
        """Answer all requests that are complete."""
        *requests, self._rest = (self._rest + data).split(_END)
        for request in requests:
            self._answer(request)

    def _answer(self, request: bytes) -> None:
        if request.startswith(_COUNTS):
            self.transport.write(self._counts.answer())
            return
        self._counts.asked[self._port] += 1
        answer = _HEAD_ALONE if request.startswith(b"HEAD ") else _ANSWER
        if self._latency:
            self._loop.call_later(self._latency, self._write, answer)
        else:
            self.transport.write(answer)

    def _write(self, answer: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answer)


def listen(hosts: int) -> list[socket.socket]:
    """Return listening sockets on one port of so many addresses: of these alone, so that nobody else gets in."""
    first, *others = addresses(hosts)
    sockets = [_bound(first, 0)]
    port = sockets[0].getsockname()[1]
    return sockets + [_bound(each, port) for each in others]


def _bound(address: str, port: int) -> socket.socket:
    bound = socket.create_server((address, port), backlog=_BACKLOG)
    bound.setblocking(False)  # noqa: FBT003 -- its only argument
    return bound


def tls_context(ca: Path, hosts: int) -> ssl.SSLContext:
    """Write a new certificate authority to a file, and return a context with a certificate for all addresses."""
    import trustme  # noqa: PLC0415 -- most servers need none

    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*addresses(hosts)).configure_cert(context)
    context.set_alpn_protocols(["http/1.1"])
    return context


async def serve(hosts: int, latency: float, ca: Path | None) -> None:
    """Serve until the process is ended; ``latency`` is in seconds."""
    loop, counts = asyncio.get_running_loop(), Counts()

    def made(port: str, seconds: float) -> Callable[[], Connection]:
        return lambda: Connection(counts, port, seconds, loop)

    ports = {}
    for name, seconds, context in _kinds(latency, ca, hosts):
        sockets = listen(hosts)
        ports[name] = sockets[0].getsockname()[1]
        for each in sockets:
            await loop.create_server(made(name, seconds), sock=each, ssl=context, backlog=_BACKLOG)
    print(json.dumps(ports), flush=True)  # noqa: T201 -- how the parent learns of it
    await loop.connect_read_pipe(Lifeline, sys.stdin)
    await asyncio.Event().wait()


def _kinds(latency: float, ca: Path | None, hosts: int) -> Iterator[tuple[str, float, ssl.SSLContext | None]]:
    yield "now", 0, None
    yield "late", latency, None
    if ca:
        yield "tls", 0, tls_context(ca, hosts)


class Lifeline(asyncio.Protocol):
    """Ends the process with the one that started it, whose end of the pipe then closes."""

    def connection_lost(self, _: Exception | None) -> None:
        """Leave at once: nobody is there any more to be answered."""
        sys.exit(0)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.server")
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--latency", type=float, default=50, help="milliseconds")
    parser.add_argument(
        "--ca", type=Path, help="file to write the certificate authority to; without it there is no TLS"
    )
    arguments = parser.parse_args()
    _loop_runner()(serve(arguments.hosts, arguments.latency / 1000, arguments.ca))


def _loop_runner() -> Callable[..., object]:
    """Return what runs the server: uvloop, or asyncio where that is not installed, which is enough for small sizes."""
    try:
        run: Callable[..., object] = import_module("uvloop").run
    except ImportError:
        return asyncio.run
    return run


if __name__ == "__main__":
    main()
