"""Answers that come late, break off, never end, or are none."""

from __future__ import annotations

import pycurl
from tests.links.behaviours.behaviour import HOLDS, Absent, Action, Expected, Row, broken, missing, plain, row, unable
from tests.links.behaviours.wire import (
    CLOSE,
    HTML,
    answer,
    closing,
    dripping,
    endless,
    head,
    markup,
    page,
    reset_when_asked,
    slowly,
    then_reset,
    then_silent,
)

_PAGE = markup('<h2 id="section">Section</h2>').encode()
_OPEN = head(200, HTML, CLOSE)
_LONGER = head(200, HTML, "Content-Length: 99999")
_CHUNKED = head(200, HTML, "Transfer-Encoding: chunked")
_CHUNK = b"%x\r\n%s\r\n" % (len(_PAGE), _PAGE)
_NONE = "the connection broke"
_GARBLED = "is not HTTP"
_LARGE = "the head of its answer is larger"

_IS_STRICT = tuple(map(int, pycurl.version_info()[1].split(".")[:2])) > (8, 16)
"""Whether libcurl refuses two lengths that differ, as it does in later releases."""


def _row(name: str, expected: Expected, action: Action, *, fragment: str = "", requests: int = 1) -> Row:
    """Return a row whose server has a host of its own."""
    host = plain(name)
    return row(name, f"http://{host}.odd.example/page{fragment}", expected, action, requests=requests)


def _bytes(text: bytes) -> list[bytes]:
    return [text[at : at + 1] for at in range(len(text))]


def _greeting(name: str, says: str, action: Action) -> Row:
    """Return a row whose server does something before it was asked anything."""
    host = plain(name)
    return row(name, f"http://{host}.odd.example/", unable(says), action, requests=0, greets=True)


