from __future__ import annotations

import pytest

from affidavit.links.address import Address, Malformed, OtherScheme, read_address
from affidavit.links.redirect import target

AT = read_address("https://example.org:8443/a/b?c#d")

LEADS_TO = {
    b"https://other.example/x": "https://other.example/x",
    b" /x ": "https://example.org:8443/x",
    b"x": "https://example.org:8443/a/x",
    b"../x": "https://example.org:8443/x",
    b"?x": "https://example.org:8443/a/b?x",
    b"//other.example": "https://other.example/",
    b"/x#y": "https://example.org:8443/x",
    b"/x y": "https://example.org:8443/x%20y",
    b"\\x\\y": "https://example.org:8443/x/y",
    b"\\\\other.example\\x": "https://other.example/x",
    "/ü".encode(): "https://example.org:8443/%C3%BC",
    "/ü".encode("latin-1"): "https://example.org:8443/%FC",
    "http://bücher.example/".encode(): "http://xn--bcher-kva.example/",
}


@pytest.mark.parametrize(("location", "url"), LEADS_TO.items())
def test_a_location_is_read_against_the_address_that_sent_it(location: bytes, url: str) -> None:
    assert isinstance(AT, Address)
    read = target(AT, location)
    assert isinstance(read, Address)
    assert read.request == url


@pytest.mark.parametrize("location", [b"mailto:a@b.example", b"ftp://example.org/", b"intent:x"])
def test_another_scheme_is_told(location: bytes) -> None:
    assert isinstance(AT, Address)
    assert isinstance(target(AT, location), OtherScheme)


@pytest.mark.parametrize("location", [b"http://[::1", b"http://a..b/", b"http://b\xfccher.example/"])
def test_what_cannot_be_asked_is_malformed(location: bytes) -> None:
    assert isinstance(AT, Address)
    assert isinstance(target(AT, location), Malformed)


def test_a_target_without_end_is_none() -> None:
    assert isinstance(AT, Address)
    assert isinstance(target(AT, b"/" + b"a" * 7000), Address)
    assert isinstance(target(AT, b"/" + b"a" * 9000), Malformed)
