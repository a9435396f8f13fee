"""The web of the table, and the run over it that all of its tests look at."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from affidavit.links.store import Store
from tests.links.behaviours.asking import NETWORK, Seen, ask
from tests.links.behaviours.behaviour import At
from tests.links.behaviours.certificates import Certificates
from tests.links.behaviours.rows_addresses import TRAPS
from tests.links.behaviours.table import LINKS, ROWS
from tests.links.behaviours.web import Web

LONG_AGO = 10**9
"""When everything was seen for the first time, in seconds since 1970."""


IMPATIENT = {
    "connect_seconds": 6,
    "request_seconds": 6,
    "total_seconds": 14,
    "retry_seconds": 0.05,
    "patience": 3.5,
}
"""Limits that tests have the time for, and in which all servers answer that mean to, be the machine busy."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a run: what it saw, where it keeps that, and how often it asked of whom, and by which methods."""

    seen: Seen
    cache: Store
    requests: Mapping[At, int]
    connections: Mapping[At, int]
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
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def web(certificates: Certificates) -> Iterator[Web]:
    """Open the servers of all rows, and those that nobody is to ask."""
    try:
        socket.create_server((str(NETWORK[1]), 0)).close()
    except OSError:
        pytest.skip("needs all of 127.0.0.0/8 on loopback; systems other than Linux and Windows must be told so")
    with Web([at for row in ROWS for at in row.web], TRAPS, certificates.context) as opened:
        yield opened


@pytest.fixture(scope="session")
def asked(web: Web, certificates: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return what came of one run over the whole table: all servers at once, and a cache that was empty."""
    cache = Store(tmp_path_factory.mktemp("cache"))
    seen = ask(LINKS, web.resolve, certificates.file, cache=str(cache.folder), **IMPATIENT)
    pages = {*(at for row in ROWS for at in row.web), *TRAPS}
    return Asked(
        seen=seen,
        cache=cache,
        requests={at: web.servers[at.origin].asked[at.target] for at in pages},
        connections={at: web.servers[at.origin].connections for at in pages},
        methods=frozenset(method for server in web.servers.values() for method in server.methods),
    )
