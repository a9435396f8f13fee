"""Fetching one URL, from real servers of every manner."""

import gzip
import socket
import ssl

import pytest
import trustme

from affidavit.cli import fetch as module
from affidavit.cli.fetch import fetch
from affidavit.model.errors import SourceError


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


def _hang(handler):
    handler.server.ended.wait()


def _endless(handler):
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(bytes(2**20))


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
    "/nothing": (lambda _: lambda _: None, "broke off"),
}


@pytest.mark.parametrize("path", BAD)
def test_an_answer_that_is_no_success_is_told(server, answer, monkeypatch, path):
    made, told = BAD[path]
    server.answers[path] = made(answer)
    if path == "/hang":
        monkeypatch.setattr(module, "SECONDS", (5, 0.2))
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
