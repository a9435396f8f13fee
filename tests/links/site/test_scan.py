"""Pages are read whatever they are written in, by one process or by several."""

import codecs
import os
import signal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from affidavit.links.site import scan as scanning
from affidavit.links.site.page import Page, Unread
from affidavit.links.site.scan import read_pages, scan
from affidavit.model.errors import AffidavitError

ENCODED = [
    (b'<a href="h\xc3\xb6he.html">', "höhe.html"),
    (b'\xef\xbb\xbf<a href="h\xc3\xb6he.html">', "höhe.html"),
    (b'<meta charset="ISO-8859-1"><a href="h\xf6he.html">', "höhe.html"),
    (b'<meta http-equiv="content-type" content="text/html; charset=windows-1251"><a href="\xe9.html">', "й.html"),
    (b'<?xml version="1.0" encoding="iso-8859-15"?><a href="\xa4.html">', "€.html"),
    ('<a href="höhe.html">'.encode("utf-16"), "höhe.html"),
    (codecs.BOM_UTF16_BE + '<a href="höhe.html">'.encode("utf-16-be"), "höhe.html"),
    (b'<meta charset="no-such"><a href="h\xc3\xb6he.html">', "höhe.html"),
    (b'<meta charset="base64"><a href="h\xc3\xb6he.html">', "höhe.html"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "address"), ENCODED)
def test_a_page_is_read_in_the_encoding_that_it_declares(tmp_path, data, address):
    (tmp_path / "a.html").write_bytes(data)
    (page,) = read_pages(str(tmp_path), [("a.html", len(data))])
    assert isinstance(page, Page)
    assert page.markup.inside == (address,)


@given(data=st.binary())
@example(b"<meta charset=utf-7>+ADw-a href=x+AD4-\xff")
@example(b"<meta charset=idna>\xff")
@example(b"\xff\xfe<")
def test_no_bytes_make_reading_raise(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    (folder / "bytes.html").write_bytes(data)
    assert len(read_pages(str(folder), [("bytes.html", len(data))])) <= 1


def test_lines_of_addresses_that_name_a_host_are_known_at_once(tmp_path):
    (tmp_path / "a.html").write_text("<a href=b>\n<a href='//x.example'>\n<a href='//x.example'>")
    (page,) = read_pages(str(tmp_path), [("a.html", 60)])
    assert isinstance(page, Page)
    assert page.absolute == {"//x.example": (2, 3)}


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "LARGEST", 10)
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "good.html").write_text("<p id=a>")
    (tmp_path / "large.html").write_text("<p id=abc>")
    read = read_pages(str(tmp_path), [("folder.html", 0), ("gone.html", 0), ("good.html", 8), ("large.html", 11)])
    assert [each.path for each in read] == ["folder.html", "gone.html", "good.html", "large.html"]
    assert [each.reason for each in read if isinstance(each, Unread)] == [
        "Is a directory",
        "No such file or directory",
        "it is larger than 0 MiB",
    ]


def test_templates_are_no_pages(tmp_path):
    (tmp_path / "a.html").write_text("{% block x %}<a href='{{ x }}'>")
    assert read_pages(str(tmp_path), [("a.html", 10)]) == []


@pytest.fixture
def pages(tmp_path):
    """Return more pages than one chunk holds."""
    for number in range(40):
        (tmp_path / f"{number:02}.html").write_text(f"<p id={number}><a href={number}.html><a href=//{number}.example>")
    return [(f"{number:02}.html", 2**17) for number in range(40)]


def test_several_processes_read_the_same_in_the_same_order(tmp_path, pages, monkeypatch):
    monkeypatch.setattr(scanning, "_processors", lambda: 2)
    alone = scan(str(tmp_path), pages, 1)
    started = []
    pool = getattr(scanning, "_pool")  # noqa: B009 -- a private name, by which a test sees what is started

    def start(number):
        started.append(number)
        return pool(number)

    monkeypatch.setattr(scanning, "_pool", start)
    assert scan(str(tmp_path), pages, 8) == alone == read_pages(str(tmp_path), pages)
    assert started == [2]
    assert [each.path for each in alone] == [path for path, _ in pages]
    assert all(isinstance(each, Page) for each in alone)


def test_few_pages_start_no_process(tmp_path, pages, monkeypatch):
    monkeypatch.setattr(scanning, "_processors", lambda: 2)
    monkeypatch.setattr(scanning, "_pool", lambda _: pytest.fail("a process was started"))
    assert len(scan(str(tmp_path), [(path, 100) for path, _ in pages])) == 40


def _die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_killed_is_told(tmp_path, pages, monkeypatch):
    monkeypatch.setattr(scanning, "_processors", lambda: 2)
    monkeypatch.setattr(scanning, "decoded", _die)
    for path, _ in pages:
        (tmp_path / path).write_text("ü")
    with pytest.raises(AffidavitError, match="--jobs 1"):
        scan(str(tmp_path), pages)
