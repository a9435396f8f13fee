"""Every page against WCAG 2.2 A and AA with axe-core, in light and dark, and the cards with the keyboard alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
BEST_PRACTICE = "best-practice"

# What axe-core advises beyond WCAG and furo does not follow: rule, start of the element, and page ("" is any).
THEME_EXCEPTIONS = {
    ("region", '<span class="visually-hidden">View this page<', ""),  # the link to the source stands in no landmark
    ("landmark-unique", '<aside class="sidebar-drawer">', ""),  # two sidebars, neither of which has a name
    ("page-has-heading-one", "<html", "search.html"),  # the heading of the search page is of the second level
}

# What is folded or in a tab that is not chosen is checked too.
REVEAL = """
for (const fold of document.querySelectorAll("details")) fold.open = true;
for (const panel of document.querySelectorAll(".sphinx-tabs-panel")) panel.hidden = false;
"""


def violations(page):
    """Return what axe-core finds on the page that is open: the rule, whether it is one of WCAG, and the element."""
    page.evaluate(REVEAL)
    found = Axe().run(page, options={"runOnly": [*WCAG, BEST_PRACTICE], "resultTypes": ["violations"]})
    return [
        (each["id"], not set(WCAG).isdisjoint(each["tags"]), node["html"])
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


def excepted(path, rule, element):
    """Return the exceptions that fit a violation."""
    return {
        each for each in THEME_EXCEPTIONS if each[0] == rule and element.startswith(each[1]) and each[2] in ("", path)
    }


@pytest.fixture(scope="session", params=["light", "dark"])
def scheme(request):
    return request.param


def walk(page, site):
    """Open each page of the site in the tab; give its path."""
    for path in site.pages:
        page.goto(f"{site.url}/{path}")
        yield path


def test_no_page_breaks_a_rule(site, new_page, scheme):
    page = new_page(scheme=scheme)
    found = [(path, *each) for path in walk(page, site) for each in violations(page)]
    assert [each for each in found if each[2] or not excepted(each[0], each[1], each[3])] == []
    assert set().union(*(excepted(path, rule, element) for path, rule, _, element in found)) == THEME_EXCEPTIONS


BREACHES = [
    ("image-alt", "<img src='data:,'>"),
    ("color-contrast", "<p style='color: #999; background: #aaa'>Hard to read</p>"),
    ("color-contrast", "<details><summary>More</summary><p style='color: #999; background: #aaa'>Folded</p></details>"),
    ("color-contrast", "<div class='sphinx-tabs-panel' hidden><p style='color: #999; background: #aaa'>Tab</p></div>"),
    ("target-size", "<a href='#a' style='font-size: 4px'>a</a><br><a href='#b' style='font-size: 4px'>b</a>"),
    ("html-has-lang", ""),
]


@pytest.mark.parametrize(("rule", "body"), BREACHES)
def test_a_breach_of_wcag_is_seen(new_page, rule, body):
    page = new_page()
    lang = "" if rule == "html-has-lang" else " lang='en'"
    page.set_content(f"<!doctype html><html{lang}><title>Page</title><body><main><h1>Page</h1>{body}</main>")
    assert {found for found, wcag, _ in violations(page) if wcag} == {rule}
