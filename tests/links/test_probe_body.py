"""Pages that are long, endless, slow, packed, cut or not needed: none costs more than it is worth."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from affidavit.links import body
from affidavit.links.address import Address
from affidavit.links.manner import Manner
from affidavit.links.marks import Mark, MarkKind, Question
from affidavit.links.seen import Answered, PageSeen, Trouble, Unreachable

if TYPE_CHECKING:
    from tests.links.conftest import Asker, Server

MakeProbe = Callable[..., "Asker"]
Serve = Callable[..., "Server"]

LONG = 30
MANY = 2**16
HTML = "Content-Type: text/html; charset=UTF-8"


def answer(status: int, page: bytes, *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status} Said", f"Content-Length: {len(page)}", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + page


def kept(status: int, page: bytes, *headers: str) -> bytes:
    return answer(status, page, "Connection: keep-alive", *headers)


def one(probe: Asker, url: str, *marks: Mark) -> Answered:
    seen = probe.observe([Question(url, frozenset(marks))])[url]
    assert isinstance(seen, Answered), seen
    return seen


def one_at_once(_: Address) -> Manner:
    return Manner(at_once=1)


class Readers:
    """Readers that keep nothing but count what they are given, and have enough after so many bytes."""

    def __init__(self) -> None:
        self.enough = 10**9
        self.asked_for: list[tuple[frozenset[Mark], str, str]] = []
        self.read: list[int] = []
        self.ended: list[bool] = []

    def __call__(self, marks: Collection[Mark], media: str, charset: str) -> Reader:
        self.asked_for.append((frozenset(marks), media, charset))
        self.read.append(0)
        return Reader(self, len(self.read) - 1)


class Reader:
    def __init__(self, readers: Readers, at: int) -> None:
        self._readers = readers
        self._at = at

    @property
    def size(self) -> int:
        return self._readers.read[self._at]

    def feed(self, piece: bytes) -> bool:
        self._readers.read[self._at] += len(piece)
        return self.size < self._readers.enough

    def seen(self, *, ended: bool) -> PageSeen:
        self._readers.ended.append(ended)
        return PageSeen(media="read", words=self.size, whole=ended)


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Readers:
    """Put readers that count in the place of those that read."""
    made = Readers()
    monkeypatch.setattr(body, "Reader", made)
    return made


def test_a_page_is_read_whole_once_and_for_all_marks(serve: Serve, probe: MakeProbe, readers: Readers) -> None:
    server = serve({"/": answer(200, b"x" * 100_000, HTML)})
    marks = frozenset({Mark(MarkKind.ANCHOR, "a"), Mark(MarkKind.WORD, "b")})
    assert one(probe(), server.url(), *marks).page == PageSeen(media="read", words=100_000, whole=True)
    assert readers.asked_for == [(marks, "text/html", "utf-8")]
    assert server.requests == ["GET /"]


@pytest.mark.parametrize("packed", [("gzip", gzip.compress), ("deflate", zlib.compress)], ids=["gzip", "deflate"])
def test_a_packed_page_is_read_unpacked(
    serve: Serve, probe: MakeProbe, readers: Readers, packed: tuple[str, Callable[[bytes], bytes]]
) -> None:
    name, pack = packed
    server = serve({"/": answer(200, pack(b"x" * 100_000), HTML, f"Content-Encoding: {name}")})
    assert one(probe(), server.url()).page.words == 100_000
    assert "gzip" in server.heads[0].partition("Accept-Encoding:")[2].partition("\r\n")[0]
    assert readers.ended == [True]


def test_html_is_asked_for_first(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": answer(200, b"")})
    one(probe(), server.url())
    assert "\r\nAccept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n" in server.heads[0]


def test_a_page_without_a_body_has_nothing_missing(serve: Serve, probe: MakeProbe, readers: Readers) -> None:
    server = serve({"/": answer(204, b"")})
    assert one(probe(), server.url()).page.whole
    assert readers.ended == [True]


def test_an_error_is_read_for_its_title_only(serve: Serve, probe: MakeProbe, readers: Readers) -> None:
    server = serve({"/": answer(403, b"x" * 10**7, HTML)})
    seen = one(probe(), server.url(), Mark(MarkKind.ANCHOR, "a"))
    assert seen.status == 403
    assert MANY <= seen.page.words < 2 * MANY
    assert readers.asked_for == [(frozenset(), "text/html", "utf-8")]
    assert readers.ended == [False]


def test_of_a_redirect_nothing_is_read(serve: Serve, probe: MakeProbe, readers: Readers) -> None:
    server = serve({"/": answer(302, b"x" * 100, "Location: /to"), "/to": answer(200, b"y")})
    assert one(probe(), server.url()).page.words == 1
    assert len(readers.asked_for) == 1


@pytest.mark.parametrize("size", [200, 40_000])
def test_the_rest_of_a_page_flows_by_where_that_saves_a_connection(
    serve: Serve, probe: MakeProbe, readers: Readers, size: int
) -> None:
    readers.enough = 100
    server = serve({f"/{number}": kept(200, b"x" * size) for number in range(5)})
    seen = probe(manners=one_at_once).ask(*(server.url(f"/{number}") for number in range(5)))
    assert {isinstance(each, Answered) for each in seen.values()} == {True}
    assert len(server.requests) == 5
    assert server.connections == 1


def test_what_is_too_long_for_that_is_broken_off(serve: Serve, probe: MakeProbe, readers: Readers) -> None:
    readers.enough = 100
    server = serve({"/": kept(200, b"x" * 10**6), "/1": kept(200, b"")})
    probe(manners=one_at_once).ask(server.url(), server.url("/1"))
    assert server.connections == 2
    assert readers.read[0] <= MANY


def test_connections_are_used_again_also_after_redirects(serve: Serve, probe: MakeProbe) -> None:
    moved = {f"/{number}": kept(301, b"moved", f"Location: /to{number}") for number in range(9)}
    server = serve(moved | {f"/to{number}": kept(200, b"page") for number in range(9)})
    probe(manners=one_at_once).ask(*(server.url(f"/{number}") for number in range(9)))
    assert len(server.requests) == 18
    assert server.connections == 1


def halting(connection: socket.socket) -> None:
    page = answer(200, b"x" * 500)
    for at in range(0, len(page), 100):
        connection.sendall(page[at : at + 100])
        time.sleep(0.2)


def test_a_page_that_comes_slowly_is_read_whole(serve: Serve, probe: MakeProbe, readers: Readers) -> None:
    server = serve({"/": halting})
    assert one(probe(), server.url()).page == PageSeen(media="read", words=500, whole=True)
    assert readers.read == [500]


def stalled(connection: socket.socket) -> None:
    """Begin a page that is known at once to be enough, and never end it."""
    connection.sendall(answer(200, b"x" * 500)[:-100])
    connection.recv(1)


def test_a_body_that_nobody_needs_is_not_waited_for(serve: Serve, probe: MakeProbe, readers: Readers) -> None:
    readers.enough = 100
    server = serve({"/": stalled})
    began = time.monotonic()
    seen = one(probe(request_seconds=LONG, total_seconds=LONG), server.url())
    assert seen.page.words == 400
    assert time.monotonic() - began < LONG / 3


def moved_and_stalled(connection: socket.socket) -> None:
    connection.sendall(answer(302, b"x" * 500, "Location: /to")[:-100])
    connection.recv(1)


def test_neither_is_that_of_a_redirect(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": moved_and_stalled, "/to": answer(200, b"")})
    began = time.monotonic()
    assert one(probe(request_seconds=LONG, total_seconds=LONG), server.url()).status == 200
    assert time.monotonic() - began < LONG / 3


def dripping(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.05)


def test_a_page_that_drips_is_seen_as_far_as_it_came(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": dripping})
    seen = one(probe(request_seconds=1), server.url(), Mark(MarkKind.ANCHOR, "a"))
    assert (seen.status, seen.page.whole, len(server.requests)) == (200, False, 1)


def dripping_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X: y\r\n")
        time.sleep(0.05)


def test_a_head_that_drips_is_no_answer(serve: Serve, probe: MakeProbe) -> None:
    url = serve({"/": dripping_head}).url()
    seen = probe(request_seconds=0.5, retries=0).ask(url)[url]
    assert isinstance(seen, Unreachable)
    assert seen.kind is Trouble.ANSWER_TIMEOUT


@pytest.mark.parametrize(
    "page",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"],
    ids=["length", "chunked"],
)  # fmt: skip
def test_a_page_that_always_breaks_off_is_seen_as_far_as_it_came(serve: Serve, probe: MakeProbe, page: bytes) -> None:
    server = serve({"/": page})
    seen = one(probe(), server.url())
    assert (seen.status, seen.page.whole, len(server.requests)) == (200, False, 2)


@pytest.mark.parametrize("encoding", ["gzip", "br", "unheard-of"])
def test_a_page_that_cannot_be_unpacked_is_there_all_the_same(serve: Serve, probe: MakeProbe, encoding: str) -> None:
    server = serve({"/": answer(404, b"not packed at all", f"Content-Encoding: {encoding}")})
    seen = one(probe(retries=0), server.url())
    assert (seen.status, seen.page.whole) == (404, False)


BOMB = gzip.compress(bytes(2**26), 1)


def bomb(connection: socket.socket) -> None:
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    while True:
        connection.sendall(b"%x\r\n%s\r\n" % (len(BOMB), BOMB))


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"<p>more of it</p>" * 4000)


@pytest.mark.parametrize("page", [bomb, endless])
def test_what_never_ends_costs_neither_time_nor_memory(
    serve: Serve, probe: MakeProbe, page: Callable[[socket.socket], None]
) -> None:
    server = serve({"/": page})
    began = time.monotonic()
    seen = one(probe(request_seconds=LONG, total_seconds=LONG), server.url(), Mark(MarkKind.ANCHOR, "never"))
    assert (seen.status, seen.page.whole) == (200, False)
    assert time.monotonic() - began < LONG / 3


def test_many_long_pages_at_once_hold_no_more_than_a_bound(
    serve: Serve, probe: MakeProbe, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    most: list[int] = []
    grew = body.Held.grew

    def measured(held: body.Held, of: body.Body, size: int) -> None:
        grew(held, of, size)
        most.append(held.total)

    monkeypatch.setattr(body.Held, "grew", measured)
    all_long = threading.Barrier(12)

    def long(connection: socket.socket) -> None:
        page = answer(200, b"x" * 2**22)
        with suppress(OSError):
            connection.sendall(page[:-1])
        all_long.wait(LONG)
        connection.sendall(page[-1:])

    server = serve({f"/{number}": long for number in range(12)})
    probe(total_seconds=LONG, per_host=12).ask(*(server.url(f"/{number}") for number in range(12)))
    assert max(most) <= 2**24
    assert sorted(set(readers.ended)) == [False, True]
    assert readers.read.count(2**22) >= 3


@pytest.mark.usefixtures("readers")
def test_a_fault_of_ours_is_not_taken_for_one_of_the_server(
    serve: Serve, probe: MakeProbe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Reader, _piece: bytes) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(Reader, "feed", broken)
    url = serve({"/": answer(200, b"x")}).url()
    with pytest.raises(ZeroDivisionError):
        probe().ask(url)


@pytest.mark.parametrize(
    ("chain", "moved_to", "fragment"),
    [([(301, "/b")], "/b", ""),
     ([(308, "/b#c")], "/b#c", "c"),
     ([(301, "/b#c"), (301, "/d")], "/d#c", "c"),
     ([(301, "/b"), (302, "/d#e"), (301, "/f")], "/b", "e"),
     ([(302, "/b"), (301, "/d")], "", ""),
     ([(307, "/b#c"), (303, "/d#e")], "", "e")],
)  # fmt: skip
def test_where_a_page_has_moved_to_is_seen(
    serve: Serve, probe: MakeProbe, chain: list[tuple[int, str]], moved_to: str, fragment: str
) -> None:
    paths = ["/", *(to.partition("#")[0] for _, to in chain)]
    answers = {at: answer(status, b"", f"Location: {to}") for at, (status, to) in zip(paths, chain, strict=False)}
    server = serve(answers | {paths[-1]: answer(200, b"")})
    seen = one(probe(), server.url())
    assert seen.moved_to == (server.url(moved_to) if moved_to else "")
    assert (seen.fragment, seen.redirected_by, seen.redirects) == (fragment, chain[-1][0], len(chain))


def test_the_anchor_that_a_redirect_names_is_looked_for_too(serve: Serve, probe: MakeProbe, readers: Readers) -> None:
    server = serve({"/": answer(302, b"", "Location: /to#new"), "/to": answer(200, b"x")})
    one(probe(), server.url(), Mark(MarkKind.ANCHOR, "old"))
    ((marks, _, _),) = readers.asked_for
    assert marks == {Mark(MarkKind.ANCHOR, "old"), Mark(MarkKind.ANCHOR, "new")}


def test_walls_are_known_by_their_heads(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": answer(403, b"", "Server: Cloudflare", "CF-Mitigated: challenge", "X-Other: y")})
    assert one(probe(), server.url()).hints == ("cf-mitigated: challenge", "server: cloudflare")


def test_a_head_that_names_another_page_late_is_not_heeded(serve: Serve, probe: MakeProbe) -> None:
    trailer = b"1\r\nx\r\n0\r\nLocation: /trap\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    server = serve({"/": head + trailer, "/trap": answer(200, b"")})
    assert one(probe(), server.url()).redirects == 0
