"""Servers on loopback, as good and as bad as tests need them, and probes that ask them."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from ipaddress import ip_network
from pathlib import Path
from typing import Self

import pytest
import trustme

from affidavit.links.address import Address, read_address
from affidavit.links.marks import Question
from affidavit.links.probe import CurlProbe
from affidavit.links.seen import Observation
from affidavit.model.settings import Allowed

LOOPBACK = Allowed(networks=(ip_network("127.0.0.0/8"), ip_network("::1")))
"""Where the servers of the tests stand; anything else outside of the open web stays refused."""

Answer = bytes | Callable[[socket.socket], object]
"""What a server sends, or what it does with the connection instead.

After an answer with ``Connection: keep-alive`` it waits for the next request, after all others it hangs up.
"""

END_OF_HEAD = b"\r\n\r\n"
KEEP_ALIVE = b"Connection: keep-alive"
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Server:
    """Gives to each path its answer, and keeps the heads of all requests; a path that it does not know has 404.

    One with a greeting says that at once, to anybody, and hangs up. ``moments`` are when the requests came, on the
    monotonic clock; ``most`` is how many were under way at once.
    """

    def __init__(self, answers: Mapping[str, Answer], tls: ssl.SSLContext | None, greeting: bytes, host: str) -> None:
        self.heads: list[str] = []
        self.moments: list[float] = []
        self.connections = 0
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()
        self._greeting = greeting
        self._answers = answers
        self._tls = tls
        self._listener = socket.create_server((host, 0), backlog=256)
        self._open = ExitStack()
        self._threads = [threading.Thread(target=self._accept)]
        self.place = f"{host}:{self._listener.getsockname()[1]}"

    @property
    def requests(self) -> list[str]:
        """Return method and path of each request."""
        return [head.partition(" HTTP/")[0] for head in self.heads]

    def url(self, path: str = "/") -> str:
        """Return the URL of a path."""
        return f"{'https' if self._tls else 'http'}://{self.place}{path}"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # it is how accept() is woken; some systems call it an error
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._open.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.callback(_hang_up, connection)
                self._threads.append(threading.Thread(target=self._talk, args=[connection]))
                self._threads[-1].start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
                self._open.callback(_hang_up, connection)
            connection.sendall(self._greeting)
            while not self._greeting and (head := _head(connection)):
                if not self._answer(connection, head):
                    break
        _hang_up(connection)

    def _answer(self, connection: socket.socket, head: str) -> bool:
        """Answer a request; return whether another one may follow."""
        answer = self._answers.get(head.split(" ")[1], NOT_FOUND)
        with self._lock:
            self.heads.append(head)
            self.moments.append(time.monotonic())
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            return self._give(connection, answer)
        finally:
            with self._lock:
                self._now -= 1

    def _give(self, connection: socket.socket, answer: Answer) -> bool:
        if isinstance(answer, bytes):
            connection.sendall(answer)
            return KEEP_ALIVE in answer.partition(END_OF_HEAD)[0]
        return bool(answer(connection))


def _head(connection: socket.socket) -> str:
    received = b""
    while END_OF_HEAD not in received:
        part = connection.recv(65536)
        if not part:
            return ""
        received += part
    return received.decode("latin-1")


class InTurn:
    """Gives one answer after the other, and the last one from then on."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)
        self._lock = threading.Lock()

    def __call__(self, connection: socket.socket) -> object:
        with self._lock:
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if callable(answer):
            return answer(connection)
        connection.sendall(answer)
        return False


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Start servers that stand until the test ends."""
    with ExitStack() as stack:

        def start(
            answers: Mapping[str, Answer],
            tls: ssl.SSLContext | None = None,
            greeting: bytes = b"",
            host: str = "127.0.0.1",
        ) -> Server:
            return stack.enter_context(Server(answers, tls, greeting, host))

        yield start


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the proxies of the machine out of the way of loopback."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


class Asker(CurlProbe, frozen=True):
    """A probe that is asked about bare URLs."""

    def ask(self, *urls: str) -> dict[str, Observation]:
        """Return what asking each came to, for the pages without their fragments."""
        pages = {url: read.request if isinstance(read := read_address(url), Address) else url for url in urls}
        seen = self.observe([*map(Question, pages.values())])
        return {url: seen[page] for url, page in pages.items()}


@pytest.fixture
def in_turn() -> type[InTurn]:
    """Return what makes answers that change."""
    return InTurn


@pytest.fixture
def probe() -> Callable[..., Asker]:
    """Make probes that have little patience."""

    def make(**changes: object) -> Asker:
        settings = {
            "user_agent": "Affidavit/test",
            "connect_seconds": 5,
            "total_seconds": 5,
            "retry_seconds": 0.01,
            "allowed": LOOPBACK,
        } | changes
        return Asker(**settings)  # type: ignore[arg-type] # each test names its own

    return make


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Return a certificate authority that only those trust who are told to."""
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file that makes a probe trust it."""
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path