ROWS = (
    _row("a head that comes late", HOLDS, slowly(page(), seconds=1), requests=-1),
    _row("a head and a page that come late", HOLDS, slowly(_OPEN, _PAGE[:99], _PAGE[99:], seconds=0.5), requests=-1),
    _row("a page byte by byte", HOLDS, slowly(_OPEN, *_bytes(_PAGE[-40:]), seconds=0.01), requests=-1),
    _row("a head byte by byte", HOLDS, slowly(*_bytes(page()[:40]), page()[40:], seconds=0.01), requests=-1),
    _row("silence", unable("did not answer in time"), then_silent(), requests=2),
    _row("silence in the head", unable("did not answer in time"), then_silent(b"HTTP/1.1 200 OK\r\nServ"), requests=2),
    _row("silence behind the head", unable("did not answer in time"), then_silent(_LONGER), requests=2),
    _row("silence in the page", HOLDS, then_silent(_LONGER + _PAGE)),
    _row("silence in the page, a section before it", HOLDS, then_silent(_LONGER + _PAGE), fragment="#section"),
    _row("silence in the page, no section before it", unable("not in the part"), then_silent(_LONGER + _PAGE),
         fragment="#nowhere"),
    _row("a 404 whose page does not end", broken(), then_silent(head(404, HTML, "Content-Length: 9999") + _PAGE)),
    _row("a head that drips for ever", unable("did not answer in time"), dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
         requests=-1),
    _row("a field that drips for ever", unable("did not answer in time"), dripping(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
         requests=-1),
    _row("a page that drips for ever", HOLDS, dripping(_OPEN + _PAGE[:40], b"<p>")),
    _row("a page that drips for ever, with a section", unable("not in the part"), dripping(_OPEN + _PAGE, b"<p>"),
         fragment="#nowhere"),
    _row("early hints for ever", unable(), endless(b"", head(103, "Link: </style.css>")), requests=-1),
    _greeting("a reset at the first word", _NONE, reset_when_asked()),
    _greeting("a farewell at once", _NONE, b""),
    _greeting("silence from the beginning", "did not answer in time", then_silent()),
    _row("a reset", unable(_NONE), then_reset(), requests=2),
    _row("a reset in the head", unable(_NONE), then_reset(b"HTTP/1.1 200 OK\r\nContent-"), requests=2),
    _row("a reset behind the head", unable(_NONE), then_reset(_LONGER), requests=2),
    _row("a reset in the page", HOLDS, then_reset(_LONGER + _PAGE), requests=2),
    _row("a reset in the page, a section before it", HOLDS, then_reset(_LONGER + _PAGE), fragment="#section",
         requests=2),
    _row("a reset in the page, no section before it", unable("not in the part"), then_reset(_LONGER + _PAGE),
         fragment="#nowhere", requests=2),
    _row("an empty answer", unable(_NONE), closing(b""), requests=2),
    _row("half a status line", unable(), closing(b"HTTP/1.1 20"), requests=-1),
    _row("half a head", unable(), closing(b"HTTP/1.1 200 OK\r\nContent-Ty"), requests=-1),
    _row("half a head, with whole lines", unable(), closing(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"),
         requests=-1),
    _row("a head alone, with a length", unable(_NONE), closing(_LONGER), requests=2),
    _row("a head alone, without a length", HOLDS, closing(_OPEN)),
    _row("garbage", unable(_GARBLED), closing(b"\0\1\2\3" * 9)),
    _row("HTTP/0.9", unable(_GARBLED), closing(b"<html><h1>Here</h1></html>")),
    _row("HTTP/9.9", unable(_GARBLED), closing(b"HTTP/9.9 200 OK\r\n\r\n")),
    _row("a status of two digits", unable(_GARBLED), closing(b"HTTP/1.1 20 OK\r\n\r\n")),
    _row("a status of four digits", unable(_GARBLED), closing(b"HTTP/1.1 2000 OK\r\n\r\n")),
    _row("a status in words", unable(_GARBLED), closing(b"HTTP/1.1 fine\r\n\r\n")),
    _greeting("a server of SSH", _GARBLED, b"SSH-2.0-OpenSSH_9.2\r\n"),
    _greeting("a server of mail", _GARBLED, b"220 mail.example ESMTP\r\n"),
    _row("a field of 50 kB", HOLDS, answer(200, _PAGE, HTML, f"X: {'x' * 50_000}")),
    _row("a field of 1 MB", unable(_LARGE), closing(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10**6)),
    _row("a field without end", unable(_LARGE), endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 2**14)),
    _row("fields without end", unable(_LARGE), endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 999)),
    _row("300 fields", HOLDS, answer(200, _PAGE, HTML, *(f"X-{number}: {number}" for number in range(300)))),
    _row("a NUL in a field", unable(_GARBLED), closing(head(200, HTML, "X: a\0b") + _PAGE)),
    _row("a field without a colon", unable(_GARBLED), closing(head(200, HTML, "no colon", CLOSE) + _PAGE)),
    _row("lines that end in LF alone", HOLDS, closing(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + _PAGE)),
    _row("a length that is too short", HOLDS, closing(head(200, HTML, f"Content-Length: {len(_PAGE) - 9}") + _PAGE)),
    _row("a length that is far too short", missing(), closing(head(200, HTML, "Content-Length: 99") + _PAGE),
         fragment="#section"),
    _row("a length that is too long", HOLDS, closing(_LONGER + _PAGE), requests=2),
    _row("a length that is too long, with a section", HOLDS, closing(_LONGER + _PAGE), fragment="#section", requests=2),
    _row("a length that is too long, without a section", unable("not in the part"), closing(_LONGER + _PAGE),
         fragment="#nowhere", requests=2),
    _row("a length that is negative", unable(_GARBLED), closing(head(200, HTML, "Content-Length: -1") + _PAGE)),
    _row("a length in words", unable(_GARBLED), closing(head(200, HTML, "Content-Length: long") + _PAGE)),
    _row("a length and another one", unable(_GARBLED) if _IS_STRICT else HOLDS,
         closing(head(200, HTML, "Content-Length: 5", "Content-Length: 500") + _PAGE)),
    _row("chunks", HOLDS, closing(_CHUNKED + _CHUNK + b"0\r\n\r\n"), fragment="#section"),
    _row("chunks with a field behind them", HOLDS, closing(_CHUNKED + _CHUNK + b"0\r\nX: y\r\n\r\n")),
    _row("chunks that do not end", HOLDS, closing(_CHUNKED + _CHUNK), requests=2),
    _row("chunks that do not end, without a section", unable("not in the part"), closing(_CHUNKED + _CHUNK),
         fragment="#nowhere", requests=2),
    _row("garbage in place of chunks", unable(), closing(_CHUNKED + b"not a number\r\n"), requests=-1),
    _row("garbage behind a chunk", HOLDS, closing(_CHUNKED + _CHUNK + b"not a number\r\n"), requests=-1),
    _row("a chunk larger than there is", unable(), closing(_CHUNKED + b"f" * 40 + b"\r\n"), requests=-1),
    _row("chunks and a length", HOLDS,
         closing(head(200, HTML, "Transfer-Encoding: chunked", "Content-Length: 5") + _CHUNK + b"0\r\n\r\n")),
    _row("a closed port", unable("may refuse a connection"), Absent.CLOSED, requests=0),
    _row("a port that is crowded", unable(), Absent.CROWDED, requests=0),
)  # fmt: skip
