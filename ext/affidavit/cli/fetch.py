"""Fetch what stands behind a URL, for a command that a person waits for: once, within limits of time and size."""

from __future__ import annotations

import socket
from collections.abc import Callable
from http import HTTPStatus
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urljoin, urlsplit

import requests

from affidavit import __version__
from affidavit.links.refuse import is_allowed, refused
from affidavit.model.errors import SourceError
from affidavit.model.settings import Allowed
from affidavit.notes.sources.source import LIMIT

SECONDS = (10, 30)
"""How long to wait for the connection, and for each part of the answer."""

WHOLE = 300.0
"""How long the whole may take, redirects and all: enough for what is largest at 60 kB a second."""

ADVICE = "Check the address and the network, or name a file with `--source`."

# The first that fits counts: the later ones are the more general.
REASONS = (
    (requests.exceptions.SSLError, "The certificate of the server was not accepted"),
    (requests.exceptions.ProxyError, "The proxy did not pass the request on"),
    (requests.exceptions.Timeout, "The server did not answer in time"),
    (requests.exceptions.TooManyRedirects, "The server redirects without end"),
    (requests.exceptions.ChunkedEncodingError, "The answer was cut short"),
    (requests.exceptions.ContentDecodingError, "The answer is damaged"),
    (requests.exceptions.ConnectionError, "The server cannot be reached, or broke off"),
    (requests.exceptions.InvalidURL, "The address is no URL that could be asked"),
    (requests.exceptions.InvalidSchema, "The address leads to one that is neither http nor https"),
    (Exception, "The request failed"),
)


def fetch(url: str, allowed: Allowed = Allowed()) -> bytes:  # noqa: B008 -- a frozen value
    """Return what a URL answers; raise :class:`SourceError` if that is not a success of a bearable size, in time.

    Whoever runs this has named the URL, so it is asked wherever it is. Where it redirects to is decided by others: from
    the open web, that is no address but the open web's, and those that are ``allowed``.
    """
    return _in_time(lambda: _fetched(url, allowed))


def _in_time(ask: Callable[[], bytes]) -> bytes:
    """Return what is asked for, unless that takes too long: a server that sends byte after byte is never silent."""
    came: SimpleQueue[bytes | Exception] = SimpleQueue()

    def answer() -> None:
        try:
            came.put(ask())
        except Exception as error:  # noqa: BLE001 -- raised below, where somebody waits for it
            came.put(error)

    Thread(target=answer, daemon=True).start()
    try:
        found = came.get(timeout=WHOLE)
    except Empty:
        raise SourceError(f"The answer did not end within {WHOLE:g} seconds.", advice=ADVICE) from None
    if isinstance(found, Exception):
        raise found
    return found


def _fetched(url: str, allowed: Allowed) -> bytes:
    agent = {"User-Agent": f"affidavit/{__version__}"}
    hooks = {"response": lambda answer, **_: _check_redirect(answer, url, allowed)}
    try:
        with requests.get(url, headers=agent, timeout=SECONDS, stream=True, hooks=hooks) as response:
            return _body(response)
    except (requests.RequestException, ValueError) as error:
        reason = next(told for kind, told in REASONS if isinstance(error, kind))
        raise SourceError(f"{reason}.", advice=ADVICE) from None


def _body(response: requests.Response) -> bytes:
    if response.status_code != HTTPStatus.OK:
        answer = f"{response.status_code} {response.reason or ''}".strip()
        raise SourceError(f"The server answered {answer}.", advice=ADVICE)
    body = bytearray()
    for part in response.iter_content(65536):
        body += part
        if len(body) > LIMIT:
            raise SourceError(f"The answer has more than {LIMIT // 2**20} MiB.", advice=ADVICE)
    return bytes(body)


def _check_redirect(answer: requests.Response, named: str, allowed: Allowed) -> None:
    """Raise :class:`SourceError` before a redirect is followed that must not be."""
    host = urlsplit(urljoin(answer.url, answer.headers.get("location", ""))).hostname or ""
    known = urlsplit(named).hostname or ""
    if not answer.is_redirect or host == known or is_allowed(host, allowed):
        return
    kind = _kind(host, allowed)
    if kind and not _kind(known, Allowed()):
        answer.close()
        problem = f"The server redirects to {host}, which is {kind}."
        advice = "Name that address itself as the source, or allow it with `affidavit_allow_private`."
        raise SourceError(problem, advice=advice)


def _kind(host: str, allowed: Allowed) -> str:
    """Return what the addresses of a host are, as far as they are none of the open web; else it is empty."""
    return " and ".join(sorted({kind for number in _addresses(host) if (kind := refused(number, allowed))}))


def _addresses(host: str) -> list[str]:
    """Return the addresses of a host; of a name that is not known, the request itself will tell."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []
