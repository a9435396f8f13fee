from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from affidavit.links.address import Address, read_address
from affidavit.links.cache import CachedProbe, Progress
from affidavit.links.engine import engine
from affidavit.links.manner import USUAL
from affidavit.links.probe import CurlProbe
from affidavit.model.settings import Allowed, HostRule, Settings


class Told(Progress):
    """Takes note of what is told."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def told(self, text: str) -> None:
        self.texts.append(text)


def address(url: str) -> Address:
    read = read_address(url)
    assert isinstance(read, Address)
    return read


def made(settings: Settings, folder: Path, progress: Progress | None = None, **more: Any) -> CachedProbe:
    probe = engine(settings, folder, version="1.2.3", progress=progress or Progress(), **more)
    assert isinstance(probe, CachedProbe)
    return probe


def asker(settings: Settings, folder: Path, progress: Progress | None = None, **more: Any) -> CurlProbe:
    probe = made(settings, folder, progress, **more).inner
    assert isinstance(probe, CurlProbe)
    return probe


def test_it_is_told_apart_by_its_name(tmp_path: Path) -> None:
    assert asker(Settings(), tmp_path).user_agent == "Affidavit/1.2.3"
    assert asker(Settings(user_agent="Ours/1"), tmp_path).user_agent == "Ours/1"


def test_as_many_are_asked_at_once_as_somebody_wants(tmp_path: Path) -> None:
    assert asker(Settings(), tmp_path).in_all == CurlProbe(user_agent="x").in_all
    assert asker(Settings(), tmp_path, in_all=3).in_all == 3


def test_paths_are_relative_to_the_folder(tmp_path: Path) -> None:
    probe = made(Settings(ca_file="ca.pem", cache="kept"), tmp_path)
    assert probe.store
    assert probe.store.folder == tmp_path / "kept"
    assert asker(Settings(ca_file="ca.pem"), tmp_path).ca_file == tmp_path / "ca.pem"


def test_a_host_may_have_authorities_of_its_own(tmp_path: Path) -> None:
    files = (("a.example", "a.pem"), ("b.example:8443", "b.pem"))
    manners = asker(Settings(ca_files=files, hosts=(HostRule("a.example", timeout=3),)), tmp_path).manners
    own = manners(address("https://a.example/page"))
    assert (own.authorities, own.timeout) == (tmp_path / "a.pem", 3)
    assert manners(address("https://b.example:8443/")).authorities == tmp_path / "b.pem"
    assert manners(address("https://b.example/")) is USUAL


@pytest.mark.parametrize("cache", [None, ""])
def test_there_may_be_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str | None) -> None:
    monkeypatch.setenv("AFFIDAVIT_CACHE", "")
    assert made(Settings(cache=cache), tmp_path).store is None


def test_what_may_be_asked_is_what_the_settings_say(tmp_path: Path) -> None:
    allowed = Allowed(networks=(ip_network("10.0.0.0/8"),))
    assert asker(Settings(allowed=allowed), tmp_path).allowed == allowed


def test_hosts_are_asked_as_their_rules_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIKI_LOGIN", "me:secret")
    rule = HostRule("wiki.example", credentials="WIKI_LOGIN", pace=2)
    told = Told()
    manners = asker(Settings(hosts=(rule,)), tmp_path, told).manners
    manner = manners(address("https://wiki.example/page"))
    assert (manner.login, manner.pace) == ("me:secret", 2)
    assert manners(address("https://other.example/")) is USUAL
    assert told.texts == []


def test_credentials_that_are_missing_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIKI_LOGIN", raising=False)
    told = Told()
    probe = asker(Settings(hosts=(HostRule("wiki.example", credentials="WIKI_LOGIN"),)), tmp_path, told)
    assert probe.manners(address("https://wiki.example/")).login == ""
    (text,) = told.texts
    assert "WIKI_LOGIN" in text


def test_what_was_seen_is_kept_apart_by_what_may_be_asked_and_as_whom(tmp_path: Path) -> None:
    rule, other = HostRule("docs.example", credentials="TOKEN"), HostRule("docs.example", pace=1)
    settings = (
        Settings(cache="kept"),
        Settings(cache="kept", allowed=Allowed(hosts=("docs.example",))),
        Settings(cache="kept", hosts=(rule,)),
        Settings(cache="kept", hosts=(HostRule("wiki.example", credentials="TOKEN"),)),
    )
    stores = [made(each, tmp_path).store for each in settings]
    assert len({store.manner for store in stores if store}) == len(settings)
    same = made(Settings(cache="kept", hosts=(other,)), tmp_path).store
    assert same == stores[0]
