"""Servers that mean no good, one behaviour to a loopback address: what asking them costs at most.

``python -m benchmarks.hostile`` prints a line of JSON with its URLs, and serves until its standard input is closed.
With ``--quick`` those are left out that only make others wait.
"""

from __future__ import annotations

import asyncio
import json
import sys
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from gzip import compress

from msgspec import Struct

Writer = asyncio.StreamWriter
_HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_PIECE = 2**16
_BOMB_PIECES = 2**10
_PATIENCE = 3600


async def silent(_: Writer) -> None:
    """Take the request, and never answer."""
    await asyncio.sleep(_PATIENCE)


async def dripping(writer: Writer) -> None:
    """Send a page letter by letter, for ever."""
    writer.write(_HTML + b"\r\n<html>")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.5)


async def slow_head(writer: Writer) -> None:
    """Send header fields one after the other, for ever."""
    writer.write(_HTML)
    while True:
        writer.write(b"X-More: yes\r\n")
        await writer.drain()
        await asyncio.sleep(0.5)


async def endless_head(writer: Writer) -> None:
    """Send header fields as fast as they are taken, for ever."""
    writer.write(_HTML)
    while True:
        writer.write(b"X-More: yes\r\n" * 1000)
        await writer.drain()


async def endless(writer: Writer) -> None:
    """Send a page as fast as it is taken, for ever; no anchor is in it."""
    writer.write(_HTML + b"\r\n<html><body>")
    while True:
        writer.write(b"<p>more words</p>" * (_PIECE // 17))
        await writer.drain()


async def bomb(writer: Writer) -> None:
    """Send about a megabyte that inflates to one gigabyte."""
    writer.write(_HTML + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n")
    writer.write(compress(b"<html><body>")[:10])
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflate.compress(b"<p>")
    deflate.flush(zlib.Z_FULL_FLUSH)
    piece = deflate.compress(b" " * 2**20) + deflate.flush(zlib.Z_FULL_FLUSH)
    for _ in range(_BOMB_PIECES):
        writer.write(piece)
        await writer.drain()


async def limiting(writer: Writer) -> None:
    """Ask to be left alone for an hour."""
    writer.write(b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n")


async def going_round(writer: Writer) -> None:
    """Redirect to itself, for ever."""
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: ?again\r\nContent-Length: 0\r\n\r\n")


async def hanging_up(_: Writer) -> None:
    """Take the request, and close the connection."""


class Behaviour(Struct, frozen=True):
    """What a host does, and how many URLs of it are asked for; ``slow`` if it makes others wait, and no more."""

    answer: Callable[[Writer], Awaitable[None]]
    urls: int
    slow: bool = False


BEHAVIOURS = (
    Behaviour(silent, 4, slow=True),
    Behaviour(dripping, 4, slow=True),
    Behaviour(slow_head, 4, slow=True),
    Behaviour(endless_head, 4),
    Behaviour(endless, 16),
    Behaviour(bomb, 16),
    Behaviour(limiting, 4),
    Behaviour(going_round, 4),
    Behaviour(hanging_up, 4),
)


async def serve(*, quick: bool) -> None:
    """Serve all behaviours, or the quick ones, and leave when nobody holds the other end of standard input any more."""
    urls = []
    for number, behaviour in enumerate((each for each in BEHAVIOURS if not quick or not each.slow), start=1):
        server = await asyncio.start_server(_talker(behaviour), f"127.21.0.{number}", 0)
        host, port = server.sockets[0].getsockname()
        urls += [f"http://{host}:{port}/{behaviour.answer.__name__}/{each}#anchor" for each in range(behaviour.urls)]
    print(json.dumps(urls), flush=True)  # noqa: T201 -- how the parent learns of them
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


def _talker(behaviour: Behaviour) -> Callable[[asyncio.StreamReader, Writer], Awaitable[None]]:
    async def talk(reader: asyncio.StreamReader, writer: Writer) -> None:
        # Clients leave when they please; what is cancelled at the end need not be told either.
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            await reader.readuntil(b"\r\n\r\n")
            await behaviour.answer(writer)
            await writer.drain()
            writer.close()

    return talk


if __name__ == "__main__":
    asyncio.run(serve(quick="--quick" in sys.argv))
