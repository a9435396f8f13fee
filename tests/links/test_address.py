from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affidavit.links.address import Address, Malformed, OtherScheme, read_address, usual_request, without_login

WELL_FORMED = {
    "http://example.org": "http://example.org/",
    "HTTPS://Example.ORG/Path": "https://example.org/Path",
    "http://example.org:80/": "http://example.org/",
    "https://example.org:443/": "https://example.org/",
    "http://example.org:443/": "http://example.org:443/",
    "http://example.org:/": "http://example.org/",
    "http://example.org:008080/": "http://example.org:8080/",
    "http://example.org?q=1": "http://example.org/?q=1",
    "http://example.org#here": "http://example.org/",
    "http://example.org/a%20b?c=%zz&d=[1]": "http://example.org/a%20b?c=%zz&d=[1]",
    "http://example.org/~me/(x);y=1,2@v'*!$&+": "http://example.org/~me/(x);y=1,2@v'*!$&+",
    'http://example.org/{a}|"b"<c>^`': "http://example.org/%7Ba%7D%7C%22b%22%3Cc%3E%5E%60",
    "http://me:secret@example.org/": "http://me:secret@example.org/",
    "http://me@home@example.org/": "http://me%40home@example.org/",
    "http://localhost/": "http://localhost/",
    "http://example.org./": "http://example.org./",
    "http://my_host.example.org/": "http://my_host.example.org/",
    "http://127.0.0.1:8080/": "http://127.0.0.1:8080/",
    "http://127.1/": "http://127.0.0.1/",
    "http://127.1:8080/": "http://127.0.0.1:8080/",
    "http://1.2.3/": "http://1.2.0.3/",
    "http://1.2.515/": "http://1.2.2.3/",
    "http://0x7f.1/": "http://127.0.0.1/",
    "http://0X7F.1.1.0x1/": "http://127.1.1.1/",
    "http://0x.0x.0/": "http://0.0.0.0/",
    "http://0177.0.0.1/": "http://127.0.0.1/",
    "http://010.8.8.8./": "http://8.8.8.8/",
    "http://2130706433/": "http://127.0.0.1/",
    "http://0xffffffff/": "http://255.255.255.255/",
    "http://%31%32%37.1/": "http://127.0.0.1/",
    "http://\uff11\uff12\uff17\u30021/": "http://127.0.0.1/",
    "http://ex%61mple.com/": "http://example.com/",
    "http://EXAM%50LE.org/": "http://example.org/",
    "http://b%C3%BCcher.example/": "http://xn--bcher-kva.example/",
    "http://[2001:DB8:0::1]:8080/": "http://[2001:db8::1]:8080/",
    "http://[::1]/": "http://[::1]/",
    "http://bücher.example/straße?ü=ß#ä": "http://xn--bcher-kva.example/stra%C3%9Fe?%C3%BC=%C3%9F",
    "http://BÜCHER.example/": "http://xn--bcher-kva.example/",
    "http://faß.example/": "http://xn--fa-hia.example/",
    "http://例え。テスト/": "http://xn--r8jz45g.xn--zckzah/",
    "http://☃.example/": "http://xn--n3h.example/",
    "http://example.org/می‌خواهم": "http://example.org/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85",
    f"http://{'a' * 63}.example/": f"http://{'a' * 63}.example/",
    f"http://{'a.' * 126}a/": f"http://{'a.' * 126}a/",
}

