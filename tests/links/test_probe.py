from __future__ import annotations

import _thread
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pycurl
import pytest

from affidavit.links.address import Address
from affidavit.links.manner import Manner
from affidavit.links.names import WELL_KNOWN
from affidavit.links.network import Network, network
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable

if TYPE_CHECKING:
    from tests.links.conftest import Asker, Server

MakeProbe = Callable[..., "Asker"]
Serve = Callable[..., "Server"]

IMPATIENT = 1
LONG = 30
BIG = b"x" * 65536


def facts(seen: Observation) -> tuple[str, str, int, int]:
    assert isinstance(seen, Answered), seen
    return seen.url, seen.final, seen.status, seen.redirects


def response(status: int, *headers: str, body: bytes = b"") -> bytes:
    lines = (f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}", "Connection: close", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(to: str, status: int = 302, *headers: str) -> bytes:
    return response(status, f"Location: {to}", *headers, body=b"moved")


HINTED = b"HTTP/1.1 103 Early Hints\r\nLocation: /a\r\n\r\n" + response(301)


def kind(observation: Observation) -> Trouble:
    assert isinstance(observation, Unreachable), observation
    return observation.kind


def one(probe: Asker, url: str) -> Observation:
    (observation,) = probe.ask(url).values()
    return observation


@pytest.mark.parametrize("status", [200, 204, 300, 304, 404, 429, 500, 999])
def test_a_status_is_seen_as_it_is(serve: Serve, probe: MakeProbe, status: int) -> None:
    url = serve({"/": response(status)}).url()
    assert facts(one(probe(), url)) == (url, url, status, 0)


