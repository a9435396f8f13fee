from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affidavit.links.head import Head, read_head
from affidavit.links.retry_after import seconds_of

NOON = 1795348800.0
"""2026-11-22 12:00:00 GMT"""
NOON_DATE = b"Sun, 22 Nov 2026 12:00:00 GMT"


def head(*lines: str, status: str = "HTTP/1.1 200 OK") -> Head:
    return read_head([f"{line}\r\n".encode("latin-1") for line in (status, *lines, "")], NOON)


@pytest.mark.parametrize(
    ("line", "media", "charset"),
    [("Content-Type: text/html", "text/html", ""),
     ("content-type:Text/HTML;Charset=UTF-8", "text/html", "utf-8"),
     ('Content-Type: text/html; a=b; charset="ISO-8859-1"', "text/html", "iso-8859-1"),
     ("Content-Type: text/html; charset = 'x' ; y", "text/html", "x"),
     ("Content-Type: charset=x", "charset=x", ""),
     ("Content-Type:", "", ""),
     ("Content-Type: caf\xe9/\xff; charset=\xe9", "caf\xe9/\xff", "\xe9"),
     ("X: y", "", "")],
)  # fmt: skip
def test_the_type_of_a_page_is_read(line: str, media: str, charset: str) -> None:
    read = head(line)
    assert (read.media, read.charset) == (media, charset)


@pytest.mark.parametrize(
    ("line", "length"),
    [("Content-Length: 12", 12), ("Content-Length: 0", 0), ("Content-Length: -1", -1), ("Content-Length: a", -1),
     (f"Content-Length: {10**30}", -1), ("X: y", -1)],
)  # fmt: skip
def test_the_length_of_a_body_is_read(line: str, length: int) -> None:
    assert head(line).length == length


@pytest.mark.parametrize(
    ("status", "expected"),
    [("HTTP/1.1 404 Not Found", 404), ("HTTP/2 301", 301), ("HTTP/1.0 999", 999), ("HTTP/1.1", 0), ("HTTP/1.1 x", 0)],
)
def test_the_status_is_read(status: str, expected: int) -> None:
    assert head(status=status).status == expected


def test_the_last_head_counts_alone() -> None:
    lines = ["HTTP/1.1 103 Early", "Location: /a", "Content-Type: text/plain", "", "HTTP/2 302", "location: /b", ""]
    read = read_head([f"{line}\r\n".encode() for line in lines], NOON)
    assert read == Head(302, location=b"/b", shares=True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_status_and_a_place_make_a_redirect(status: int) -> None:
    assert head("Location: /", status=f"HTTP/1.1 {status} X").redirects
    assert not head(status=f"HTTP/1.1 {status} X").redirects


@pytest.mark.parametrize("status", [200, 201, 300, 304, 305, 404])
def test_others_do_not(status: int) -> None:
    assert not head("Location: /", status=f"HTTP/1.1 {status} X").redirects


def test_hints_are_kept_in_lower_case_and_short() -> None:
    lines = ["X-DataDome: Protected", "CF-Mitigated: Challenge", f"Server: {'N' * 200}", "X: y"]
    hints = head(*lines, status="HTTP/1.1 403 X").hints
    assert hints[0] == "cf-mitigated: challenge"
    assert hints[1] == f"server: {'n' * 72}"
    assert hints[2:] == ("x-datadome: protected",)


def test_who_serves_a_good_page_is_nobodys_business() -> None:
    assert head("Server: nginx", "CF-Mitigated: challenge").hints == ("cf-mitigated: challenge",)


@pytest.mark.parametrize(("status", "seconds"), [(429, 9), (503, 9), (403, 9), (200, 0), (302, 0)])
def test_only_an_error_says_when_to_come_back(status: int, seconds: int) -> None:
    assert head("Retry-After: 9", status=f"HTTP/1.1 {status} X").retry_after == seconds


@settings(deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=12))
def test_no_head_makes_it_fail(lines: list[bytes]) -> None:
    read_head(lines, NOON)


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [(b"120", b"", 120), (b" 7 ", b"", 7), (b"0", b"", 0), (b"-1", b"", 0), (b"1.5", b"", 0), (b"", b"", 0),
     (b"soon", b"", 0), (b"9" * 400, b"", 10**9),
     (b"Sun, 22 Nov 2026 12:02:00 GMT", b"", 120),
     (b"Sunday, 22-Nov-26 12:02:00 GMT", b"", 120),
     (b"Sun Nov 22 12:02:00 2026", b"", 120),
     (b"Sun, 22 Nov 2026 12:02:00 GMT", b"Sun, 22 Nov 2026 12:01:30 GMT", 30),
     (b"Sun, 22 Nov 2026 12:02:00 GMT", b"no date", 120),
     (b"Sun, 22 Nov 2026 11:00:00 GMT", NOON_DATE, 0),
     (b"Wed, 01 Jan 9999 00:00:00 GMT", NOON_DATE, 10**9),
     (b"Sun, 99 Nov 2026 12:02:00 GMT", b"", 0),
     (b"\xff\xfe", b"\xff", 0)],
)  # fmt: skip
def test_the_time_to_come_back_is_read(value: bytes, date: bytes, seconds: int) -> None:
    assert seconds_of(value, date, NOON) == seconds


@settings(deadline=None)
@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_value_makes_it_fail(value: bytes, date: bytes) -> None:
    assert 0 <= seconds_of(value, date, NOON) <= 10**9