MALFORMED = {
    "": "does not begin with http",
    "www.example.org/page": "does not begin with http",
    "//example.org/page": "does not begin with http",
    "example.org:8080/page": "does not begin with http",
    "localhost:8080": "does not begin with http",
    " http://example.org/": "holds a blank",
    "http://example.org/a b": "holds a blank",
    "http://example.org/a\nb": "holds a blank",
    "http://example.org/a\u00a0b": "holds a blank",
    "http://example.org\\page": "holds a backslash",
    "http://example.org/\x00": "invisible character U+0000",
    "http://example.org/\x7f": "invisible character U+007F",
    "http://example.org/\u200b": "invisible character U+200B",
    "http://example.org/\u202egro": "invisible character U+202E",
    "http://example.org/\ud800": "invisible character U+D800",
    "http:": "names no host",
    "http:example.org": "names no host",
    "http:/example.org": "names no host",
    "http:///page": "names no host",
    "http://:80/": "names no host",
    "http://me@/": "names no host",
    "http://./": "names no host",
    "http://.example.org/": "two dots",
    "http://example..org/": "two dots",
    "http://example.org../": "two dots",
    "http://exam%2570le.org/": "character % in its host",
    "http://exam%zzple.org/": "character % in its host",
    "http://exam%2Fple.org/": "character / in its host",
    "http://exam%40ple.org/": "character @ in its host",
    "http://exam%00ple.org/": "character U+0000 in its host",
    "http://exam%FCple.org/": "percent signs in its host name that stand for no text",
    "http://%5B::1%5D/": "more than one colon",
    "http://%5B%3A%3A1%5D/": "character [ in its host",
    "http://exa<mple.org/": "character < in its host",
    "http://\uff0f.example/": "character / in its host",
    "http://\u2ff0.example/": "no host name may have",
    f"http://{'a' * 64}.example/": "more than 63",
    f"http://{'ü' * 60}.example/": "more than 63",
    f"http://{'a.' * 126}aa/": "more than 253",
    f"http://{'a' * 1000}/": "more than 253",
    f"http://{'ü.' * 120}a/": "more than 253",
    f"http://example.org/{'a' * 100_000}": "longer than 100000",
    "http://example.org:0/": "no number from 1 to 65535",
    "http://example.org:65536/": "no number from 1 to 65535",
    "http://example.org:80x/": "no number from 1 to 65535",
    "http://example.org:-1/": "no number from 1 to 65535",
    "http://example.org:\u0668\u0660/": "no number from 1 to 65535",
    f"http://example.org:{'9' * 5000}/": "no number from 1 to 65535",
    "http://2001:db8::1/": "more than one colon",
    "http://[2001:db8::1/": "brackets are not right",
    "http://[::1]x/": "brackets are not right",
    "http://[]/": "hold no IPv6 address",
    "http://[::12345]/": "hold no IPv6 address",
    "http://[127.0.0.1]/": "hold no IPv6 address",
    "http://[fe80::1%25eth0]/": "with a zone",
    "http://256.1.1.1/": "no IPv4 address",
    "http://1.2.3.4.5/": "no IPv4 address",
    "http://1.2.3.256/": "no IPv4 address",
    "http://1.2.65536/": "no IPv4 address",
    "http://1.256.3/": "no IPv4 address",
    "http://4294967296/": "no IPv4 address",
    "http://08.0.0.1/": "no IPv4 address",
    "http://1..2/": "no IPv4 address",
    "http://.1/": "no IPv4 address",
    "http://example.1/": "ends in a number, but is no IPv4 address",
    "http://example.0x1/": "ends in a number, but is no IPv4 address",
    f"http://1.{'9' * 240}/": "no IPv4 address",
}

OTHER_SCHEMES = {
    "mailto:me@example.org": "mailto",
    "ftp://example.org/": "ftp",
    "FILE:///etc/passwd": "file",
    "javascript:alert('a b')": "javascript",
    "data:text/html,<b>a b</b>": "data",
    "tel:112": "tel",
    "git+ssh://example.org/x": "git+ssh",
    "httpss://example.org/": "httpss",
}

SAME = [
    ("http://example.org", "HTTP://EXAMPLE.org:80/"),
    ("http://example.org/~me", "http://example.org/%7Eme"),
    ("http://example.org/%c3%bc", "http://example.org/ü"),
    ("http://bücher.example/", "http://xn--bcher-kva.example/"),
    ("http://example.org/#a", "http://example.org#a"),
    ("http://example.org/#", "http://example.org/"),
]

