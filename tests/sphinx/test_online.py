"""Builds that ask: real servers on loopback, under the names that the glossary gives them."""

import socket
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from affidavit.links.names import WELL_KNOWN
from affidavit.links.probe import CurlProbe
from affidavit.model.settings import Allowed

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
PAGE = b"<title>Words</title><h1 id='part'>Of here, gone, busy, far, a number and a name</h1><p>And of more."


class Handler(BaseHTTPRequestHandler):
    """Answers with the status that the path stands for, and counts who asks."""

    asked: Counter[str]

    def do_GET(self):
        self.asked[self.path] += 1
        self.send_response(STATUSES[self.path])
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_args):
        """Keep the tests' output clean."""


class Web(ThreadingHTTPServer):
    """Lets many connections wait: of five, which is usual, the next is tried again seconds later."""

    request_queue_size = 256


@pytest.fixture
def server():
    handler = type("Counting", (Handler,), {"asked": Counter()})
    with Web(("127.0.0.1", 0), handler) as httpd:
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

        probe = CurlProbe(
            user_agent="test",
            resolve={"docs.example": f"127.0.0.1:{port}"},
            look_up=look_up,
            allowed=Allowed(hosts=("docs.example",)),
        )
        monkeypatch.setattr("affidavit.links.engine._probe", lambda *_: probe)
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
    assert server.RequestHandlerClass.asked == {"/here": 1, "/gone": 1, "/busy": 2}  # what fails is asked once more
    verdicts = {claim["target"]: claim["verdict"] for claim in built.claims["claims"]}
    assert verdicts["http://docs.example/here"] == "holds"
    assert verdicts["http://docs.example/gone"] == "broken"
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


def test_what_was_seen_lately_is_not_asked_and_still_judged(online, server):
    site = online(server.server_port)
    site.conf(affidavit_online="auto", affidavit_cache="../cache")
    first = site.build()
    assert "asking the web about 3 pages\n" in first.log
    again = site.build()
    assert "asking the web about 2 of 3 pages; 1 was seen lately\n" in again.log
    assert server.RequestHandlerClass.asked == {"/here": 1, "/gone": 2, "/busy": 4}
    assert again.warnings == first.warnings
    assert again.text("claims.json") == first.text("claims.json")
    assert [path.name for path in (site.folder / "cache").iterdir()] == ["observations-4.sqlite3"]


def test_where_all_was_seen_lately_there_is_nothing_to_ask(online, server):
    site = online(server.server_port)
    site.conf(affidavit_online="auto", affidavit_cache="../cache")
    site.write("index.rst", ".. glossary::\n\n   here\n      http://docs.example/here\n")
    site.build()
    assert "affidavit: nothing to ask about; 1 page seen lately\n" in site.build().log


@pytest.mark.parametrize("status", [200, 404])
def test_a_build_that_asks_nothing_gives_the_same_bytes(online, server, monkeypatch, status):
    monkeypatch.setitem(STATUSES, "/gone", status)
    site = online(server.server_port)
    site.conf(affidavit_online="auto", affidavit_cache="../cache")
    first = read_tree(site.build(fresh=True).out)
    again = read_tree(site.build(fresh=True).out)
    assert again == first


def read_tree(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_host_that_dies_is_told_in_every_build(online, server):
    site = online(server.server_port)
    site.conf(affidavit_online="auto", affidavit_cache="../cache")
    site.write("index.rst", ".. glossary::\n\n   here\n      http://docs.example/here and http://nothing.invalid/\n")
    for _ in range(2):
        built = site.build()
        assert built.codes == ["link-broken"]
        assert "nothing.invalid" in built.warnings[0]
    assert "asking the web about 1 of 2 pages; 1 was seen lately\n" in built.log


@pytest.mark.parametrize(("value", "asked"), [(None, 1), (False, 2), ("0", 2)])
def test_the_environment_moves_the_cache_and_the_setting_overrules_it(online, server, monkeypatch, value, asked):
    site = online(server.server_port)
    monkeypatch.setenv("AFFIDAVIT_CACHE", str(site.folder / "elsewhere"))
    site.conf(affidavit_online="auto", affidavit_cache=value)
    for _ in range(2):
        site.build()
    assert server.RequestHandlerClass.asked["/here"] == asked
    assert (site.folder / "elsewhere").exists() == (asked == 1)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other variables")
def test_the_users_own_cache_is_used_where_nothing_is_said(online, server, monkeypatch, tmp_path):
    monkeypatch.delenv("AFFIDAVIT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    online(server.server_port).build()
    assert (tmp_path / "home" / "affidavit" / "observations-4.sqlite3").is_file()


def test_what_may_be_asked_here_is_not_told_to_a_site_that_may_not(online, server):
    site = online(server.server_port)
    for allowed in (["docs.example"], True, [], ["docs.example"]):
        site.conf(affidavit_online="auto", affidavit_cache="../cache", affidavit_allow_private=allowed)
        site.build()
    assert server.RequestHandlerClass.asked["/here"] == 3


def test_a_cache_that_cannot_be_used_is_told_in_one_line_and_fails_nothing(online, server):
    site = online(server.server_port)
    site.conf(affidavit_online="auto", affidavit_cache="conf.py")
    built = site.build()
    assert built.codes == ["link-broken"]
    assert len(built.warnings) == 1
    assert built.log.count("affidavit: The cache ") == 1
    assert "cannot be used" in built.log


def test_without_a_network_the_build_passes_and_counts(online):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        built = online(closed.getsockname()[1], known=()).build()
    assert built.warnings == []
    assert "4 links not checked" in built.log
    assert built.claims["summary"]["links_not_checked"] == 4


def test_a_server_that_is_down_is_told_of_its_links(online):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        built = online(closed.getsockname()[1]).build()
    assert built.warnings == []
    assert "not checked" not in built.log
    assert {claim["code"] for claim in built.claims["claims"] if claim["kind"] == "link"} == {"link-unable"}


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


PRIVATE = """
    .. glossary::

       number
          http://127.0.0.1:{port}/here

       name
          http://localhost:{port}/here
    """


@pytest.fixture
def private(site, server, monkeypatch):
    """Return a site that links to this machine, and asks as builds of users do."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    site.write("index.rst", PRIVATE.format(port=server.server_port))
    return site


def test_a_site_that_links_to_the_machine_itself_is_refused_and_builds(private, server):
    private.conf(affidavit_online="auto")
    built = private.build()
    assert built.warnings == []
    assert server.RequestHandlerClass.asked == {}
    assert "not checked" not in built.log
    found = built.claims["findings"]
    assert [(each["code"], each["severity"]) for each in found] == [("address-refused", "info")] * 2
    assert "was not asked (127.0.0.1 is a loopback address)" in found[0]["message"]
    assert "was not asked (localhost leads to a loopback address)" in found[1]["message"]
    assert all("`affidavit_allow_private`" in each["advice"] for each in found)
    assert built.log.count("[affidavit.address-refused]") == 2
    assert {claim["verdict"] for claim in built.claims["claims"]} == {"unable"}


@pytest.mark.parametrize(
    ("allowed", "asked"), [(True, 2), ("1", 2), (["127.0.0.0/8", "::1"], 2), (["localhost"], 1), (["10.0.0.0/8"], 0)]
)
def test_what_the_setting_allows_is_asked(private, server, allowed, asked):
    private.conf(affidavit_online="auto", affidavit_allow_private=allowed)
    built = private.build()
    assert server.RequestHandlerClass.asked["/here"] == asked
    assert len(built.claims["findings"]) == 2 - asked
