"""Addresses that must not be asked, with a server behind each that would answer: it must not hear of it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_network
from typing import TYPE_CHECKING

import pytest

from affidavit.links.proxies import Proxies
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable
from affidavit.model.settings import Allowed

if TYPE_CHECKING:
    from tests.links.conftest import Asker, Server

MakeProbe = Callable[..., "Asker"]
Serve = Callable[..., "Server"]

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
NOTHING = Allowed()
NAMED = Allowed(hosts=("good.example",))


def facts(seen: Observation) -> tuple[str, str, int, int]:
    assert isinstance(seen, Answered), seen
    return seen.url, seen.final, seen.status, seen.redirects


def redirect(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


def one(probe: Asker, url: str) -> Observation:
    (observation,) = probe.ask(url).values()
    return observation


def refused(observation: Observation) -> Unreachable:
    assert isinstance(observation, Unreachable), observation
    assert observation.kind is Trouble.ADDRESS_REFUSED, observation
    return observation


@pytest.fixture
def private(serve: Serve) -> Server:
    """Return a server that nobody may ask."""
    return serve({"/": GOOD})


def port_of(server: Server) -> str:
    return server.place.rpartition(":")[2]


TRICKS = {
    "127.0.0.1": "127.0.0.1 is a loopback address",
    "127.0.0.1.": "127.0.0.1 is a loopback address",
    "\uff11\uff12\uff17.0.0.1": "127.0.0.1 is a loopback address",
    "127.1": "127.0.0.1 is a loopback address",
    "2130706433": "127.0.0.1 is a loopback address",
    "0x7f.1": "127.0.0.1 is a loopback address",
    "0177.0.0.1": "127.0.0.1 is a loopback address",
    "%31%32%37.1": "127.0.0.1 is a loopback address",
    "0.0.0.0": "0.0.0.0 is an unspecified address",  # noqa: S104 -- asked, not bound to
    "[::ffff:127.0.0.1]": "is a loopback address",
    "[::ffff:7f00:1]": "is a loopback address",
    "[::127.0.0.1]": "is a reserved address",
    "[::]": "[::] is an unspecified address",
    "[::1]": "[::1] is a loopback address",
    "[64:ff9b::7f00:1]": "is a loopback address",
    "[2002:7f00:1::]": "is an address of a tunnel",
    "localhost": "localhost leads to a loopback address",
    "localhost.": "localhost. leads to a loopback address",
    "any.localhost": "any.localhost leads to a loopback address",
    "me@127.0.0.1": "127.0.0.1 is a loopback address",
    "good.example@127.0.0.1": "127.0.0.1 is a loopback address",
}
"""Hosts behind which systems find loopback, or a gateway to it."""


@pytest.mark.parametrize(("host", "why"), TRICKS.items(), ids=ascii)
def test_a_url_that_leads_to_loopback_is_refused(probe: MakeProbe, private: Server, host: str, why: str) -> None:
    seen = refused(one(probe(allowed=NOTHING), f"http://{host}:{port_of(private)}/"))
    assert why in seen.reason
    assert (seen.met, seen.tried) == (False, False)
    assert private.connections == 0


@pytest.mark.parametrize(("host", "why"), TRICKS.items(), ids=ascii)
def test_a_redirect_to_loopback_is_refused(
    serve: Serve, probe: MakeProbe, private: Server, host: str, why: str
) -> None:
    good = serve({"/": redirect(f"http://{host}:{port_of(private)}/")})
    seen = refused(one(probe(allowed=NAMED, resolve={"good.example:80": good.place}), "http://good.example/"))
    assert why in seen.reason
    assert seen.met
    assert good.requests == ["GET /"]
    assert private.connections == 0


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "017700000001", "127.1", "0x7f.1", "0177.0.0.1", "0"])
def test_an_oddly_written_number_is_refused_as_what_it_stands_for(
    serve: Serve, probe: MakeProbe, private: Server, host: str
) -> None:
    url = f"http://{host}:{port_of(private)}/"
    good = serve({"/": redirect(url)})
    seen = probe(allowed=NAMED, resolve={"good.example:80": good.place}).ask(url, "http://good.example/")
    assert [refused(each).met for each in seen.values()] == [False, True]
    assert private.connections == 0


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f.1", "%31%32%37.1"])
def test_where_that_is_allowed_it_is_asked(serve: Serve, probe: MakeProbe, host: str) -> None:
    server = serve({"/": GOOD})
    seen = one(probe(), f"http://{host}:{port_of(server)}/")
    assert facts(seen) == (server.url(), server.url(), 200, 0)
    assert f"\nHost: {server.place}\r\n" in server.heads[0]


@pytest.mark.parametrize("place", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
def test_a_name_is_refused_by_the_address_that_it_has(probe: MakeProbe, private: Server, place: str) -> None:
    """libcurl looks up the name that the map gives, as it would one of a zone that an attacker owns."""
    resolve = {"evil.example:80": f"{place}:{port_of(private)}"}
    seen = refused(one(probe(allowed=NOTHING, resolve=resolve), "http://evil.example/"))
    assert seen.reason == "evil.example leads to a loopback address"
    assert (seen.met, seen.tried) == (False, False)
    assert private.connections == 0


def test_so_is_one_that_a_server_redirects_to(serve: Serve, probe: MakeProbe, private: Server) -> None:
    good = serve({"/": redirect("http://evil.example/")})
    resolve = {"good.example:80": good.place, "evil.example:80": private.place}
    seen = refused(one(probe(allowed=NAMED, resolve=resolve), "http://good.example/"))
    assert (seen.url, seen.at) == ("http://good.example/", "http://evil.example/")
    assert private.connections == 0


def test_a_host_that_is_allowed_stays_so_behind_a_redirect_of_its_own(serve: Serve, probe: MakeProbe) -> None:
    good = serve({"/": redirect("http://GOOD.example/next"), "/next": GOOD})
    seen = one(probe(allowed=NAMED, resolve={"good.example:80": good.place}), "http://good.example/")
    assert facts(seen) == ("http://good.example/", "http://good.example/next", 200, 1)


def test_an_open_connection_is_not_lent_to_another_name(serve: Serve, probe: MakeProbe) -> None:
    kept = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    server = serve({"/": kept})
    resolve = {"good.example:80": server.place, "evil.example:80": server.place}
    seen = probe(allowed=NAMED, resolve=resolve).ask("http://good.example/", "http://evil.example/")
    assert isinstance(seen["http://good.example/"], Answered)
    refused(seen["http://evil.example/"])
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "allowed",
    [Allowed(everything=True), Allowed(hosts=("wiki.example",)), Allowed(networks=(ip_network("127.0.0.1/32"),))],
    ids=["everything", "by name", "by network"],
)
def test_what_is_allowed_is_asked(probe: MakeProbe, private: Server, allowed: Allowed) -> None:
    seen = one(probe(allowed=allowed, resolve={"wiki.example:80": private.place}), "http://wiki.example/")
    assert isinstance(seen, Answered)
    assert private.requests == ["GET /"]


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Leave the machine without sockets, and return for which families one was wanted."""
    wanted: list[object] = []

    def none_left(family: object, *_: object) -> socket.socket:
        wanted.append(family)
        raise OSError

    monkeypatch.setattr("affidavit.links.gate._Lent", none_left)
    return wanted


@pytest.mark.parametrize("host", ["1.1.1.1", "[2606:4700::1111]"])
def test_for_an_address_of_the_open_web_a_socket_is_wanted(
    probe: MakeProbe, no_socket: list[object], host: str
) -> None:
    seen = one(probe(allowed=NOTHING), f"http://{host}/")
    assert isinstance(seen, Unreachable)
    assert (seen.kind, seen.tried) == (Trouble.NOT_CONNECTED, True)
    assert len(no_socket) == 1


@pytest.mark.parametrize("place", ["127.0.0.1:1", "localhost:1", "[::1]:1", "169.254.169.254:80", "[fd00:ec2::254]:80"])
def test_for_a_refused_address_none_is(probe: MakeProbe, no_socket: list[object], place: str) -> None:
    refused(one(probe(allowed=NOTHING, resolve={"evil.example:80": place}), "http://evil.example/"))
    assert no_socket == []


def test_refused_addresses_do_not_look_like_an_absent_network(probe: MakeProbe, private: Server) -> None:
    names = [f"http://evil-{number}.example/" for number in range(5)]
    resolve = dict.fromkeys((f"evil-{number}.example" for number in range(5)), private.place)
    numbers = [f"http://127.0.0.{number}/" for number in range(1, 6)]
    good = {"good.example": private.place}
    seen = probe(allowed=NAMED, resolve=resolve | good, in_all=2).ask(*names, *numbers, "http://good.example/")
    assert all(refused(seen[url]) for url in (*names, *numbers))
    assert isinstance(seen["http://good.example/"], Answered)
    assert private.connections == 1


