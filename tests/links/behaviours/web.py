"""A small web on loopback: each host of a table is a server with an address of its own."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable
from contextlib import ExitStack
from typing import Any, Self, assert_never

from msgspec import Struct, field
from tests.links.behaviours.asking import NETWORK
from tests.links.behaviours.behaviour import Absent, At
from tests.links.behaviours.wire import perform

Origin = tuple[str, str, int]
_END_OF_HEAD = b"\r\n\r\n"
_MOST_OF_A_HEAD = 2**20
_LINGER_NOT = struct.pack("ii", 1, 0)


class Speaker:
    """Talks on one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.head = ""
        self.turn = 0

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def left(self) -> None:
        while await self._reader.read(2**16):
            pass

    async def heard(self) -> None:
        await self._reader.read(1)

    async def reset(self) -> None:
        self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self._writer.transport.abort()

    async def farewell(self) -> None:
        """Say that nothing more comes, and wait until it was heard: to hang up on words not yet read is a reset."""
        self._writer.write_eof()
        await self.left()

    async def hear(self) -> bool:
        """Read the next request; return whether there is one."""
        try:
            self.head = (await self._reader.readuntil(_END_OF_HEAD)).decode("latin-1")
        except asyncio.IncompleteReadError:
            return False
        return True


class Server(Struct):
    """All that stands at one origin; ``asked`` counts the requests for each page, ``methods`` says by which."""

    pages: dict[str, At] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    connections: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    methods: set[str] = field(default_factory=set)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer all requests of a connection."""
        self.connections += 1
        speaker = Speaker(reader, writer)
        try:
            if self.tls:
                await writer.start_tls(self.tls)
            greeting = next((each for each in self.pages.values() if each.greets), None)
            if greeting:
                await perform(greeting.action, speaker)
                await speaker.farewell()
            else:
                while await speaker.hear() and await self._answer(speaker):
                    pass
        except OSError:
            pass
        finally:
            writer.close()

    async def _answer(self, speaker: Speaker) -> bool:
        """Answer one request; return whether another one may follow on the connection."""
        method, target, _ = speaker.head.split(" ", 2)
        self.methods.add(method)
        speaker.turn = self.asked[target]
        self.asked[target] += 1
        at = self.pages.get(target)
        if at is None:
            await speaker.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return True
        await perform(at.action, speaker)
        return isinstance(at.action, bytes)


class Web:
    """Servers that stand as long as the context is open; ``resolve`` is how a probe finds them.

    Each stands at an address of its own, but for the ``traps``, which stand at 127.0.0.1.
    """

    def __init__(self, pages: Iterable[At], traps: Iterable[At], context: Callable[[str, str], ssl.SSLContext]) -> None:
        self.servers: dict[Origin, Server] = {}
        self.resolve: dict[str, str] = {}
        self._context = context
        self._trapped = {at.origin for at in traps}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._listening: list[asyncio.Server] = []
        self._absent = ExitStack()
        for at in (*pages, *traps):
            known = self.servers.setdefault(at.origin, Server()).pages.setdefault(at.target, at)
            assert known == at, f"{at.url} is served in two ways"

    @property
    def requests(self) -> dict[str, int]:
        """Return how often each URL was asked for."""
        return {at.url: server.asked[target] for server in self._all for target, at in server.pages.items()}

    @property
    def connections(self) -> dict[str, int]:
        """Return how many connections were opened to the server behind each URL."""
        return {at.url: server.connections for server in self._all for at in server.pages.values()}

    @property
    def methods(self) -> list[str]:
        """Return by which methods anybody asked."""
        return sorted({method for server in self._all for method in server.methods})

    @property
    def _all(self) -> Iterable[Server]:
        return self.servers.values()

    def __enter__(self) -> Self:
        self._loop.set_exception_handler(_ignore_broken_connections)
        self._thread.start()
        self._do(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._absent.close()

    async def _open(self) -> None:
        for number, (origin, server) in enumerate(self.servers.items(), start=1):
            _, host, port = origin
            address = "127.0.0.1" if origin in self._trapped else str(NETWORK[256 + number])
            place = await self._place(origin, server, address)
            self.resolve[f"{host}:{port}"] = place

    async def _place(self, origin: Origin, server: Server, address: str) -> str:
        at = next(iter(server.pages.values()))
        if isinstance(at.action, Absent):
            return self._nobody(at.action, address)
        encrypted = origin[0] == "https" and not at.greets
        server.tls = self._context(at.certificate, origin[1]) if encrypted else None
        listening = await asyncio.start_server(server.talk, address, 0, limit=_MOST_OF_A_HEAD, backlog=64)
        self._listening.append(listening)
        return _written(listening.sockets[0])

    async def _end(self) -> None:
        for each in self._listening:
            each.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.1)  # in which the transports close, too
        await self._loop.shutdown_asyncgens()

    def _do(self, work: Coroutine[object, object, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _nobody(self, absent: Absent, address: str) -> str:
        place = self._absent.enter_context(socket.socket())
        place.bind((address, 0))
        match absent:
            case Absent.CLOSED:
                pass
            case Absent.CROWDED:
                place.listen(0)
                for _ in range(2):  # nobody accepts them, and there is room for no more
                    waiting = self._absent.enter_context(socket.socket())
                    waiting.settimeout(0)
                    waiting.connect_ex(place.getsockname())
            case _:
                assert_never(absent)
        return _written(place)


def _written(place: socket.socket) -> str:
    host, port = place.getsockname()
    return f"{host}:{port}"


def _ignore_broken_connections(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if not isinstance(context.get("exception"), (OSError, asyncio.CancelledError)):
        loop.default_exception_handler(context)
