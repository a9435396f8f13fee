"""Fetching one URL, from real servers of every manner."""

import gzip
import socket
import ssl
from ipaddress import ip_network

import pytest
import trustme

from affidavit.cli import fetch as module
from affidavit.cli.fetch import fetch
from affidavit.model.errors import SourceError
from affidavit.model.settings import Allowed


def test_the_answer_is_returned(server, answer):
    server.answers["/a"] = answer(b"\x00body")
    assert fetch(f"{server.url}/a") == b"\x00body"
    assert server.asked[0][1].startswith("affidavit/")


def test_a_redirect_is_followed(server, answer):
    server.answers |= {"/a": answer(b"body"), "/old": answer(status=301, Location="/a")}
    assert fetch(f"{server.url}/old") == b"body"


def test_a_compressed_answer_is_inflated(server, answer):
    server.answers["/a"] = answer(gzip.compress(b"body"), Content_Encoding="gzip")
    assert fetch(f"{server.url}/a") == b"body"


@pytest.fixture(name="localhost_is_public")
def _localhost_is_public(monkeypatch):
    """Let the name of this machine seem to be one of the open web."""
    monkeypatch.setattr(module, "_addresses", lambda host: ["1.1.1.1"] if host == "localhost" else [host])


@pytest.mark.usefixtures("localhost_is_public")
def test_a_redirect_leads_nobody_from_the_open_web_into_a_private_network(server, answer):
    inside = f"http://127.0.0.1:{server.server_port}/keys"
    server.answers |= {"/notes": answer(status=302, Location=inside), "/keys": answer(b"secret")}
    with pytest.raises(SourceError, match=r"redirects to 127\.0\.0\.1, which is a loopback address") as raised:
        fetch(f"http://localhost:{server.server_port}/notes")
    assert [path for path, _ in server.asked] == ["/notes"]
    assert "affidavit_allow_private" in raised.value.advice


@pytest.mark.usefixtures("localhost_is_public")
def test_a_redirect_to_the_same_host_or_to_what_is_allowed_is_followed(server, answer):
    inside = f"http://127.0.0.1:{server.server_port}/new"
    server.answers |= {
        "/old": answer(status=302, Location="/new"),
        "/away": answer(status=302, Location=inside),
        "/new": answer(b"body"),
    }
    assert fetch(f"http://localhost:{server.server_port}/old") == b"body"
    allowed = Allowed(networks=(ip_network("127.0.0.0/8"),))
    assert fetch(f"http://localhost:{server.server_port}/away", allowed) == b"body"
    assert fetch(f"http://localhost:{server.server_port}/away", Allowed(everything=True)) == b"body"


def test_who_names_a_server_of_a_private_network_is_led_on_in_it(server, answer):
    inside = f"http://localhost:{server.server_port}/new"
    server.answers |= {"/away": answer(status=302, Location=inside), "/new": answer(b"body")}
    assert fetch(f"http://127.0.0.1:{server.server_port}/away") == b"body"


def test_a_name_that_leads_nowhere_is_for_the_request_to_tell(server, answer):
    server.answers["/away"] = answer(status=302, Location="http://nowhere.invalid/")
    with pytest.raises(SourceError, match="cannot be reached"):
        fetch(f"{server.url}/away")


def _hang(handler):
    handler.server.ended.wait()


def _endless(handler):
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(bytes(2**20))


def _dripping(beginning):
    def drip(handler):
        handler.wfile.write(beginning)
        while not handler.server.ended.wait(0.05):
            handler.wfile.write(b"a")

    return drip


BAD = {
    "/404": (lambda answer: answer(status=404), "The server answered 404 Not Found"),
    "/500": (lambda answer: answer(b"<p>", status=500), "The server answered 500"),
    "/204": (lambda answer: answer(status=204), "The server answered 204"),
    "/loop": (lambda answer: answer(status=302, Location="/loop"), "redirects without end"),
    "/away": (
        lambda answer: answer(status=302, Location="ftp://example.org/"),
        "leads to one that is neither http nor https",
    ),
    "/cut": (lambda answer: answer(b"half", Content_Length="8"), "cut short|broke off"),
    "/damaged": (lambda answer: answer(b"plain", Content_Encoding="gzip"), "The answer is damaged"),
    "/bomb": (lambda answer: answer(gzip.compress(bytes(2**26)), Content_Encoding="gzip"), "more than 16 MiB"),
    "/endless": (lambda _: _endless, "more than 16 MiB"),
    "/hang": (lambda _: _hang, "did not answer in time"),
    "/dripping-head": (lambda _: _dripping(b"HTTP/1.1 200 OK\r\nA: "), "did not end within 0.5 seconds"),
    "/dripping-body": (lambda _: _dripping(b"HTTP/1.1 200 OK\r\n\r\n"), "did not end within 0.5 seconds"),
    "/nothing": (lambda _: lambda _: None, "broke off"),
}


@pytest.mark.parametrize("path", BAD)
def test_an_answer_that_is_no_success_is_told(server, answer, monkeypatch, path):
    made, told = BAD[path]
    server.answers[path] = made(answer)
    if path == "/hang":
        monkeypatch.setattr(module, "SECONDS", (5, 0.2))
    if "dripping" in path:
        monkeypatch.setattr(module, "WHOLE", 0.5)
    with pytest.raises(SourceError, match=told) as raised:
        fetch(f"{server.url}{path}")
    assert "--source" in raised.value.advice


@pytest.mark.parametrize(
    "url", ["http://", "http://[", "http://a b/", "http://\0/", "https://*/", "http://x:y/", "http://.a/"]
)
def test_an_address_that_cannot_be_asked_is_told(url, server):
    assert server.asked == []
    with pytest.raises(SourceError, match="no URL that could be asked"):
        fetch(url)


def test_whatever_else_fails_is_told():
    with pytest.raises(SourceError, match="The request failed"):
        fetch(f"http://{'a' * 300}/")


def test_a_server_that_is_not_there_is_told(server):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(SourceError, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/")
    assert server.asked == []


def test_a_certificate_that_nobody_vouches_for_is_told(server, answer):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.answers["/"] = answer(b"body")
    with pytest.raises(SourceError, match="certificate"):
        fetch(f"https://127.0.0.1:{server.server_port}/")


def test_a_proxy_that_fails_is_told(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(SourceError, match="proxy"):
        fetch(f"{server.url}/")
    assert server.asked == []
