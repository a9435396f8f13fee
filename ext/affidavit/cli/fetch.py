"""Fetch what stands behind a URL, for a command that a person waits for: once, within limits of time and size."""

from __future__ import annotations

from http import HTTPStatus

import requests

from affidavit import __version__
from affidavit.model.errors import SourceError
from affidavit.notes.sources.source import LIMIT

SECONDS = (10, 30)
"""How long to wait for the connection, and for each part of the answer."""

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


def fetch(url: str) -> bytes:
    """Return what a URL answers; raise :class:`SourceError` if that is not a success of a bearable size."""
    agent = {"User-Agent": f"affidavit/{__version__}"}
    try:
        with requests.get(url, headers=agent, timeout=SECONDS, stream=True) as response:
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
