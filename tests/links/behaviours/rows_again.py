"""Servers that want to be asked again later, and those that answer only the second time."""

from __future__ import annotations

from tests.links.behaviours.behaviour import HOLDS, Action, At, Expected, Row, broken, limited, plain, row, unable
from tests.links.behaviours.wire import (
    HTML,
    answer,
    closing,
    head,
    in_turn,
    page,
    redirect,
    then_reset,
    then_silent,
)

_NOW, _SOON = "Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:49:38 GMT"
_PAST, _LATE = "Retry-After: Sun, 06 Nov 1994 08:49:36 GMT", "Retry-After: Tue, 06 Nov 2096 08:49:37 GMT"
_COMING = page()


def _host(name: str) -> str:
    """Return a host of its own for a name: to be left alone is a matter of hosts."""
    return f"http://{plain(name)}.busy.example/"


def _always(name: str, expected: Expected, requests: int, status: int, *fields: str) -> Row:
    full = f"{status} for ever, {name}"
    return row(full, _host(full), expected, page("", *fields, status=status), requests=requests)


def _once(name: str, status: int, *fields: str) -> Row:
    full = f"{status} once, {name}"
    return row(full, _host(full), HOLDS, in_turn(page("", *fields, status=status), _COMING), requests=2)


def _flaky(name: str, fault: Action) -> Row:
    full = f"{name} once, then the page"
    return row(full, _host(full), HOLDS, in_turn(fault, _COMING), requests=2)


ROWS = (
    _always("without a time", limited("limits how often"), 3, 429),
    _always("with no time", limited(), 3, 429, "Retry-After: 0"),
    _always("with a day", limited(), 1, 429, "Retry-After: 86400"),
    _always("with an hour", limited(), 1, 429, "Retry-After: 3600"),
    _always("with more seconds than there are", limited(), 1, 429, f"Retry-After: {'9' * 400}"),
    _always("with a date far off", limited(), 1, 429, _LATE),
    _always("with a date in the past", limited(), 3, 429, _NOW, _PAST),
    _always("with a negative time", limited(), 3, 429, "Retry-After: -5"),
    _always("with garbage", limited(), 3, 429, "Retry-After: in a while"),
    _always("with nothing", limited(), 3, 429, "Retry-After:"),
    _always("without a time", unable("the server failed"), 2, 503),
    _always("with no time", unable("the server failed"), 2, 503, "Retry-After: 0"),
    _always("with a day", limited("wants to be asked again later"), 1, 503, "Retry-After: 86400"),
    _always("with a date far off", limited(), 1, 503, _LATE),
    _always("with a date in the past", unable(), 2, 503, _NOW, _PAST),
    _always("with a negative time", unable(), 2, 503, "Retry-After: -5"),
    _always("with garbage", unable(), 2, 503, "Retry-After: soon"),
    _always("with an hour", unable("lets not everybody"), 1, 403, "Retry-After: 3600"),
    _once("without a time", 429),
    _once("with no time", 429, "Retry-After: 0"),
    _once("with a second", 429, "Retry-After: 1"),
    _once("with two seconds", 429, "Retry-After: 2"),
    _once("with a second and a half", 429, "Retry-After: 1.5"),
    _once("with a date", 429, _NOW, _SOON),
    _once("with a date in the past", 429, _NOW, _PAST),
    _once("with a date of no clock", 429, "Retry-After: Sun, 06 Nov 1994 08:49:38"),
    _once("with a negative time", 429, "Retry-After: -5"),
    _once("with garbage", 429, "Retry-After: \xff\xfe"),
    _once("without a time", 503),
    _once("with a second", 503, "Retry-After: 1"),
    _once("with a date", 503, _NOW, _SOON),
    _once("without more", 408),
    _once("without more", 425),
    _once("without more", 500),
    _once("without more", 502),
    _once("without more", 504),
    _once("without more", 520),
    _flaky("a reset", then_reset()),
    _flaky("a reset in the head", then_reset(b"HTTP/1.1 200 OK\r\nContent-")),
    _flaky("an empty answer", closing(b"")),
    _flaky("a page cut short", closing(head(200, HTML, "Content-Length: 9999") + b"<title>Running")),
    _flaky("silence", then_silent()),
    _flaky("silence behind the head", then_silent(head(200, HTML, "Content-Length: 9999"))),
    row("500 twice, then the page", _host("500 twice"), unable("the server failed"),
        in_turn(page(status=500), page(status=500), _COMING), requests=2),
    row("500, then 404", _host("500 then 404"), broken(), in_turn(page(status=500), page(status=404)), requests=2),
    row("429, then 404", _host("429 then 404"), broken(), in_turn(page(status=429), page(status=404)), requests=2),
    row("429, then 403", _host("429 then 403"), unable(), in_turn(page(status=429), page(status=403)), requests=2),
    row("429 behind a redirect", "http://first.busy.example/", limited(), redirect(302, "http://second.busy.example/"),
        At("http://second.busy.example/", answer(429, b"", "Retry-After: 3600")), requests=2),
    row("429 once behind a redirect", "http://third.busy.example/", HOLDS, redirect(302, "http://fourth.busy.example/"),
        At("http://fourth.busy.example/", in_turn(answer(429), _COMING)), requests=3),
    row("429 beside a page", "http://beside.busy.example/", HOLDS, page()),
    row("429 beside a page, for ever", "http://beside.busy.example/never", limited(),
        answer(429, b"", "Retry-After: 86400")),
)  # fmt: skip
