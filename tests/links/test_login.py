from __future__ import annotations

from pathlib import Path

import pytest
from rich.pretty import pretty_repr

from affidavit.links.address import Address, read_address
from affidavit.links.credentials import Credentials
from affidavit.links.login import NONE, HostManners, Secret, read_secret
from affidavit.links.manner import USUAL, Manner
from affidavit.model.settings import HostRule, Settings


@pytest.mark.parametrize(
    ("text", "secret"),
    [("me:secret", Secret(login="me:secret")),
     (" me:secret\n", Secret(login="me:secret")),
     ("me:a long secret", Secret(login="me:a long secret")),
     (":secret", Secret(login=":secret")),
     ("Bearer abc", Secret(authorization="Bearer abc")),
     ("Basic bWU6c2VjcmV0", Secret(authorization="Basic bWU6c2VjcmV0")),
     ("token a:b", Secret(authorization="token a:b")),
     ("secret", None),
     ("me:sec\nret", None),
     ("Bearer a\r\nX: y", None),
     ("", None)],
    ids=ascii,
)  # fmt: skip
def test_a_secret_is_a_login_or_a_whole_value(text: str, secret: Secret | None) -> None:
    assert read_secret(text) == secret


def test_no_secret_shows_itself() -> None:
    secret = Secret("abc:abc", "abc")
    assert "abc" not in repr(secret)
    assert "abc" not in pretty_repr([secret])  # as tracebacks are drawn with their values


def address(url: str) -> Address:
    read = read_address(url)
    assert isinstance(read, Address)
    return read


RULES = (
    HostRule("wiki.example", headers=(("X", "y"),), credentials="WIKI", pace=2, timeout=3, at_once=4),
    HostRule("*.example", credentials="netrc"),
    HostRule("*", timeout=9),
)


def manner_of(url: str) -> Manner:
    def secret_of(rule: HostRule, host: str) -> Secret:
        return Secret(login=f"{rule.credentials}:{host}")

    return HostManners(Settings(hosts=RULES).rule_of, secret_of)(address(url))


@pytest.mark.parametrize(
    ("url", "manner"),
    [("https://wiki.example/", Manner((("X", "y"),), "WIKI:wiki.example", timeout=3, pace=2, at_once=4)),
     ("https://wiki.example./", Manner((("X", "y"),), "WIKI:wiki.example.", timeout=3, pace=2, at_once=4)),
     ("https://a.example/", Manner(login="netrc:a.example")),
     ("https://example/", Manner(timeout=9)),
     ("https://a.example.org/", Manner(timeout=9))],
)  # fmt: skip
def test_the_first_rule_that_fits_says_how_a_host_is_asked(url: str, manner: Manner) -> None:
    assert manner_of(url) == manner


def test_without_a_rule_it_is_asked_as_usual() -> None:
    manners = HostManners(Settings().rule_of, lambda _rule, _host: NONE)
    assert manners(address("https://a.example/")) is USUAL


WIKI = HostRule("wiki.example", credentials="WIKI")
NETRC = HostRule("*.example", credentials="netrc")


@pytest.fixture
def netrc(tmp_path: Path) -> dict[str, str]:
    """Return an environment whose netrc knows one host."""
    path = tmp_path / "netrc"
    path.write_text("machine a.example login me password secret\n")
    path.chmod(0o600)
    return {"NETRC": str(path)}


def test_a_variable_holds_a_secret() -> None:
    told: list[str] = []
    credentials = Credentials([WIKI], told.append, {"WIKI": "me:secret"})
    assert credentials.of(WIKI, "wiki.example") == Secret(login="me:secret")
    assert told == []


@pytest.mark.parametrize(
    ("environ", "problem"), [({}, "is not set"), ({"WIKI": ""}, "is not set"), ({"WIKI": "hush"}, "neither")]
)
def test_one_that_holds_none_is_told_once_and_done_without(environ: dict[str, str], problem: str) -> None:
    told: list[str] = []
    credentials = Credentials([WIKI, HostRule("b.example", credentials="WIKI")], told.append, environ)
    assert [credentials.of(WIKI, "wiki.example") for _ in range(3)] == [NONE] * 3
    (text,) = told
    assert text.startswith("The variable WIKI, which affidavit_hosts names for wiki.example, ")
    assert problem in text
    assert "hush" not in text


@pytest.mark.parametrize(("host", "secret"), [("a.example", Secret(login="me:secret")), ("b.example", NONE)])
def test_a_netrc_knows_some_hosts(netrc: dict[str, str], host: str, secret: Secret) -> None:
    told: list[str] = []
    assert Credentials([NETRC], told.append, netrc).of(NETRC, host) == secret
    assert told == []


def test_one_that_is_not_wanted_is_not_read(tmp_path: Path) -> None:
    told: list[str] = []
    Credentials([HostRule("*")], told.append, {"NETRC": str(tmp_path / "missing")})
    assert told == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "cannot be read (No such file or directory)"),
     (b"machine a.example\nlogin me passwrd hush\n", "cannot be understood in line 2"),
     (b"\xff\xfe\xff", "cannot be")],
    ids=["missing", "wrong", "no text"],
)  # fmt: skip
def test_a_netrc_of_no_use_is_told_once_and_done_without(tmp_path: Path, content: bytes | None, problem: str) -> None:
    path = tmp_path / "netrc"
    if content:
        path.write_bytes(content)
        path.chmod(0o600)
    told: list[str] = []
    credentials = Credentials([NETRC, NETRC], told.append, {"NETRC": str(path)})
    assert credentials.of(NETRC, "a.example") == NONE
    (text,) = told
    assert f"The file {path}, from which affidavit_hosts wants credentials, {problem}" in text
    assert "hush" not in text


def test_without_its_variable_it_stands_at_home(
    monkeypatch: pytest.MonkeyPatch, netrc: dict[str, str], tmp_path: Path
) -> None:
    Path(netrc["NETRC"]).rename(tmp_path / ".netrc")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert Credentials([NETRC], pytest.fail, {}).of(NETRC, "a.example") == Secret(login="me:secret")
