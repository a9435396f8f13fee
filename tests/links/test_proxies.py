from __future__ import annotations

import pytest

from affidavit.links.address import Address, read_address
from affidavit.links.proxies import read_proxies

HTTP, HTTPS = "http://far.example/", "https://far.example/"
P, Q = "http://proxy.example:3128", "socks5h://other.example"


def proxy(url: str, environ: dict[str, str]) -> str:
    address = read_address(url)
    assert isinstance(address, Address)
    return read_proxies(environ).of(address)


@pytest.mark.parametrize(
    ("environ", "http", "https"),
    [
        ({}, "", ""),
        ({"http_proxy": P}, P, ""),
        ({"HTTP_PROXY": P}, "", ""),
        ({"https_proxy": P}, "", P),
        ({"HTTPS_PROXY": P}, "", P),
        ({"https_proxy": P, "HTTPS_PROXY": Q}, "", P),
        ({"all_proxy": P}, P, P),
        ({"ALL_PROXY": P}, P, P),
        ({"http_proxy": P, "all_proxy": Q}, P, Q),
        ({"http_proxy": "", "all_proxy": Q}, Q, Q),
        ({"ftp_proxy": P, "proxy": P}, "", ""),
    ],
)
def test_the_scheme_chooses_the_proxy(environ: dict[str, str], http: str, https: str) -> None:
    assert (proxy(HTTP, environ), proxy(HTTPS, environ)) == (http, https)


DIRECT = [
    ("*", "far.example"),
    ("far.example", "far.example"),
    ("FAR.example", "far.EXAMPLE"),
    ("far.example", "a.far.example"),
    (".far.example", "far.example"),
    (".far.example", "a.far.example"),
    ("far.example", "far.example."),
    ("x.example, far.example", "far.example"),
    ("x.example far.example", "far.example"),
    ("10.0.0.1", "10.0.0.1"),
    ("10.0.0.0/8", "10.9.9.9"),
    ("10.0.0.7/8", "10.9.9.9"),
    ("::1", "[::1]"),
    ("[::1]", "[::1]"),
    ("fd00::/8", "[fd12::1]"),
]

THROUGH = [
    ("far.example", "nearfar.example"),
    ("a.far.example", "far.example"),
    (" , ,", "far.example"),
    (".", "far.example"),
    ("10.0.0.0/8", "11.0.0.0"),
    ("10.0.0.0/8", "10.example"),
    ("10.0.0.0/8", "[fd12::1]"),
    ("0/0/0", "10.0.0.1"),
    ("far.example:80", "far.example"),
]


@pytest.mark.parametrize(("without", "host"), DIRECT)
@pytest.mark.parametrize("name", ["no_proxy", "NO_PROXY"])
def test_some_hosts_are_asked_without(name: str, without: str, host: str) -> None:
    assert proxy(f"http://{host}/", {"http_proxy": P, name: without}) == ""


@pytest.mark.parametrize(("without", "host"), THROUGH)
def test_and_no_others(without: str, host: str) -> None:
    assert proxy(f"http://{host}/", {"http_proxy": P, "no_proxy": without}) == P
