"""The servers of a measurement, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks.hosts import addresses
from benchmarks.hosts import urls as some_urls

_ROOT = Path(__file__).parents[1]


class Web(Struct, frozen=True):
    """The web that is asked; ``latency`` is in seconds, ``ca`` the file of its certificate authority."""

    ports: dict[str, int]
    hosts: int
    latency: float
    ca: Path

    def urls(self, port: str, count: int, hosts: int = 0) -> tuple[str, ...]:
        """Return so many URLs of one of its ports, spread over its hosts, or over so many of them."""
        scheme = "https" if port == "tls" else "http"
        return tuple(some_urls(count, hosts or self.hosts, self.ports[port], scheme))

    def asked(self) -> int:
        """Return how often it was asked so far."""
        connection = HTTPConnection(addresses(1)[0], self.ports["now"], timeout=10)
        connection.request("GET", "/-/counts")
        counts: dict[str, int] = json.loads(connection.getresponse().read())
        connection.close()
        return sum(counts.values())


@contextmanager
def web(folder: Path, *, hosts: int, latency: float) -> Iterator[Web]:
    """Serve pages from so many hosts, one of the ports with a latency in seconds."""
    ca = folder / "ca.pem"
    arguments = ("--hosts", str(hosts), "--latency", str(1000 * latency), "--ca", str(ca))
    with _served("benchmarks.server", *arguments) as ports:
        yield Web(ports, hosts, latency, ca)


@contextmanager
def hostile(*, quick: bool) -> Iterator[tuple[str, ...]]:
    """Serve badly, but if it is to be quick, not slowly; give the URLs to ask."""
    with _served("benchmarks.hostile", *(["--quick"] if quick else [])) as urls:
        yield tuple(urls)


@contextmanager
def _served(module: str, *arguments: str) -> Iterator[Any]:
    """Start a server, which says on its first line where it is, and ends when its standard input is closed."""
    process = subprocess.Popen(  # noqa: S603 -- our own modules
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        yield json.loads(process.stdout.readline()) if process.stdout else None
    finally:
        process.communicate()
