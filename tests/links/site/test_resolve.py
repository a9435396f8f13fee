"""Where the addresses on pages lead, case by case and against the standard library."""

from urllib.parse import quote, unquote, urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from affidavit.links.site.resolve import (
    Above,
    Inside,
    Other,
    Outside,
    Standpoint,
    Unusable,
    home,
    resolve,
    standpoint,
    trimmed,
)

PAGE = Standpoint("guide/start.html")
HOME = home("https://docs.example.org/proj/")

NOWHERE = [
    ("", Inside("guide/start.html")),
    ("?q=1", Inside("guide/start.html")),
    ("next.html", Inside("guide/next.html")),
    ("./next.html?q=a/b", Inside("guide/next.html")),
    ("../index.html", Inside("index.html")),
    ("..", Inside("")),
    (".", Inside("guide/")),
    ("sub/", Inside("guide/sub/")),
    ("sub/..", Inside("guide/")),
    ("/", Inside("")),
    ("/a/b.html", Inside("a/b.html")),
    ("/../../a.html", Inside("a.html")),
    ("a//b.html", Inside("guide/a/b.html")),
    ("a%20b.html", Inside("guide/a b.html")),
    ("a b.html", Inside("guide/a b.html")),
    ("a%23b%3Fc%25.html", Inside("guide/a#b?c%.html")),
    ("%7Ea%2Eb.html", Inside("guide/~a.b.html")),
    ("%2e%2E/a.html", Inside("a.html")),
    ("%zz.html", Inside("guide/%zz.html")),
    ("h%C3%B6he.html", Inside("guide/höhe.html")),
    ("höhe.html", Inside("guide/höhe.html")),
    ("h%F6he.html", Inside("guide/h\udcf6he.html")),
    ("img\\logo.png", Inside("guide/img/logo.png")),
    ("\\a.html", Inside("a.html")),
    ("../../other/", Above()),
    ("../../guide/next.html", Above()),
    ("x/../../../y.html", Above()),
    ("https://example.org/a", Outside("https://example.org/a")),
    ("HTTPS://example.org/a b", Outside("https://example.org/a%20b")),
    ("//example.org/a", Outside("https://example.org/a")),
    ("\\\\example.org\\a", Outside("https://example.org/a")),
    ("http:///example.org?q=a\\b", Outside("http://example.org?q=a\\b")),
    ("https://docs.example.org/proj/a.html", Outside("https://docs.example.org/proj/a.html")),
    ("http:a.html", Unusable("names no host")),
    ("https:", Unusable("names no host")),
    ("file:///etc/passwd", Unusable("leads to a file on the machine of whoever opens it")),
    ("C:\\docs\\a.html", Unusable("leads to a file on the machine of whoever opens it")),
    ("localhost:8000/a", Unusable("does not begin with http:// or https://")),
    ("example.org:80", Unusable("does not begin with http:// or https://")),
    ("mailto:a@example.org", Other()),
    ("tel:+123", Other()),
    ("JavaScript:void(0)", Other()),
    ("data:image/png;base64,AAAA", Other()),
    ("1a:b.html", Inside("guide/1a:b.html")),
]


@pytest.mark.parametrize(("address", "target"), NOWHERE)
def test_where_an_address_leads_of_a_site_that_is_published_who_knows_where(address, target):
    assert resolve(address, PAGE, None) == target


KNOWN = [
    ("next.html", Inside("guide/next.html")),
    ("", Inside("guide/start.html")),
    ("../../other/a b.html?q", Outside("https://docs.example.org/other/a%20b.html?q")),
    ("../../../../proj/a.html", Inside("a.html")),
    ("/proj/a.html", Inside("a.html")),
    ("/proj/", Inside("")),
    ("/proj", Inside("")),
    ("/project/a.html", Outside("https://docs.example.org/project/a.html")),
    ("/a.html", Outside("https://docs.example.org/a.html")),
    ("/", Outside("https://docs.example.org/")),
    ("https://docs.example.org/proj/a%20b.html?q", Inside("a b.html")),
    ("https://DOCS.example.org/proj/../other/", Outside("https://DOCS.example.org/proj/../other/")),
    ("HTTPS://DOCS.example.org/proj/a.html", Inside("a.html")),
    ("https://docs.example.org", Outside("https://docs.example.org")),
    ("http://docs.example.org/proj/a.html", Outside("http://docs.example.org/proj/a.html")),
    ("//docs.example.org/proj/a.html", Inside("a.html")),
    ("https://docs.example.org.evil.example/proj/", Outside("https://docs.example.org.evil.example/proj/")),
]


