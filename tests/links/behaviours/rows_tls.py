"""Servers that speak TLS, and those that should."""

from __future__ import annotations

from tests.links.behaviours.behaviour import HOLDS, Absent, Action, Expected, Row, broken, plain, row, unable
from tests.links.behaviours.wire import page, reset_when_asked, then_silent

_INVALID = broken("has expired, is for another host, or vouches for itself")
_UNVERIFIED = unable("may be known to browsers")
_FAILED = unable("no encrypted connection came about")

_CERTIFICATES: tuple[tuple[str, Expected], ...] = (
    ("good", HOLDS),
    ("rsa", HOLDS),
    ("wildcard", HOLDS),
    ("chain", HOLDS),
    ("TLS 1.2", HOLDS),
    ("TLS 1.3", HOLDS),
    ("expired", _INVALID),
    ("not yet", _INVALID),
    ("other host", _INVALID),
    ("own", _INVALID),
    ("other authority", _UNVERIFIED),
    ("chain cut", _UNVERIFIED),
    ("TLS 1.1", _FAILED),
    ("TLS 1.0", _FAILED),
)


def _certificate(kind: str, expected: Expected) -> Row:
    url = f"https://{plain(kind)}.tls.example/"
    return row(f"TLS, {kind}", url, expected, page(), requests=int(expected is HOLDS), certificate=kind)


def _no_tls(name: str, action: Action, expected: Expected = _FAILED) -> Row:
    url = f"https://{plain(name)}.plain.example/"
    return row(f"TLS, {name}", url, expected, action, requests=0, greets=True)


ROWS = (
    *(_certificate(*each) for each in _CERTIFICATES),
    row("TLS, a section", "https://good.tls.example/page#section", HOLDS, page('<p id="section">')),
    _no_tls("HTTP in its place", page()),
    _no_tls("400 in its place", b"HTTP/1.1 400 Bad Request\r\n\r\nThe plain HTTP request was sent to HTTPS port"),
    _no_tls("garbage", b"\x16\x03\x03\xff\xff" + b"\0" * 99),
    _no_tls("SSH in its place", b"SSH-2.0-OpenSSH_9.2\r\n"),
    _no_tls("an alert", b"\x15\x03\x03\x00\x02\x02\x28"),
    _no_tls("a farewell at once", b"", unable()),
    _no_tls("a reset at the first word", reset_when_asked(), unable()),
    _no_tls("silence", then_silent(), unable("in time")),
    _no_tls("a closed port", Absent.CLOSED, unable("may refuse a connection")),
)
