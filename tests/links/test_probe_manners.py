"""Hosts that are asked in a manner of their own, and what must not go to others."""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme

from affidavit.links.address import Address
from affidavit.links.manner import USUAL, Manner, Manners
from affidavit.links.seen import Answered, Trouble, Unreachable

if TYPE_CHECKING:
    from tests.links.conftest import Asker, InTurn, Server

MakeProbe = Callable[..., "Asker"]
Serve = Callable[..., "Server"]

LONG = 30
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"
SECRETS = (
    Manner(login="me:secret"),
    Manner(authorization="Bearer secret"),
    Manner(headers=(("Authorization", "token secret"),)),
    Manner(headers=(("Cookie", "session=secret"),)),
)


def redirect(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n".encode()


def always(manner: Manner) -> Manners:
    return lambda _: manner


def only(host: str, manner: Manner) -> Manners:
    return lambda address: manner if address.host == host else USUAL


def lines(head: str) -> set[str]:
    return set(head.split("\r\n"))


@pytest.mark.parametrize(
    ("manner", "line"),
    [(Manner(headers=(("X-Who", "us"),)), "X-Who: us"),
     (Manner(headers=(("Accept", "text/plain"),)), "Accept: text/plain"),
     (Manner(headers=(("User-Agent", "Other/1"),)), "User-Agent: Other/1"),
     (Manner(headers=(("X-Empty", ""),)), "X-Empty:"),
     (Manner(login="me:secret"), "Authorization: Basic bWU6c2VjcmV0"),
     (Manner(login="mé:sé"), "Authorization: Basic bcOpOnPDqQ=="),
     (Manner(authorization="Bearer abc"), "Authorization: Bearer abc")],
    ids=repr,
)  # fmt: skip
def test_a_host_is_asked_as_its_manner_says(serve: Serve, probe: MakeProbe, manner: Manner, line: str) -> None:
    server = serve({"/": GOOD})
    probe(manners=always(manner)).ask(server.url())
    (head,) = server.heads
    name = line.partition(":")[0]
    assert line in {each.rstrip() for each in lines(head)}
    assert len(re.findall(rf"(?m)^{name}:", head)) == 1


def test_digest_is_answered_as_the_server_wants(serve: Serve, probe: MakeProbe, in_turn: type[InTurn]) -> None:
    challenge = (
        b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="r", nonce="n", qop="auth"\r\nLocation: /trap\r\n'
        b"Content-Length: 4\r\nConnection: keep-alive\r\n\r\nhush"
    )
    server = serve({"/": in_turn(challenge, GOOD), "/trap": GOOD})
    manner = Manner(login="me:secret", digest=True)
    seen = probe(manners=always(manner)).ask(server.url())[server.url()]
    assert isinstance(seen, Answered)
    assert (seen.status, seen.redirects) == (200, 0)
    assert 'Authorization: Digest username="me"' in server.heads[1]
    assert "secret" not in "".join(server.heads)


@pytest.mark.parametrize("manner", SECRETS, ids=repr)
def test_secrets_do_not_go_to_another_host(serve: Serve, probe: MakeProbe, manner: Manner) -> None:
    there = serve({"/": GOOD})
    here = serve({"/": redirect("http://there.example/")})
    resolve = {"here.example:80": here.place, "there.example:80": there.place}
    probe(manners=always(manner), resolve=resolve).ask("http://here.example/")
    assert ["secret" in each.heads[0] or "bWU6" in each.heads[0] for each in (here, there)] == [True, False]


@pytest.mark.parametrize("manner", SECRETS, ids=repr)
def test_nor_to_another_port_but_back_again(serve: Serve, probe: MakeProbe, manner: Manner) -> None:
    here = serve({"/": redirect("/same"), "/same": redirect("http://here.example:8080/"), "/back": GOOD})
    there = serve({"/": redirect("http://here.example/back")})
    resolve = {"here.example:80": here.place, "here.example:8080": there.place}
    seen = probe(manners=always(manner), resolve=resolve).ask("http://here.example/")["http://here.example/"]
    assert isinstance(seen, Answered)
    assert seen.redirects == 3
    assert ["secret" in head or "bWU6" in head for head in here.heads] == [True, True, True]
    assert ["secret" in head or "bWU6" in head for head in there.heads] == [False]


def test_nor_from_https_to_http(serve: Serve, probe: MakeProbe, authority: trustme.CA, ca_file: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("here.example").configure_cert(context)
    secure = serve({"/": redirect("http://here.example/")}, context)
    plain = serve({"/": GOOD})
    resolve = {"here.example:443": secure.place, "here.example:80": plain.place}
    asker = probe(manners=always(Manner(login="me:secret")), resolve=resolve, ca_file=ca_file)
    asker.ask("https://here.example/")
    assert ["Authorization" in each.heads[0] for each in (secure, plain)] == [True, False]


def test_a_host_that_is_redirected_to_is_asked_in_its_own_manner(serve: Serve, probe: MakeProbe) -> None:
    there = serve({"/": GOOD})
    here = serve({"/": redirect("http://there.example/")})
    resolve = {"here.example:80": here.place, "there.example:80": there.place}
    manner = Manner(headers=(("X-Who", "us"),), login="me:secret")
    probe(manners=only("there.example", manner), resolve=resolve).ask("http://here.example/")
    assert ["X-Who: us" in each.heads[0] for each in (here, there)] == [False, True]
    assert "Authorization" not in there.heads[0]


def test_manners_do_not_stay_with_a_handle(serve: Serve, probe: MakeProbe) -> None:
    one, two = serve({"/": GOOD}), serve({"/": GOOD})
    resolve = {"one.example:80": one.place, "two.example:80": two.place}
    manner = Manner(headers=(("X-Who", "us"), ("Accept", "text/plain")), login="me:secret")
    probe(manners=only("one.example", manner), resolve=resolve, in_all=1).ask(
        "http://one.example/", "http://two.example/"
    )
    assert "X-Who: us" in one.heads[0]
    assert not {"X-Who", "Authorization"} & {line.partition(":")[0] for line in lines(two.heads[0])}
    assert "Accept: text/html" in two.heads[0]


def test_no_observation_shows_a_secret(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": GOOD, "/to": redirect("/")})
    for manner in SECRETS:
        seen = probe(manners=always(manner)).ask(server.url("/to"), server.url("/missing"), "http://127.0.0.1:1/")
        assert "secret" not in repr(seen)
        assert "secret" not in repr(manner)


def test_cookies_live_in_one_chain_only(serve: Serve, probe: MakeProbe) -> None:
    cookie = redirect("/in\r\nSet-Cookie: key=1; Path=/")
    server = serve({"/": cookie, "/in": GOOD, **{f"/{number}": GOOD for number in range(5)}})
    probe(manners=always(Manner(at_once=1)), in_all=1).ask(server.url(), *(server.url(f"/{n}") for n in range(5)))
    with_cookie = [head.split(" ")[1] for head in server.heads if "Cookie: key=1" in head]
    assert with_cookie == ["/in"]
    assert server.connections == 1


def test_requests_keep_their_pace(serve: Serve, probe: MakeProbe) -> None:
    server = serve({f"/{number}": GOOD for number in range(5)})
    probe(manners=always(Manner(pace=0.2))).ask(*(server.url(f"/{number}") for number in range(5)))
    assert all(later - earlier > 0.15 for earlier, later in pairwise(server.moments))


def test_pace_does_not_hold_up_others(serve: Serve, probe: MakeProbe) -> None:
    slow, quick = (serve({f"/{n}": GOOD for n in range(4)}, host=host) for host in ("127.0.0.2", "127.0.0.3"))
    urls = [server.url(f"/{number}") for number in range(4) for server in (slow, quick)]
    probe(manners=only("127.0.0.2", Manner(pace=0.5))).ask(*urls)
    assert max(quick.moments) < slow.moments[1]


def test_a_host_may_have_more_time_or_less(serve: Serve, probe: MakeProbe) -> None:
    def late(connection: object) -> None:
        time.sleep(0.6)
        connection.sendall(GOOD)  # type: ignore[attr-defined] # a socket

    server = serve({"/": late})
    short, long = (probe(manners=always(Manner(timeout=seconds)), retries=0) for seconds in (0.2, LONG))
    seen = short.ask(server.url())[server.url()]
    assert isinstance(seen, Unreachable)
    assert seen.kind is Trouble.ANSWER_TIMEOUT
    assert isinstance(long.ask(server.url())[server.url()], Answered)


@pytest.mark.parametrize(("manner", "expected"), [(USUAL, Unreachable), (Manner(verify=False), Answered)], ids=repr)
def test_certificates_count_as_far_as_the_manner_says(
    serve: Serve, probe: MakeProbe, ca_file: Path, manner: Manner, expected: type
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("other.example").configure_cert(context)
    resolve = {"here.example:443": serve({"/": GOOD}, context).place}
    asker = probe(manners=always(manner), resolve=resolve, ca_file=ca_file)
    seen = asker.ask("https://here.example/")["https://here.example/"]
    assert isinstance(seen, expected)


def test_a_host_may_have_authorities_of_its_own(
    serve: Serve, probe: MakeProbe, authority: trustme.CA, ca_file: Path, tmp_path: Path
) -> None:
    own = trustme.CA()
    own.cert_pem.write_to_path(tmp_path / "own.pem")
    resolve = {}
    for name, signed_by in (("own.example", own), ("other.example", authority)):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        signed_by.issue_cert(name).configure_cert(context)
        resolve[f"{name}:443"] = serve({"/": GOOD}, context).place
    asker = probe(
        manners=only("own.example", Manner(authorities=tmp_path / "own.pem")),
        resolve=resolve,
        ca_file=ca_file,
        in_all=1,
    )
    seen = asker.ask("https://own.example/", "https://other.example/")
    assert {type(each) for each in seen.values()} == {Answered}


def test_a_host_at_ease_is_asked_more_and_more(serve: Serve, probe: MakeProbe) -> None:
    def slow(connection: object) -> bool:
        time.sleep(0.05)
        connection.sendall(GOOD)  # type: ignore[attr-defined] # a socket
        return True

    server = serve({f"/{number}": slow for number in range(300)})
    probe(total_seconds=LONG).ask(*(server.url(f"/{number}") for number in range(300)))
    assert server.most > 12
    # Used again and again: how many a server answers at once says less, as the one who asks may be late to hear of it.
    assert server.connections <= 300 / 5


def test_one_that_refuses_is_asked_less(serve: Serve, probe: MakeProbe) -> None:
    refusal = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"
    moment = threading.Lock()
    at_once: list[int] = []

    def busy(connection: object) -> bool:
        with moment:
            at_once.append(server._now)  # noqa: SLF001 -- the test's own server
        time.sleep(0.02)
        connection.sendall(refusal)  # type: ignore[attr-defined] # a socket
        return True

    server = serve({f"/{number}": busy for number in range(60)})
    probe(retries=0).ask(*(server.url(f"/{number}") for number in range(60)))
    assert max(at_once[:8]) > 2
    assert max(at_once[-20:]) <= 2


def test_a_redirect_that_the_settings_stop_is_not_followed(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": redirect("/in"), "/in": redirect("/out"), "/out": GOOD})

    def follow(address: Address) -> bool:
        return address.target != "/out"

    seen = probe(follow=follow).ask(server.url())[server.url()]
    assert isinstance(seen, Unreachable)
    assert (seen.kind, seen.at, seen.redirected_by) == (Trouble.REDIRECT_STOPPED, server.url("/out"), 302)
    assert server.requests == ["GET /", "GET /in"]


def test_what_a_login_in_steps_leaves_behind_does_not_go_to_another_host(
    serve: Serve, probe: MakeProbe, in_turn: type[InTurn]
) -> None:
    challenge = (
        b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="hush", nonce="n", qop="auth"\r\n'
        b"Content-Length: 0\r\nConnection: keep-alive\r\n\r\n"
    )
    one, two = serve({"/": in_turn(challenge, GOOD)}), serve({"/": GOOD})
    resolve = {"one.example:80": one.place, "two.example:80": two.place}
    asker = probe(manners=always(Manner(login="me:secret", digest=True)), resolve=resolve, in_all=1)
    asker.ask("http://one.example/", "http://two.example/")
    assert len(one.heads) == 2
    assert "hush" not in "".join(two.heads)
