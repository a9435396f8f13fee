"""Which markup is not given to a parser."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from affidavit.links.tangle import is_tangled

MANY = 30_000

TANGLED = [
    ("depth", "<div>" * MANY),
    ("depth, of elements that nobody knows", "<x-y>" * MANY),
    ("depth, as if closed in themselves", "<path/>" * MANY),
    ("depth, behind a drawing", "<svg><p>" + "<path/>" * MANY),
    ("depth, with ends of others", "<div></span>" * MANY),
    ("formatting", "".join(f"<b a={number}><p>" for number in range(1000))),
    ("formatting, in capitals", "".join(f"<FONT a={number}></P>" for number in range(1000))),
    ("attributes", "<p " + " ".join(f"a{number}" for number in range(MANY)) + ">"),
]

USUAL = [
    ("paragraphs without ends", "<p>word<br>word" * MANY),
    ("lists without ends", "<ul>" + "<li><a name=x>word</a>" * MANY + "</ul>"),
    ("tables without ends", "<table>" + "<tr><td>word<td>word" * MANY + "</table>"),
    ("a drawing", "<svg>" + "<path d='M 0 0'/><g></g>" * MANY + "</svg>"),
    ("code in colours", "<pre>" + "<code class=a><b class=c>word</b></code>\n" * MANY + "</pre>"),
    ("an image in the page", f'<img src="data:image/png;base64,{"A" * 10**6}">'),
    ("a path with many points", f'<svg><path d="{"L 1 2 " * MANY}"/></svg>'),
    ("nothing", ""),
]


@pytest.mark.parametrize("page", [row[1] for row in TANGLED], ids=[row[0] for row in TANGLED])
def test_markup_that_exhausts_a_parser_is_known(page):
    assert is_tangled(page.encode())


@pytest.mark.parametrize("page", [row[1] for row in USUAL], ids=[row[0] for row in USUAL])
def test_large_pages_are_not_taken_for_it(page):
    assert not is_tangled(page.encode())


def test_what_passes_does_not_grow():
    page = "".join(f"<b a={number}><p>" for number in range(240))
    assert not is_tangled(page.encode())
    assert len(LexborHTMLParser(page).css("b")) < 50_000
