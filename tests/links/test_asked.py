"""What a link asks of its page, site by site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.address import Address, read_address
from affidavit.links.asked import question, united
from affidavit.links.marks import Mark, MarkKind, Question
from affidavit.links.quirk_table import QUIRKS, Asks
from affidavit.links.quirks import made_by_scripts, quirk_of

ANCHOR, RENDERED, TEXT, PAGE, LINE, WORD = (
    MarkKind.ANCHOR, MarkKind.RENDERED, MarkKind.TEXT, MarkKind.PAGE, MarkKind.LINE, MarkKind.WORD,
)  # fmt: skip

SITE = "https://docs.example.org/page.html"
FRAGMENTS = [
    ("", []),
    ("#", []),
    ("#top", []),
    ("#Top", []),
    ("#%74op", []),
    ("#install", [(ANCHOR, "install")]),
    ("#caf%C3%A9", [(ANCHOR, "caf%C3%A9")]),
    ("#café", [(ANCHOR, "caf%C3%A9")]),
    ("#n10", [(ANCHOR, "n10")]),
    ("#:~:text=some%20words", [(TEXT, "some%20words")]),
    ("#install:~:text=words", [(ANCHOR, "install"), (TEXT, "words")]),
    ("#:~:text=one&text=two", [(TEXT, "one"), (TEXT, "two")]),
    ("#:~:text=a-,start,end,-z", [(TEXT, "a-,start,end,-z")]),
    ("#:~:text=a,b,c", []),
    ("#:~:text=", []),
    ("#:~:text=-", []),
    ("#:~:selector(type=x)", []),
    ("#top:~:text=words", [(TEXT, "words")]),
    ("#page=2", [(PAGE, "2")]),
    ("#page=007", [(PAGE, "7")]),
    ("#page=2&zoom=100,0,0", [(PAGE, "2")]),
    ("#zoom=50&page=3", [(PAGE, "3")]),
    ("#page=0", [(ANCHOR, "page=0")]),
    ("#nameddest=chapter", []),
    ("#view=FitH", []),
    ("#t=30s", []),
    ("#xywh=1,2,3,4", []),
    ("#/route/of/an/app", []),
    ("#!old/route", []),
    ("#%2Froute", []),
    ("#map=15/1/2", [(ANCHOR, "map=15/1/2")]),
]


@pytest.mark.parametrize(("fragment", "marks"), FRAGMENTS)
def test_what_a_fragment_asks_of_any_site(fragment, marks):
    asked = question(SITE + fragment)
    assert asked == Question(SITE, frozenset(Mark(kind, text) for kind, text in marks))


GITHUB = "https://github.com/someone/thing"
SITES = [
    (f"{GITHUB}#install", GITHUB, [(RENDERED, "install")]),
    (f"{GITHUB}#readme", GITHUB, []),
    (f"{GITHUB}?tab=readme-ov-file#install", f"{GITHUB}?tab=readme-ov-file", [(RENDERED, "install")]),
    (f"{GITHUB}/blob/main/README.md#install", f"{GITHUB}/blob/main/README.md", [(RENDERED, "install")]),
    (f"{GITHUB}/wiki/Page#part", f"{GITHUB}/wiki/Page", [(RENDERED, "part")]),
    (f"{GITHUB}/issues/1#issuecomment-2", f"{GITHUB}/issues/1", [(ANCHOR, "issuecomment-2")]),
    (
        f"{GITHUB}/blob/main/a/b.py#L10",
        "https://raw.githubusercontent.com/someone/thing/main/a/b.py",
        [(LINE, "10")],
    ),
    (
        f"{GITHUB}/blob/main/a%20b.md?plain=1#L10-L20",
        "https://raw.githubusercontent.com/someone/thing/main/a%20b.md",
        [(LINE, "20")],
    ),
    (
        f"{GITHUB}/blame/main/b.py#L10C5-L12C7",
        "https://raw.githubusercontent.com/someone/thing/main/b.py",
        [(LINE, "12")],
    ),
    (
        "https://gitlab.com/group/sub/thing/-/blob/main/b.py#L10-20",
        "https://gitlab.com/group/sub/thing/-/raw/main/b.py",
        [(LINE, "20")],
    ),
    (
        "http://git.example.org:8080/group/thing/-/blob/main/b.py#L3",
        "http://git.example.org:8080/group/thing/-/raw/main/b.py",
        [(LINE, "3")],
    ),
    ("https://gitlab.com/group/thing#install", "https://gitlab.com/group/thing", [(RENDERED, "install")]),
    (
        "https://opendev.org/openstack/glance/src/branch/master/setup.cfg#L10",
        "https://opendev.org/openstack/glance/raw/branch/master/setup.cfg",
        [(LINE, "10")],
    ),
    (
        "https://forge.example.org/a/b/src/tag/1.0/x.py#L5-L9",
        "https://forge.example.org/a/b/raw/tag/1.0/x.py",
        [(LINE, "9")],
    ),
    ("https://codeberg.org/a/b#usage", "https://codeberg.org/a/b", [(RENDERED, "usage")]),
    (
        "https://bitbucket.org/a/b/src/main/x.py#lines-10:20",
        "https://bitbucket.org/a/b/raw/main/x.py",
        [(LINE, "20")],
    ),
    (
        "https://git.sr.ht/~a/b/tree/master/item/x.py#L10-20",
        "https://git.sr.ht/~a/b/tree/master/item/x.py",
        [(ANCHOR, "L10"), (ANCHOR, "L20")],
    ),
    (
        "https://doc.rust-lang.org/src/std/lib.rs.html#10-12",
        "https://doc.rust-lang.org/src/std/lib.rs.html",
        [(ANCHOR, "10"), (ANCHOR, "12")],
    ),
    ("https://learn.microsoft.com/a#tab/python", "https://learn.microsoft.com/a", []),
    (f"{GITHUB}/blob/main/README.md#:~:text=word", f"{GITHUB}/blob/main/README.md", [(TEXT, "word")]),
]


@pytest.mark.parametrize(("url", "page", "marks"), SITES)
def test_what_a_link_asks_of_a_site_with_quirks(url, page, marks):
    assert question(url) == Question(page, frozenset(Mark(kind, text) for kind, text in marks))


OPEN = [
    (f"{GITHUB}/issues/1#issuecomment-2", True),
    (f"{GITHUB}#install", False),
    (f"{GITHUB}/blob/main/x.py#L3", False),
    ("https://docs.google.com/document/d/1/edit#heading=h.x", True),
    ("https://some.notion.site/Page-1#abc", True),
    ("https://notion.site/#abc", True),
    ("https://not-notion.site/#abc", False),
    ("https://crates.io/crates/x#readme", True),
    ("https://stackoverflow.com/questions/1/x#123", True),
    ("https://unix.stackexchange.com/a/1#comment1_2", True),
    ("https://stackoverflow.com/help#section", False),
    (f"{SITE}#section", False),
    (f"{SITE}#map=15/1/2", True),
    (SITE, False),
    ("https://docs.google.com/document/d/1/edit", False),
    ("mailto:someone@example.org", False),
]


@pytest.mark.parametrize(("url", "is_open"), OPEN)
def test_where_scripts_may_make_what_is_missing(url, is_open):
    assert made_by_scripts(url) is is_open


def test_words_are_asked_beside_the_fragment():
    marks = {Mark(ANCHOR, "a"), Mark(WORD, "uWSGI"), Mark(WORD, "mod_wsgi")}
    assert question(f"{SITE}#a", ["uWSGI", "mod_wsgi"]) == Question(SITE, frozenset(marks))


@pytest.mark.parametrize("url", ["mailto:a@example.org", "https://", "no address"])
def test_what_is_no_web_address_is_not_asked(url):
    assert question(url) is None


def test_each_page_is_asked_for_once():
    asked = [question(f"{SITE}#b"), question("https://other.example/"), question(f"{SITE}#a")]
    once = united(each for each in asked if each)
    both = frozenset({Mark(ANCHOR, "a"), Mark(ANCHOR, "b")})
    assert once == (Question(SITE, both), Question("https://other.example/"))


def test_rows_say_where_the_file_is_if_its_lines_are_asked():
    assert [row.name for row in QUIRKS if (row.asks is Asks.LINES) != bool(row.raw)] == []
    assert [row.name for row in QUIRKS if (row.asks is Asks.LINE_IDS) != bool(row.line_id)] == []


HOSTS = st.sampled_from(["github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "git.sr.ht", "example.org"])
PATHS = st.text("abLl/-10.", max_size=12) | st.sampled_from(["a/b/blob/m/c", "a/b/-/blob/m/c", "a/b/src/branch/m/c"])


@given(host=HOSTS, path=PATHS, fragment=st.text("Llines-:10C=&page!/~,%", max_size=12))
def test_every_address_can_be_asked(host, path, fragment):
    url = f"https://{host}/{path}#{fragment}"
    asked, address = question(url), read_address(url)
    assert asked
    assert isinstance(address, Address)
    assert isinstance(read_address(asked.url), Address)
    row = quirk_of(address)
    if row and row.asks is Asks.LINES:
        assert all(mark.kind in (LINE, TEXT) for mark in asked.marks)