@pytest.fixture
def proxy(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Return a proxy in the private network, which knows three pages."""
    urls = ("http://far.example/", "http://127.0.0.1/", "http://localhost/")
    started = serve(dict.fromkeys(urls, GOOD) | {"http://far.example/in": redirect("http://169.254.169.254/")})
    monkeypatch.setenv("http_proxy", f"http://{started.place}")
    return started


def test_a_proxy_may_stand_in_the_private_network(probe: MakeProbe, proxy: Server) -> None:
    assert isinstance(one(probe(allowed=NOTHING), "http://far.example/"), Answered)
    assert proxy.requests == ["GET http://far.example/"]


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/"])
def test_a_proxy_is_not_asked_for_what_the_url_itself_shows(probe: MakeProbe, proxy: Server, url: str) -> None:
    refused(one(probe(allowed=NOTHING), url))
    assert proxy.connections == 0


def test_nor_for_what_it_redirects_to(probe: MakeProbe, proxy: Server) -> None:
    seen = refused(one(probe(allowed=NOTHING), "http://far.example/in"))
    assert seen.at == "http://169.254.169.254/"
    assert proxy.requests == ["GET http://far.example/in"]


def test_what_is_asked_without_the_proxy_is_refused_by_its_address(
    probe: MakeProbe, proxy: Server, private: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "evil.example")
    refused(one(probe(allowed=NOTHING, resolve={"evil.example:80": private.place}), "http://evil.example/"))
    assert (proxy.connections, private.connections) == (0, 0)


def test_a_redirect_from_what_the_proxy_asks_to_what_is_asked_without_is_refused(
    serve: Serve, probe: MakeProbe, private: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve({"http://far.example/": redirect("http://evil.example/")})
    monkeypatch.setenv("http_proxy", f"http://{proxy.place}")
    monkeypatch.setenv("no_proxy", "evil.example")
    refused(one(probe(allowed=NOTHING, resolve={"evil.example:80": private.place}), "http://far.example/"))
    assert private.connections == 0


def test_libcurl_has_no_say_in_whether_a_proxy_is_asked(
    probe: MakeProbe, private: Server, proxy: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it read the variables otherwise than we do, a connection would be opened past the gate."""
    monkeypatch.setattr("affidavit.links.probe.read_proxies", lambda _: Proxies(http=f"http://{proxy.place}"))
    monkeypatch.setenv("no_proxy", "*")
    one(probe(allowed=NOTHING, resolve={"far.example:80": private.place}), "http://far.example/")
    assert private.connections == 0
    monkeypatch.setattr("affidavit.links.probe.read_proxies", lambda _: Proxies())
    monkeypatch.delenv("no_proxy")
    before = proxy.connections
    refused(one(probe(allowed=NOTHING, resolve={"far.example:80": private.place}), "http://far.example/"))
    assert (private.connections, proxy.connections) == (0, before)
