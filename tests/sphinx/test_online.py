"""Builds that ask: real servers on loopback, under the names that the glossary gives them."""

import socket
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from affidavit.links.names import WELL_KNOWN
from affidavit.links.probe import CurlProbe

GLOSSARY = """
    Words
    =====

    .. glossary::

       here
          http://docs.example/here, and `the part <http://docs.example/here#part>`__.

       gone
          http://docs.example/gone and http://docs.example/here.

       busy
          http://docs.example/busy
    """
STATUSES = {"/here": 200, "/gone": 404, "/busy": 503}


class Handler(BaseHTTPRequestHandler):
    """Answers with the status that the path stands for, and counts who asks."""

    asked: Counter[str]

    def do_GET(self):
        self.asked[self.path] += 1
        self.send_response(STATUSES[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        """Keep the tests' output clean."""


@pytest.fixture
def server():
    handler = type("Counting", (Handler,), {"asked": Counter()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield httpd
        httpd.shutdown()


@pytest.fixture
def online(site, monkeypatch):
    """Return a function that lets the builds of a site ask, with names of its own and a web of its own."""

    def arrange(port, *, known=WELL_KNOWN):
        def look_up(host):
            if host not in known:
                raise socket.gaierror(socket.EAI_NONAME, "not known")

        probe = CurlProbe(user_agent="test", resolve={"docs.example": f"127.0.0.1:{port}"}, look_up=look_up)
        monkeypatch.setattr("affidavit.sphinx.judging._probe", lambda _app, _settings: probe)
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)
        site.conf(affidavit_online="auto")
        site.write("index.rst", GLOSSARY)
        return site

    return arrange


def test_each_url_is_asked_once_and_the_dead_one_is_named(online, server):
    built = online(server.server_port).build()
    assert built.codes == ["link-broken"]
    assert "http://docs.example/gone answers 404" in built.warnings[0]
    assert "index.rst:10: WARNING" in built.warnings[0]
    assert server.RequestHandlerClass.asked == {"/here": 1, "/gone": 1, "/busy": 1}
    verdicts = {claim["target"]: claim["verdict"] for claim in built.claims["claims"]}
    assert verdicts["http://docs.example/here"] == "holds"
    assert verdicts["http://docs.example/gone"] == "refuted"
    assert verdicts["http://docs.example/busy"] == "unable"
    assert verdicts["gone"] == "holds"  # its other link does
    assert "link-unable" in built.log
    assert "not checked" not in built.log


def test_an_unchanged_page_fails_when_its_link_dies(online, server, monkeypatch):
    site = online(server.server_port)
    monkeypatch.setitem(STATUSES, "/gone", 200)
    assert site.build().warnings == []
    monkeypatch.setitem(STATUSES, "/gone", 410)
    again = site.build()
    assert again.codes == ["link-broken"]
    assert "0 added, 0 changed, 0 removed" in again.log


def test_without_a_network_the_build_passes_and_counts(online):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        built = online(closed.getsockname()[1]).build()
    assert built.warnings == []
    assert "4 links not checked" in built.log
    assert built.claims["summary"]["links_not_checked"] == 4


def test_in_a_closed_network_only_good_answers_count(online, server):
    site = online(server.server_port, known=())
    site.write("index.rst", GLOSSARY + "\n       far\n          http://nothing.invalid/\n")
    built = site.build()
    assert built.warnings == []
    assert "3 links not checked" in built.log
    verdicts = {claim["target"]: claim["verdict"] for claim in built.claims["claims"]}
    assert verdicts["http://docs.example/here"] == "holds"
    assert verdicts["http://docs.example/gone"] == "unable"


def test_a_site_that_never_asks(online, server):
    site = online(server.server_port)
    site.conf(affidavit_online="never")
    built = site.build()
    assert built.warnings == []
    assert server.RequestHandlerClass.asked == {}
    assert "4 links not checked" in built.log
