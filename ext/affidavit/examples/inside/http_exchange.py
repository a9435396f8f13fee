"""One request and its answer over a plain socket, so that what the page shows is what goes over the wire."""

from __future__ import annotations

import errno
import os
import select
import socket
import time
from urllib.parse import SplitResult, urlsplit

from .http_message import Answer, read_answer, request_bytes
from .stream import PIECE, Budget
from .watch import Watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST = 64 * 1024 * 1024


class Asking:
    """What bounds an exchange.

    ``enough``, where it is not 0, are the bytes of an answer beyond which its head alone is given.
    """

    def __init__(self, watch: Watch, budget: Budget, seconds: float, enough: int = 0) -> None:
        self.watch = watch
        self.budget = budget
        self.seconds = seconds
        self.enough = enough


def exchange(base: str, given: str, asking: Asking) -> Answer:
    """Return what a server answers; raise `OSError` or `ValueError` where there is no answer."""
    server = urlsplit(base)
    connection = _connect(server, asking)
    try:
        _send(connection, request_bytes(given, server.netloc), asking)
        return _receive(connection, given.split(None, 1)[0], asking)
    finally:
        connection.close()


def _connect(server: SplitResult, asking: Asking) -> socket.socket:
    secure = server.scheme == "https"
    connection = open_connection(server.hostname or "", server.port or (443 if secure else 80), asking)
    if not secure:
        return connection
    import ssl  # noqa: PLC0415 - slow to import, and seldom needed

    # What is asked is a server of the example, or one that it names; whom to trust is no question here.
    connection.settimeout(asking.seconds)
    return ssl._create_unverified_context().wrap_socket(connection, server_hostname=server.hostname)  # noqa: S323, SLF001


def open_connection(host: str, port: int, asking: Asking) -> socket.socket:
    """Return a connection to the first address of a host that takes one."""
    problem = OSError(f"{host} has no address.")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        connection = socket.socket(family, kind, protocol)
        connection.setblocking(False)  # noqa: FBT003 - the name says what the value means
        try:
            _reach(connection, address, asking)
        except OSError as error:
            connection.close()
            problem = error
        else:
            return connection
    raise problem


def _reach(connection: socket.socket, address: tuple[Any, ...], asking: Asking) -> None:
    number = connection.connect_ex(address)
    if number == errno.EINPROGRESS:
        _until(connection, select.POLLOUT, asking.seconds, asking.watch)
        number = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if number:
        raise OSError(number, os.strerror(number))


def _send(connection: socket.socket, data: bytes, asking: Asking) -> None:
    connection.settimeout(0)
    while data:
        try:
            data = data[connection.send(data) :]
        except (BrokenPipeError, ConnectionResetError):
            # A server may refuse a request before it has all of it; its answer says why.
            return
        except OSError as error:
            _require_waiting(error)
            _until(connection, select.POLLOUT, asking.seconds, asking.watch)


def _receive(connection: socket.socket, method: str, asking: Asking) -> Answer:
    data, end = b"", time.monotonic() + asking.seconds
    while len(data) < LARGEST:
        left = end - time.monotonic()
        if left <= 0:
            raise socket.timeout("timed out")  # noqa: UP041 - older Pythons have two
        piece = _piece(connection, left, asking)
        data += asking.budget.take(piece)
        asking.budget.check()
        if 0 < asking.enough < len(data):
            method = "HEAD"  # whose answers are a head alone
        answer = read_answer(data, method, at_end=not piece)
        if answer:
            return answer
    raise ValueError("The answer is too long.")


def _piece(connection: socket.socket, seconds: float, asking: Asking) -> bytes:
    while True:
        try:
            return connection.recv(PIECE)
        except OSError as error:
            _require_waiting(error)
            _until(connection, select.POLLIN, seconds, asking.watch)


def _require_waiting(error: OSError) -> None:
    """Raise an error again that says more than that it would take longer; with TLS, either side may have to wait."""
    if not isinstance(error, BlockingIOError) and type(error).__name__ not in {"SSLWantReadError", "SSLWantWriteError"}:
        raise error


def _until(connection: socket.socket, event: int, seconds: float, watch: Watch) -> None:
    """Wait for a connection as long as it may take, with an eye on everything else."""
    happened = []
    watch.add(connection.fileno(), lambda: happened.append(True), event)
    try:
        if not watch.wait(lambda: bool(happened), seconds):
            raise socket.timeout("timed out")  # noqa: UP041 - older Pythons have two
    finally:
        watch.remove(connection.fileno())
