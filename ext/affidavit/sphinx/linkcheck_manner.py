"""How the drop-in link check asks each address: headers, credentials and certificates as Sphinx's settings have them.

What is set for an address goes to no other server that it redirects to, unless the settings name that as well, and of
credentials nothing does. ``affidavit_hosts`` counts as well, where Sphinx's settings say nothing.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace
from requests.utils import get_netrc_auth

from affidavit.links.address import Address, read_address
from affidavit.links.manner import Manner, Manners
from affidavit.sphinx.linkcheck_settings import Credentials, Requests

_WITH_HEADERS = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
"""What Sphinx adds where ``linkcheck_request_headers`` fits."""


class SphinxManners:
    """Knows how an address is asked; ``asked`` are the links of the site, as written, by the URL that is asked.

    ``usual`` says how addresses are asked of which Sphinx's settings say nothing. Relative names of certificate files
    are looked for where Sphinx runs, as it does, then below ``folder``.
    """

    def __init__(self, requests: Requests, asked: Mapping[str, str], folder: Path, usual: Manners) -> None:
        self._usual = usual
        self._requests = requests
        self._asked = asked
        self._folder = folder
        self._known: dict[str, Manner] = {}
        self._of_server: dict[str, Credentials | None] = {}

    def __call__(self, address: Address) -> Manner:
        """Return how an address is asked."""
        url = address.request
        if url not in self._known:
            self._known[url] = self._manner(address)
        return self._known[url]

    def _manner(self, address: Address) -> Manner:
        url, written = address.request, self._written(address)
        login = self._fitting(written) or (None if url in self._asked else self._login_of_server(_server(url)))
        usual = self._usual(address)
        headers = dict(usual.headers) | _headers(written, self._requests.headers) | dict(_of_proxy(login))
        manner = replace(
            usual,
            headers=tuple(headers.items()),
            authorities=self._authorities(url),
            verify=self._requests.verify,
            timeout=usual.timeout or self._requests.timeout,
            silence=self._requests.silence,
        )
        return _logged_in(manner, url, login)

    def _written(self, address: Address) -> str:
        """Return the link as its author wrote it, which the settings speak of, unless another host is asked for it."""
        written = self._asked.get(address.request, address.request)
        read = read_address(written)
        return written if isinstance(read, Address) and read.host == address.host else address.request

    def _fitting(self, written: str) -> Credentials | None:
        """Return the credentials of the first pattern that fits, which may have none."""
        first = next((each for each in self._requests.auth if _pattern(each).match(written)), None)
        return first if isinstance(first, Credentials) else None

    def _login_of_server(self, server: str) -> Credentials | None:
        """Return the credentials of a server's links, which go along where it redirects to itself."""
        if server not in self._of_server:
            fitting = (self._fitting(uri) for url, uri in self._asked.items() if _server(url) == server)
            self._of_server[server] = next(filter(None, fitting), None)
        return self._of_server[server]

    def _authorities(self, url: str) -> Path | None:
        certs = self._requests.ca_certs
        name = certs if isinstance(certs, str) else certs.get(urlsplit(url).netloc.rpartition("@")[-1], "")
        if not name:
            return None
        return Path(name).absolute() if Path(name).exists() else self._folder / name


def _logged_in(manner: Manner, url: str, login: Credentials | None) -> Manner:
    """Add the credentials of the settings; without any, those of the user's netrc file, as requests does."""
    if login and not login.proxy:
        return replace(manner, login=f"{login.user}:{login.password}", digest=login.digest, authorization="")
    if login or manner.login or manner.authorization:
        return manner
    found = get_netrc_auth(url)
    return replace(manner, login=":".join(found)) if found else manner


def _pattern(entry: Credentials | re.Pattern[str]) -> re.Pattern[str]:
    return entry.pattern if isinstance(entry, Credentials) else entry


def _headers(url: str, headers: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the header fields for an address: those of its server come before its own, and both before ``*``."""
    server = _server(url)
    chosen = next((headers[each] for each in (server, f"{server}/", url, "*") if each in headers), None)
    return {} if chosen is None else _WITH_HEADERS | {name: str(value) for name, value in chosen.items()}


def _of_proxy(login: Credentials | None) -> Iterable[tuple[str, str]]:
    """Return the field that HTTPProxyAuth sets (RFC 9110, 11.7.2)."""
    if login and login.proxy:
        given = b64encode(f"{login.user}:{login.password}".encode("latin-1", "replace")).decode()
        yield "Proxy-Authorization", f"Basic {given}"


def _server(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))