NOT_THE_SAME = [
    ("http://example.org/", "https://example.org/"),
    ("http://example.org/a", "http://example.org/A"),
    ("http://example.org/a", "http://example.org/a/"),
    ("http://example.org/a/b", "http://example.org/a%2Fb"),
    ("http://example.org/?", "http://example.org/"),
    ("http://example.org/#a", "http://example.org/#b"),
    ("http://example.org/", "http://example.org:8080/"),
]

URLS = st.from_regex(r"https?://([a-zß-ü☃0-9._%@:\[\]-]{1,20})(:[0-9]{0,6})?([/?#].{0,20})?", fullmatch=True)


def address(text: str) -> Address:
    read = read_address(text)
    assert isinstance(read, Address), read
    return read


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://me:secret@example.org/a@b", "http://***@example.org/a@b"),
        ("https://me@example.org", "https://***@example.org"),
        ("http://example.org/a@b", "http://example.org/a@b"),
        ("http://example.org?a@b", "http://example.org?a@b"),
        ("http://example.org/http://me:there@b.example/", "http://example.org/http://me:there@b.example/"),
        ("redirected to 'HTTP://me:a@b@:0/'", "redirected to 'HTTP://***@:0/'"),
        ("no URL", "no URL"),
    ],
)
def test_a_login_is_not_shown(url: str, shown: str) -> None:
    assert without_login(url) == shown


@pytest.mark.parametrize(("text", "request_url"), WELL_FORMED.items())
def test_a_well_formed_address_is_asked_in_ascii(text: str, request_url: str) -> None:
    assert address(text).request == request_url


@pytest.mark.parametrize(("text", "reason"), MALFORMED.items())
def test_a_malformed_address_says_why(text: str, reason: str) -> None:
    read = read_address(text)
    assert isinstance(read, Malformed)
    assert reason in read.reason


@pytest.mark.parametrize(("text", "scheme"), OTHER_SCHEMES.items())
def test_another_scheme_is_told_from_a_malformed_address(text: str, scheme: str) -> None:
    assert read_address(text) == OtherScheme(scheme)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_address_are_known_to_be_the_same(one: str, other: str) -> None:
    assert address(one).identity == address(other).identity


@pytest.mark.parametrize(("one", "other"), NOT_THE_SAME)
def test_addresses_that_may_differ_are_kept_apart(one: str, other: str) -> None:
    assert address(one).identity != address(other).identity


@settings(deadline=None)
@given(st.text() | URLS)
def test_no_text_makes_it_raise_and_what_is_asked_reads_as_itself(text: str) -> None:
    read = read_address(text)
    if not isinstance(read, Address):
        return
    again = address(read.request)
    assert again.request == read.request
    assert again.request.isascii()
    assert address(again.identity).identity == again.identity


def requests_of(text: str) -> tuple[str, str]:
    """Return what is asked for an address, read in both ways; what holds a fragment is not usual."""
    read = read_address(text)
    return usual_request(text), read.request if isinstance(read, Address) and "#" not in text else ""


@pytest.mark.parametrize("text", [*WELL_FORMED, *MALFORMED, *OTHER_SCHEMES, *(one for one, _ in SAME)])
def test_the_short_way_says_nothing_else(text: str) -> None:
    short, whole = requests_of(text)
    assert short in ("", whole)


@settings(deadline=None)
@given(st.text() | URLS)
def test_the_short_way_says_nothing_else_of_any_text(text: str) -> None:
    short, whole = requests_of(text)
    assert short in ("", whole)


@pytest.mark.parametrize("text", ["https://a.example/b.html?c=d", "http://Example.org:80/", "http://127.1:8080/%7Ea"])
def test_what_is_usual_takes_the_short_way(text: str) -> None:
    short, whole = requests_of(text)
    assert short == whole