def test_each_page_is_fetched_once_with_get(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": response(200), "/ü": response(200)})
    urls = [server.url(), server.url("/#a"), server.url("/#b"), server.url().upper().replace("HTTP", "Http")]
    seen = probe().ask(*urls, *urls)
    assert list(seen) == urls
    assert set(map(facts, seen.values())) == {(server.url(), server.url(), 200, 0)}
    assert server.requests == ["GET /"]


def test_no_urls_need_no_network(probe: MakeProbe) -> None:
    assert probe().ask() == {}


def test_the_user_agent_says_who_asks(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": response(200)})
    probe(user_agent="Affidavit/1.2.3 (+link check)").ask(server.url())
    assert "User-Agent: Affidavit/1.2.3 (+link check)\r\n" in server.heads[0]


def test_addresses_in_any_script_are_asked_encoded(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/stra%C3%9Fe?%C3%BC": response(200)})
    seen = one(probe(resolve={"xn--bcher-kva.example": server.place}), "http://bücher.example/straße?ü#ä")
    assert isinstance(seen, Answered)
    assert seen.status == 200
    assert "Host: xn--bcher-kva.example\r\n" in server.heads[0]


@pytest.mark.parametrize("url", ["http://", "mailto:a@b.example", "no url", "http://a..b/", "http://x/\ud800"])
def test_what_is_no_web_address_is_not_asked(probe: MakeProbe, url: str) -> None:
    seen = one(probe(), url)
    assert kind(seen) is Trouble.URL_UNUSABLE
    assert not seen.tried


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_counted(serve: Serve, probe: MakeProbe, status: int) -> None:
    server = serve({"/": redirect("/a", status), "/a": redirect("b#c", status), "/b": response(200)})
    assert facts(one(probe(), server.url())) == (server.url(), server.url("/b"), 200, 2)
    assert server.requests == ["GET /", "GET /a", "GET /b"]


@pytest.mark.parametrize(
    "answer", [response(301), HINTED, redirect("/a", 300), redirect("/a", 304), redirect("/a", 200)]
)
def test_what_browsers_do_not_follow_is_not_followed(serve: Serve, probe: MakeProbe, answer: bytes) -> None:
    server = serve({"/": answer, "/a": response(200)})
    one(probe(), server.url())
    assert server.requests == ["GET /"]


def test_a_redirect_may_lead_to_another_host_in_any_script(serve: Serve, probe: MakeProbe) -> None:
    there = serve({"/%C3%BC": response(200)})
    here = serve({"/": redirect("http://bücher.example/ü")})
    seen = one(probe(resolve={"xn--bcher-kva.example:80": there.place}), here.url())
    assert facts(seen) == (here.url(), "http://xn--bcher-kva.example/%C3%BC", 200, 1)


def test_a_loop_ends(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": redirect("/")})
    seen = one(probe(redirects=3), server.url())
    assert kind(seen) is Trouble.TOO_MANY_REDIRECTS
    assert server.requests == ["GET /"] * 4


def test_as_many_redirects_as_are_allowed_are_followed(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": redirect("/1"), "/1": redirect("/2"), "/2": response(200)})
    assert one(probe(redirects=2), server.url()).met
    assert kind(one(probe(redirects=1), server.url())) is Trouble.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    "to", ["ftp://127.0.0.1/", "file:///etc/passwd", "mailto:a@b.example", "http://a b:99999/", "http://\xff.example/"]
)
def test_a_redirect_to_what_is_no_web_address_is_seen_and_not_followed(serve: Serve, probe: MakeProbe, to: str) -> None:
    url = serve({"/": response(302, "Location: LOCATION").replace(b"LOCATION", to.encode("latin-1"))}).url()
    seen = one(probe(), url)
    assert kind(seen) is Trouble.REDIRECT_UNUSABLE
    assert seen.met


def test_a_redirect_that_wants_its_cookie_back_gets_it_and_nobody_else_does(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": redirect("/in", 302, "Set-Cookie: key=1; Path=/"), "/in": response(200), "/b": response(200)})
    probe(per_host=1).ask(server.url(), server.url("/b"))
    assert {head.split(" ")[1]: "Cookie: key=1" in head for head in server.heads} == {
        "/": False,
        "/in": True,
        "/b": False,
    }


def test_credentials_in_an_address_do_not_travel_on(serve: Serve, probe: MakeProbe) -> None:
    there = serve({"/": response(200)})
    here = serve({"/": redirect(there.url())})
    one(probe(), here.url().replace("//", "//me:secret@"))
    assert ["Authorization: Basic" in each.heads[0] for each in (here, there)] == [True, False]


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(BIG)


def endless_redirect(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + BIG + b"\r\n")


def test_an_endless_page_is_not_read(serve: Serve, probe: MakeProbe) -> None:
    url = serve({"/": endless}).url()
    assert facts(one(probe(total_seconds=LONG), url)) == (url, url, 200, 0)


def test_an_endless_redirect_is_not_read_either(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/from": endless_redirect, "/": response(200)})
    assert facts(one(probe(total_seconds=LONG), server.url("/from"))) == (server.url("/from"), server.url("/"), 200, 1)


def silent(connection: socket.socket) -> None:
    connection.recv(1)


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


ENDLESS_HEADER = b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_000_000


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"", Trouble.CUT_OFF),
        (reset, Trouble.CUT_OFF),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", Trouble.CUT_OFF),
        (b"\0\1\2\3" * 9, Trouble.GARBLED),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Trouble.GARBLED),
        (b"HTTP/9.9 200 OK\r\n\r\n", Trouble.GARBLED),
        (ENDLESS_HEADER, Trouble.HEAD_TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"x" * 9000 + b"\r\n") * 99, Trouble.HEAD_TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1001, Trouble.HEAD_TOO_LARGE),
    ],
)
def test_an_answer_that_is_none_is_seen_as_what_it_is(
    serve: Serve, probe: MakeProbe, answer: object, expected: Trouble
) -> None:
    seen = one(probe(), serve({"/": answer}).url())
    assert kind(seen) is expected
    assert seen.met


def test_a_silent_server_costs_no_more_than_was_allowed(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": silent, "/good": response(200)})
    seen = probe(total_seconds=IMPATIENT).ask(server.url(), server.url("/good"))
    assert kind(seen[server.url()]) is Trouble.ANSWER_TIMEOUT
    assert isinstance(seen[server.url("/good")], Answered)


def test_redirects_do_not_make_the_time_longer(serve: Serve, probe: MakeProbe) -> None:
    def slow(connection: socket.socket) -> None:
        threading.Event().wait(0.6 * IMPATIENT)
        connection.sendall(redirect("/next"))

    server = serve({"/": slow, "/next": slow})
    seen = one(probe(total_seconds=IMPATIENT), server.url())
    assert isinstance(seen, Unreachable)
    assert (seen.kind, seen.at) == (Trouble.ANSWER_TIMEOUT, server.url("/next"))


def test_a_reason_has_no_times_in_it(serve: Serve, probe: MakeProbe) -> None:
    seen = one(probe(total_seconds=IMPATIENT), serve({"/": silent}).url())
    assert isinstance(seen, Unreachable)
    assert seen.reason == "Operation timed out"


@pytest.fixture
def closed_port() -> str:
    """Return a port that nobody listens on."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{bound.getsockname()[1]}"


def test_a_refused_connection_proves_no_network(probe: MakeProbe, closed_port: str) -> None:
    seen = one(probe(), f"http://{closed_port}/")
    assert kind(seen) is Trouble.NOT_CONNECTED
    assert not seen.met


def test_a_connection_that_does_not_come_about_is_told_from_a_late_answer(probe: MakeProbe) -> None:
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for waiting in (first, second):  # nobody accepts them, and there is room for no more
            waiting.settimeout(0)
            waiting.connect_ex(listener.getsockname())
        patient = probe(connect_seconds=IMPATIENT, total_seconds=LONG, run_seconds=LONG / 3)
        seen = one(patient, f"http://127.0.0.1:{listener.getsockname()[1]}/")
    if seen.met or kind(seen) is Trouble.NOT_CONNECTED:
        pytest.skip("this system makes more room, or refuses")
    assert kind(seen) is Trouble.CONNECT_TIMEOUT


def unknown(host: str) -> None:
    if host not in WELL_KNOWN:
        raise socket.gaierror(socket.EAI_NONAME, "as the system puts it")


def not_now(host: str) -> None:
    if host not in WELL_KNOWN:
        raise socket.gaierror(socket.EAI_AGAIN, "as the system puts it")


def closed(_: str) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "as the system puts it")


def silenced(_: str) -> None:
    raise socket.gaierror(socket.EAI_AGAIN, "as the system puts it")


@pytest.mark.parametrize(
    ("look_up", "expected"),
    [
        (unknown, Trouble.NAME_UNKNOWN),
        (not_now, Trouble.NAME_UNSURE),
        (closed, Trouble.NETWORK_CLOSED),
        (silenced, Trouble.NETWORK_CLOSED),
    ],
)
def test_a_name_is_unknown_only_where_the_system_says_so_and_knows_others(
    serve: Serve, probe: MakeProbe, look_up: Callable[[str], None], expected: Trouble
) -> None:
    server = serve({"/": redirect("http://nothing.invalid/")})
    seen = probe(look_up=look_up).ask("http://nothing.invalid/", server.url())
    assert [kind(each) for each in seen.values()] == [expected, expected]
    assert [each.met for each in seen.values()] == [False, True]


@pytest.mark.parametrize(
    ("look_up", "expected", "shown"),
    [
        (unknown, Trouble.NAME_UNKNOWN, Network.OPEN),
        (not_now, Trouble.NAME_UNSURE, Network.OPEN),
        (closed, Trouble.NETWORK_CLOSED, Network.ABSENT),
        (silenced, Trouble.NETWORK_CLOSED, Network.ABSENT),
    ],
)
def test_dead_hosts_alone_are_told_from_an_absent_network(
    probe: MakeProbe, look_up: Callable[[str], None], expected: Trouble, shown: Network
) -> None:
    seen = probe(look_up=look_up).ask("http://nothing.invalid/", "http://nor-this.invalid/")
    assert [kind(each) for each in seen.values()] == [expected, expected]
    assert network(seen.values()) is shown


@pytest.mark.parametrize(
    ("look_up", "hosts", "shown"),
    [
        (unknown, 1, Network.OPEN),
        (unknown, 2, Network.OPEN),
        (unknown, 3, Network.ABSENT),  # as behind a firewall that lets nothing but names through
        (closed, 1, Network.ABSENT),
        (silenced, 2, Network.ABSENT),
    ],
)
def test_a_server_that_is_down_is_told_from_an_absent_network(
    probe: MakeProbe, look_up: Callable[[str], None], hosts: int, shown: Network
) -> None:
    urls = [f"http://127.0.1.{number}:1/{page}" for number in range(1, hosts + 1) for page in "ab"]
    seen = probe(look_up=look_up).ask(*urls, "http://10.0.0.1/", "gopher://127.0.2.1/")
    assert [kind(seen[url]) for url in urls] == [Trouble.NOT_CONNECTED] * len(urls)
    assert network(seen.values()) is shown


def test_where_a_server_was_met_no_names_are_looked_up_again(serve: Serve, probe: MakeProbe) -> None:
    again: list[str] = []
    seen = probe(look_up=again.append).ask(serve({}).url(), "http://127.0.1.1:1/")
    assert (network(seen.values()), again) == (Network.OPEN, [])


def test_without_any_network_no_other_names_are_looked_up_again(probe: MakeProbe) -> None:
    again: list[str] = []

    def look_up(host: str) -> None:
        again.append(host)
        closed(host)

    one(probe(look_up=look_up), "http://nothing.invalid/")
    assert sorted(again) == sorted(WELL_KNOWN)


def test_names_that_nobody_answers_about_hold_up_the_end_for_a_moment_only(probe: MakeProbe) -> None:
    released = threading.Event()

    def look_up(_: str) -> None:
        released.wait(LONG)

    try:
        seen = probe(look_up=look_up, connect_seconds=0.2).ask(*(f"http://gone-{number}.invalid/" for number in "123"))
    finally:
        released.set()
    assert {kind(each) for each in seen.values()} == {Trouble.NETWORK_CLOSED}


def test_where_nobody_is_met_the_rest_is_not_asked(probe: MakeProbe) -> None:
    urls = [f"http://127.0.1.{number}:1/" for number in range(1, 106)]
    seen = probe(in_all=3).ask(*urls)
    assert [kind(each) for each in seen.values()] == [Trouble.NOT_CONNECTED] * 100 + [Trouble.NOT_ASKED] * 5


def test_a_few_dead_hosts_are_no_absent_network_however_few_are_asked_at_once(serve: Serve, probe: MakeProbe) -> None:
    dead = [f"http://nothing-{number}.invalid/" for number in range(5)]
    server = serve({})
    seen = probe(in_all=1, look_up=unknown).ask(*dead, server.url())
    assert isinstance(seen[server.url()], Answered)


def test_a_cookie_in_any_encoding_is_sent_back(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": redirect("/end", 302, "Set-Cookie: a=\xe9"), "/end": response(200)})
    assert isinstance(one(probe(), server.url()), Answered)
    assert "Cookie: a=" in server.heads[1]


def test_no_word_of_the_proxy_is_told(probe: MakeProbe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://bob:S3cr et@127.0.0.1:1")
    seen = one(probe(), "http://docs.example/")
    assert isinstance(seen, Unreachable)
    assert "S3cr" not in seen.reason


def test_settings_in_any_script_are_sent(serve: Serve, probe: MakeProbe, tmp_path: Path) -> None:
    server = serve({"/": response(200)})
    assert isinstance(one(probe(user_agent="Müller", ca_file=tmp_path / "ü.pem"), server.url()), Answered)


def test_one_server_that_is_met_is_enough_to_ask_the_rest(serve: Serve, probe: MakeProbe) -> None:
    urls = [f"http://nothing-{number}.invalid/" for number in range(5)]
    seen = probe(in_all=3, look_up=unknown).ask(serve({}).url(), *urls)
    assert [kind(seen[url]) for url in urls] == [Trouble.NAME_UNKNOWN] * 5


def test_the_whole_run_ends_in_time(serve: Serve, probe: MakeProbe) -> None:
    server = serve({"/": silent, "/1": silent, "/2": silent})
    urls = [server.url(), server.url("/1"), server.url("/2")]
    seen = probe(run_seconds=IMPATIENT, total_seconds=LONG, per_host=2).ask(*urls)
    assert {kind(each) for each in seen.values()} == {Trouble.NOT_ASKED}
    assert [each.reason for each in seen.values() if isinstance(each, Unreachable)] == [
        "no time left",
        "no time left",
        "not begun",
    ]


class Crowd:
    """Counts how many requests are under way: none is answered until so many are, and a moment more."""

    def __init__(self, expected: int) -> None:
        self.most = 0
        self._expected = expected
        self._now = 0
        self._changed = threading.Condition()

    def __call__(self, connection: socket.socket) -> None:
        with self._changed:
            self._now += 1
            self.most = max(self.most, self._now)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.most >= self._expected, LONG)
            self._changed.wait(IMPATIENT / 10)
            self._now -= 1
        connection.sendall(response(200))


def three_at_once(_: Address) -> Manner:
    return Manner(at_once=3)


def two_at_once(_: Address) -> Manner:
    return Manner(at_once=2)


@pytest.mark.parametrize(("limits", "expected"), [({"manners": three_at_once}, 3), ({"per_host": 9, "in_all": 4}, 4)])
def test_no_more_are_under_way_at_once_than_is_allowed(
    serve: Serve, probe: MakeProbe, limits: dict[str, object], expected: int
) -> None:
    crowd = Crowd(expected)
    server = serve({f"/{number}": crowd for number in range(12)})
    seen = probe(total_seconds=LONG, **limits).ask(*[server.url(f"/{number}") for number in range(12)])
    assert {each.met for each in seen.values()} == {True}
    assert crowd.most == expected


def test_a_host_that_many_redirect_to_is_not_crowded_either(serve: Serve, probe: MakeProbe) -> None:
    crowd = Crowd(2)
    there = serve({"/": crowd})
    here = serve({"/": redirect(there.url())})
    urls = [f"http://here-{number}.example/" for number in range(6)]
    everywhere = {f"here-{number}.example": here.place for number in range(6)}
    seen = probe(total_seconds=LONG, manners=two_at_once, resolve=everywhere).ask(*urls)
    assert {each.met for each in seen.values()} == {True}
    assert len(there.requests) == 6
    assert crowd.most == 2


def test_an_interrupt_ends_it_and_hangs_up(serve: Serve, probe: MakeProbe) -> None:
    hung_up = threading.Event()

    def interrupt(connection: socket.socket) -> None:
        _thread.interrupt_main()
        if not connection.recv(1):
            hung_up.set()

    url = serve({"/": interrupt}).url()
    with pytest.raises(KeyboardInterrupt):
        probe(total_seconds=LONG).ask(url, "http://nothing.invalid/")
    assert hung_up.wait(LONG)


def test_a_proxy_of_the_environment_is_asked(serve: Serve, probe: MakeProbe, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = serve({"http://far.example/": response(200)})
    near = serve({"/": response(200)})
    monkeypatch.setenv("http_proxy", f"http://{proxy.place}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    seen = probe().ask("http://far.example/", near.url())
    assert [each.met for each in seen.values()] == [True, True]
    assert (proxy.requests, near.requests) == (["GET http://far.example/"], ["GET /"])


@pytest.mark.parametrize("place", ["working", "nothing.invalid:1", "127.0.0.1:1"])
def test_a_proxy_that_does_not_help_is_not_held_against_the_link(
    serve: Serve, probe: MakeProbe, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    proxy = serve({"far.example:443": response(502)})
    for variable in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(variable, f"http://{proxy.place if place == 'working' else place}")
    urls = ["https://far.example/"] if place == "working" else ["https://far.example/", "http://far.example/"]
    seen = probe(look_up=unknown).ask(*urls).values()
    answers = place == "working"
    assert {kind(each) for each in seen} == {Trouble.PROXY_FAILED if answers else Trouble.PROXY_UNREACHABLE}
    assert {each.met for each in seen} == {answers}
    assert network(seen) is (Network.OPEN if answers else Network.PROXY_DOWN)


def test_libcurl_asks_every_address_that_reads_well(probe: MakeProbe, closed_port: str) -> None:
    """The reader of addresses and libcurl's must not differ, or an address could be taken for another."""
    strange = "!$&'()*+,;=:@/?%zz[]|^`{}<>\"~ü☃"
    urls = [
        f"http://{user}{host}.{name}.example:8080/{strange}{query}"
        for name, user in enumerate(("", "a:b@", "a@b:c@", f"{strange.split('/', maxsplit=1)[0]}@"))
        for host in ("a", "a_b", "-a-", "ü", "☃", "1a", "xn--bcher-kva")
        for query in ("", f"?{strange}", f"#{strange}")
    ]
    everywhere = dict.fromkeys((":8080",), closed_port)
    seen = probe(resolve=everywhere).ask(*urls)
    assert {kind(each) for each in seen.values()} == {Trouble.NOT_CONNECTED}


def test_every_handle_is_given_back(serve: Serve, probe: MakeProbe, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[pycurl.Curl] = []

    def make() -> pycurl.Curl:
        made.append(plain())
        return made[-1]

    plain = pycurl.Curl
    monkeypatch.setattr(pycurl, "Curl", make)
    server = serve({"/": response(200), "/silent": silent})
    probe(run_seconds=IMPATIENT).ask(server.url(), server.url("/silent"), "http://nothing.invalid/")
    assert len(made) == 3
    assert all(_is_closed(each) for each in made)


def _is_closed(handle: pycurl.Curl) -> bool:
    try:
        handle.getinfo(pycurl.RESPONSE_CODE)
    except pycurl.error:
        return True
    return False
