"""What may be meant by what is missing, and where a site is published by what its pages say."""

import pytest

from affidavit.links.site import near
from affidavit.links.site.anchors import has_anchor
from affidavit.links.site.near import Nearest
from affidavit.links.site.publication import hinted_home
from affidavit.links.site.resolve import Home

FILES = [
    "index.html",
    "guide/Start.html",
    "guide/install.html",
    "api/unique.html",
    "a/same.html",
    "b/same.html",
    "h\u00f6he.html",
]

MEANT = [
    ("guide/start.html", "guide/Start.html"),
    ("GUIDE/START.HTML", "guide/Start.html"),
    ("guide/unique.html", "api/unique.html"),
    ("guide/instal.html", "guide/install.html"),
    ("guide/same.html", ""),
    ("ho\u0308he.html", "h\u00f6he.html"),
    ("guide/else.html", ""),
    ("nowhere/at/all", ""),
]


@pytest.mark.parametrize(("path", "meant"), MEANT)
def test_the_file_that_may_be_meant(path, meant):
    nearest = Nearest(FILES)
    assert nearest.file(path) == nearest.file(path) == meant


ANCHORS = [
    ("Install", ("install",)),
    ("known-isues", ("known-issues", "known-issues-1")),
    ("ho\u0308he", ("h\u00f6he",)),
    ("zzz", ()),
]


@pytest.mark.parametrize(("fragment", "meant"), ANCHORS)
def test_the_anchors_that_may_be_meant(fragment, meant):
    anchors = ("install", "known-issues", "known-issues-1", "h\u00f6he")
    assert Nearest([]).anchors("a.html", fragment, anchors) == meant


def test_a_site_full_of_faults_is_not_compared_for_ever(monkeypatch):
    monkeypatch.setattr(near, "_MOST_COMPARED", 3)
    nearest = Nearest([])
    assert nearest.anchors("a.html", "instal", ("install", "x", "y")) == ("install",)
    assert nearest.anchors("b.html", "instal", ("install", "x", "y")) == ()
    assert nearest.anchors("b.html", "INSTALL", ("install", "x", "y")) == ("install",)


FRAGMENTS = [
    ("", True),
    ("one", True),
    ("one ", True),
    ("One", False),
    ("%C3%BC", True),
    ("ü", True),
    ("drei%20x", True),
    ("drei x", False),
    ("TOP", True),
    ("%74op", True),
    (":~:text=x", True),
    ("one:~:text=x", True),
    ("two:~:text=x", False),
    ("%ff", False),
]


@pytest.mark.parametrize(("fragment", "there"), FRAGMENTS)
def test_whether_an_anchor_is_there(fragment, there):
    assert has_anchor(fragment, {"one", "ü", "drei%20x"}) is there


BASE = "https://docs.example.org/en/latest/"

PLACES = [
    ([("index.html", BASE), ("a/b.html", f"{BASE}a/b.html")], BASE),
    ([("a/index.html", f"{BASE}a/"), ("a/b.html", f"{BASE}a/b")], BASE),
    ([("a/index.html", f"{BASE}a")], BASE),
    ([("a b/c.html", f"{BASE}a%20b/c.html")], BASE),
    ([("404.html", ""), ("a.html", f"{BASE}a.html")], BASE),
    ([("a.html", f"{BASE}a.html"), ("b.html", "https://elsewhere.example/b.html"), ("c.html", f"{BASE}c.html")], BASE),
    ([("a.html", f"{BASE}a.html"), ("b.html", "https://elsewhere.example/b.html")], ""),
    ([("a.html", f"{BASE}b.html")], ""),
    ([("a.html", "a.html")], ""),
    ([("a.html", "/en/a.html")], ""),
    ([("a.html", "https://[::1/a.html")], ""),
    ([("a.html", "")], ""),
    ([], ""),
]


@pytest.mark.parametrize(("pages", "place"), PLACES)
def test_the_place_that_most_pages_agree_on(pages, place):
    expected = Home("https://docs.example.org", ("en", "latest"), certain=False) if place else None
    assert hinted_home(pages) == expected
