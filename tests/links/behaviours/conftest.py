"""The runs over the table that its tests look at; each is made once, however many processes run the tests."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from msgspec import Struct
from tests.links.behaviours.asking import NETWORK, Seen, ask_apart, read_seen
from tests.links.behaviours.certificates import Certificates
from tests.links.behaviours.rows_addresses import TRAPS
from tests.links.behaviours.table import LINKS, ROWS
from tests.links.behaviours.web import Web

from affidavit.links.store import Store

IMPATIENT = {
    "connect_seconds": 6,
    "request_seconds": 6,
    "total_seconds": 14,
    "retry_seconds": 0.05,
    "patience": 3.5,
}
"""Limits that tests have the time for, and in which all servers answer that mean to, be the machine busy."""


class Asked(Struct, frozen=True):
    """What came of a run: what it saw, where it keeps that, how often it asked for which URL, and by which methods.

    ``connections`` are those of the server that stands behind a URL.
    """

    seen: Seen
    cache: Store
    requests: Mapping[str, int]
    connections: Mapping[str, int]
    methods: frozenset[str]


@pytest.fixture(scope="session", autouse=True)
def _no_proxies_at_all() -> Iterator[None]:
    """Keep the proxies of the machine out of the way of loopback."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [each for each in os.environ if each.lower().endswith("_proxy")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Return what servers show that speak TLS."""
    try:
        socket.create_server((str(NETWORK[1]), 0)).close()
    except OSError:
        pytest.skip("needs all of 127.0.0.0/8 on loopback: give the loopback interface these addresses")
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def asked(certificates: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return what came of one run over the whole table: all servers at once, and a cache that was empty."""
    folder = _shared_folder(tmp_path_factory)
    cache = folder / "cache"

    def run() -> str:
        with _web(certificates) as web:
            seen = ask_apart(LINKS, web.resolve, certificates.file, cache=str(cache), **IMPATIENT)
            return json.dumps([seen, web.requests, web.connections, web.methods])

    seen, requests, connections, methods = json.loads(_once(folder / "asked.json", run))
    return Asked(read_seen(seen), Store(cache), requests, connections, frozenset(methods))


@pytest.fixture(scope="session")
def usual(certificates: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Return what comes of another run, without a cache, with the limits that users get."""

    def run() -> str:
        with _web(certificates) as web:
            return ask_apart(LINKS, web.resolve, certificates.file)

    return read_seen(_once(_shared_folder(tmp_path_factory) / "usual.json", run))


def _web(certificates: Certificates) -> Web:
    return Web([at for row in ROWS for at in row.web], TRAPS, certificates.context)


def _shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this test run have in common."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def _once(result: Path, work: Callable[[], str]) -> str:
    """Return what work comes to, which the first process does that is here, and no other beside it."""
    with result.with_name("behaviours.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            result.write_text(work())
        return result.read_text()