@pytest.mark.parametrize(("address", "target"), KNOWN)
def test_where_an_address_leads_of_a_site_whose_place_was_given(address, target):
    assert resolve(address, PAGE, HOME) == target


HINTED = [
    ("next.html", Inside("guide/next.html")),
    ("/proj/a.html", Inside("a.html")),
    ("/a.html", Inside("a.html", "https://docs.example.org/a.html")),
    ("../../other/", Outside("https://docs.example.org/other/")),
    ("https://docs.example.org/proj/a.html", Inside("a.html", "https://docs.example.org/proj/a.html")),
]


@pytest.mark.parametrize(("address", "target"), HINTED)
def test_a_hint_at_the_place_alone_makes_nothing_broken_that_may_be_elsewhere(address, target):
    assert resolve(address, PAGE, type(HOME)(HOME.origin, HOME.folders, certain=False)) == target


BASES = [
    ("", Standpoint("guide/start.html")),
    ("../", Standpoint("")),
    ("/x/y.html#z", Standpoint("x/y.html")),
    (" sub/\n", Standpoint("guide/sub/")),
    ("https://example.org/a/", Standpoint("guide/start.html", "https://example.org/a/")),
    ("mailto:a@example.org", Standpoint("guide/start.html")),
    ("../../..", Standpoint("guide/start.html")),
]


@pytest.mark.parametrize(("base", "stand"), BASES)
def test_what_relative_addresses_are_relative_to(base, stand):
    assert standpoint("guide/start.html", base, None) == stand


def test_a_base_elsewhere_leads_all_relative_addresses_there():
    stand = standpoint("a.html", "https://example.org/a/b", None)
    assert resolve("../c.html", stand, None) == Outside("https://example.org/c.html")
    assert resolve("", stand, None) == Outside("https://example.org/a/b")


def test_a_base_that_is_the_place_of_the_site_stays_inside():
    stand = standpoint("guide/a.html", "https://docs.example.org/proj/", HOME)
    assert resolve("b.html", stand, HOME) == Inside("b.html")


@pytest.mark.parametrize("url", ["docs.example.org", "ftp://example.org/", "https://", "https://[::1/", "/proj/"])
def test_a_place_that_is_none_is_refused(url):
    with pytest.raises(ValueError, match=r"\S"):
        home(url)


def test_blanks_and_line_breaks_are_dropped_as_browsers_do():
    assert trimmed("\n a\tb\r\n c.html \x00") == "ab c.html"


SEGMENT = st.one_of(st.sampled_from([".", "..", "a", "b.html", "%20", "ü", "a b", "x:y", "~", "%2E"]), st.just(""))
PATHS = st.lists(SEGMENT, min_size=1, max_size=8).map("/".join)


@given(PATHS, st.sampled_from(["a.html", "x/y.html", "x/y/z/"]))
@example("..", "x/y.html")
def test_a_path_leads_where_the_standard_library_says(path, page):
    if "//" in path or path.startswith("/") or ":" in path.partition("/")[0]:
        return  # two slashes count as one here; a host and a scheme are other cases
    target = resolve(path, Standpoint(page), HOME)
    settled = path.replace("%2E", ".")
    expected = urljoin(f"https://docs.example.org/proj/{page}", quote(settled, safe="/%:~"))
    inside = expected.removeprefix("https://docs.example.org/proj/") if "org/proj/" in expected else None
    match target:
        case Inside(found):
            assert found == (unquote(inside) if inside is not None else "")
        case Outside(url):
            assert unquote(url) == unquote(expected)
        case _:
            pytest.fail(f"{target}")


@given(st.text(), st.text(), st.sampled_from([None, HOME]))
@example("//[", "", HOME)
@example("https://[::1", "//[", HOME)
@example("a", "https://[::1", HOME)
@example("\ud800/%41", "\ud800", HOME)
def test_no_text_makes_it_raise(address, base, site):
    resolve(trimmed(address), standpoint("a/b.html", base, site), site)


@given(st.text())
def test_no_text_makes_it_raise_below_a_base_elsewhere(address):
    resolve(trimmed(address), Standpoint("a.html", "https://example.org/a"), None)
