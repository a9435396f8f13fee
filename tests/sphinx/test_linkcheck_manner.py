"""How each address is asked under Sphinx's settings, and credentials of every kind before a real server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from requests.auth import HTTPBasicAuth, HTTPDigestAuth, HTTPProxyAuth
from sphinx.config import Config
from sphinx.errors import ConfigError
from tests.sphinx.linkcheck_web import BASIC, serve

from affidavit.links.address import Address, read_address
from affidavit.links.manner import Manner, usual
from affidavit.links.marks import Question
from affidavit.links.probe import CurlProbe
from affidavit.links.seen import Answered
from affidavit.model.settings import Allowed
from affidavit.sphinx.linkcheck_manner import SphinxManners
from affidavit.sphinx.linkcheck_settings import Credentials, Requests, read_requests

HOST = "https://docs.example"


@pytest.fixture(autouse=True)
def no_netrc(monkeypatch, tmp_path):
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


def address(url):
    read = read_address(url)
    assert isinstance(read, Address)
    return read


def manner(url, *, asked=(), usual=usual, folder=Path("/conf"), **settings):
    """Return how a URL is asked where the site has some links, itself among them unless others are named."""
    written = {address(each).request: each for each in asked or (url,)}
    requests = Requests(**{"headers": {}} | settings)
    return SphinxManners(requests, written, folder, usual)(address(url))


HEADERS = {
    "server": ({HOST: {"A": "1"}, "*": {"A": "2"}}, "1"),
    "server with a slash": ({f"{HOST}/": {"A": "1"}, "*": {"A": "2"}}, "1"),
    "server before page": ({f"{HOST}/page#part": {"A": "2"}, HOST: {"A": "1"}}, "1"),
    "page as written": ({f"{HOST}/page#part": {"A": "1"}, "*": {"A": "2"}}, "1"),
    "anything": ({"https://other.example": {"A": "2"}, "*": {"A": "1"}}, "1"),
    "nothing": ({"https://other.example": {"A": "2"}}, None),
}


@pytest.mark.parametrize(("headers", "value"), HEADERS.values(), ids=HEADERS)
def test_headers(headers, value):
    given = dict(manner(f"{HOST}/page#part", headers=headers).headers)
    assert given.get("A") == value
    assert ("Accept" in given) is (value is not None)


AUTH = {
    "a pair": (("user", "secret"), "user:secret", False),
    "bytes": ((b"us\xe9r", b"secret"), "us\xe9r:secret", False),
    "basic": (HTTPBasicAuth("user", "secret"), "user:secret", False),
    "digest": (HTTPDigestAuth("user", "secret"), "user:secret", True),
    "none": (None, "", False),
}


def read(**settings):
    return read_requests(_config(**settings))


def _config(**settings):
    config = Config({})
    defaults = {
        "auth": [], "request_headers": {}, "timeout": 30, "rate_limit_timeout": 300, "retries": 1, "workers": 5,
    }  # fmt: skip
    for name, value in defaults.items():
        config.add(f"linkcheck_{name}", settings.get(name, value), "", ())
    for name, value in {"tls_verify": True, "tls_cacerts": None}.items():
        if name not in config:
            config.add(name, value, "", ())
    return config


@pytest.mark.parametrize(
    ("given", "connect", "whole", "silence"),
    [
        (4, 4, 4, 0),
        (0.5, 0.5, 0.5, 0),
        ((1, 2.5), 1, 3.5, 3),
        ([1, None], 1, 31, 30),
        (None, 30, 30, 0),
        ((None, None), 30, 60, 30),
    ],
)
def test_times_are_taken_as_requests_takes_them(given, connect, whole, silence):
    requests = read(timeout=given)
    assert (requests.connect_timeout, requests.timeout, requests.silence) == (connect, whole, silence)


@pytest.mark.parametrize(("given", "login", "digest"), AUTH.values(), ids=AUTH)
def test_credentials(given, login, digest):
    auth = read(auth=[("https://other.*", ("wrong", "one")), (f"{HOST}/p", given), (".*", ("last", "one"))]).auth
    told = manner(f"{HOST}/page", auth=auth)
    assert (told.login, told.digest) == (login, digest)


def test_credentials_for_a_proxy_are_a_header_of_their_own():
    auth = read(auth=[(".*", HTTPProxyAuth("user", "secret"))]).auth
    told = manner(f"{HOST}/page", auth=auth)
    assert (told.login, dict(told.headers)) == ("", {"Proxy-Authorization": BASIC})


class Derived(HTTPBasicAuth):
    """What may do anything."""


@pytest.mark.parametrize("given", [Derived("a", "b"), ("one",), ["user", "secret"], "text", 3])
def test_what_cannot_be_honoured_is_named(given):
    with pytest.raises(ConfigError, match=re.escape(type(given).__name__)):
        read(auth=[(".*", given)])


def test_credentials_go_along_where_a_server_redirects_to_itself():
    auth = (Credentials(re.compile(f"{HOST}/start"), "user", "secret"),)
    asked = [f"{HOST}/start", "https://other.example/"]
    assert manner(f"{HOST}/end", asked=asked, auth=auth).login == "user:secret"
    assert manner("https://other.example/end", asked=asked, auth=auth).login == ""


def test_the_netrc_file_counts_where_nothing_else_does(tmp_path):
    (tmp_path / "netrc").write_text("machine docs.example login me password word\n")
    assert manner(f"{HOST}/page").login == "me:word"
    assert manner(f"{HOST}/page", auth=(Credentials(re.compile("."), "user", "secret"),)).login == "user:secret"
    assert manner("https://other.example/").login == ""


def test_settings_of_ours_count_where_sphinx_has_none():
    ours = Manner(headers=(("A", "1"), ("B", "1")), authorization="Bearer x", timeout=3, pace=1, at_once=2)
    told = manner(f"{HOST}/", usual=lambda _: ours, headers={"*": {"A": "2"}}, timeout=9)
    assert (dict(told.headers)["A"], dict(told.headers)["B"]) == ("2", "1")
    assert (told.authorization, told.timeout, told.pace, told.at_once) == ("Bearer x", 3, 1, 2)


def test_a_page_that_is_asked_of_another_host_gets_nothing_of_the_link_s():
    written = {"https://raw.example/page": f"{HOST}/page#L1"}
    requests = Requests({HOST: {"A": "1"}}, auth=(Credentials(re.compile(HOST), "user", "secret"),))
    told = SphinxManners(requests, written, Path(), usual)(address("https://raw.example/page"))
    assert (told.headers, told.login) == ((), "")


def test_certificates_are_looked_for_where_sphinx_runs_then_beside_conf_py(tmp_path, monkeypatch):
    conf, here = tmp_path / "conf", tmp_path / "here"
    for folder in (conf, here):
        folder.mkdir()
    monkeypatch.chdir(here)
    assert manner(HOST, folder=conf, ca_certs="ca.pem").authorities == conf / "ca.pem"
    (here / "ca.pem").touch()
    assert manner(HOST, folder=conf, ca_certs="ca.pem").authorities == here / "ca.pem"


@pytest.mark.parametrize(
    "given", [("user", "secret"), HTTPBasicAuth("user", "secret"), HTTPDigestAuth("user", "secret")]
)
def test_a_real_server_lets_us_in(given, monkeypatch):
    monkeypatch.delenv("http_proxy", raising=False)
    path = "/digest" if isinstance(given, HTTPDigestAuth) else "/basic"
    with serve() as web:
        url = web.url(path)
        manners = SphinxManners(read(auth=[(".*", given)]), {url: url}, Path(), usual)
        probe = CurlProbe(user_agent="test", allowed=Allowed(everything=True), manners=manners)
        observation = probe.observe([Question(url)])[url]
        assert isinstance(observation, Answered)
        assert observation.status == 200
