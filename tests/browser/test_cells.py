"""The matrix and cards with what runs showed: at a glance, by click, in light and dark, narrow, without scripts."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.test_accessibility import WCAG
from tests.browser.test_other_themes import Quiet

CONF = """
extensions = ["affidavit"]
html_theme = "{theme}"
language = "en"
project = "T"
affidavit_releases = ["1.0", "2.0"]
affidavit_release = "2.0"
affidavit_environments = {{"old": {{"release": "1.0"}}, "new": {{"release": "2.0"}}}}
"""
PAGE = """
Home
====

.. deployment-matrix::

.. deployment-feature:: send
   :title: Sending

.. deployment-feature:: stop
   :title: Stopping

Proxy
-----

.. deployment-method:: proxy
   :title: A proxy

   .. stage:: 1.0
      :status: broken

   .. stage:: 2.0..
      :status: discouraged

      .. fails:: send
         :symptom: ``too large``

Examples
--------

.. example:: proxied
   :setup-for: proxy
   :variant: as packaged
   :environments: old, new

   .. console::

      $ echo "too large" > answer

.. example:: sending
   :probe: send

   .. console::

      $ cat answer
      created

.. example:: stopping
   :probe: stop

   .. console::

      $ rm answer

.. statement:: sends
   :source: Somebody
   :releases: 1.0..2.0
   :method: proxy
   :features: send
   :contradicted: 1.0..2.0

   What a client sends is created.

.. statement:: stops
   :method: proxy
   :features: stop

   It stops.

.. statement:: better
   :source: Somebody
   :untestable: a matter of taste

   It is better.

.. statement-list::

.. statement-list::
   :class: stacked

.. example:: painted

   .. console::

      $ for ground in 0 {grounds}; do for front in 0 7 2 {fronts}; do printf '\\033[0;%d;%dm%d on %d\\033[0m\\n' \\
      > $ground $front $front $ground; done; done
"""
COLOURS = {
    "grounds": " ".join(map(str, (*range(40, 48), *range(100, 108)))),
    "fronts": " ".join(map(str, (*range(30, 38), *range(90, 98)))),
}
UNFOLD = "for (const fold of document.querySelectorAll('details')) { fold.removeAttribute('name'); fold.open = true }"


@pytest.fixture(scope="session", params=["furo", "alabaster"])
def url(request, tmp_path_factory):
    """Serve, in two themes, a page with a card that was tried in two releases."""
    folder = tmp_path_factory.mktemp("cells")
    (folder / "conf.py").write_text(CONF.format(theme=request.param), encoding="utf-8")
    (folder / "index.rst").write_text(PAGE.format(**COLOURS), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "affidavit", "run", folder, "--record"], check=True)
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", folder, folder / "out"], check=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder / "out")) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1100])
def test_no_rule_is_broken_where_all_is_unfolded(url, new_page, scheme, width):
    page = new_page(scheme=scheme, width=width)
    page.goto(url)
    page.evaluate(UNFOLD)
    options = {"runOnly": list(WCAG), "resultTypes": ["violations"]}
    drawn = ("release", "legend", "card", "proof", "statement", "statements")
    context = ", ".join(f".affidavit-{each}" for each in drawn)
    found = Axe().run(page, context=context, options=options)
    assert [(each["id"], node["html"]) for each in found.response["violations"] for node in each["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scripts", [True, False])
def test_a_cell_is_one_click_from_what_the_run_saw(url, new_page, scripts):
    page = new_page(scripts=scripts)
    page.goto(url)
    seen = page.locator("[id='run.proxied.sending.new']")
    assert not seen.is_visible()
    page.locator(".affidavit-release >> nth=0").get_by_role("link", name="fails").click()
    seen.wait_for(state="visible")
    assert "too large" in seen.inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_releases_are_chosen_without_a_new_page(url, new_page, scripts):
    page = new_page(scripts=scripts)
    page.goto(url)
    tables = page.locator(".affidavit-release table")
    assert [tables.nth(at).is_visible() for at in range(2)] == [True, False]
    page.locator(".affidavit-release > summary", has_text="1.0").press("Enter")
    tables.nth(1).wait_for(state="visible")
    assert not tables.nth(0).is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_statement_unfolds_to_its_runs(url, new_page, scripts):
    page = new_page(scripts=scripts)
    page.goto(url)
    statement = page.locator(".affidavit-statement", has_text="What a client sends")
    run = statement.get_by_role("link", name="Sending: fails").last
    assert not run.is_visible()
    statement.locator("summary").press("Enter")
    run.click()
    seen = page.locator("[id='run.proxied.sending.new']")
    seen.wait_for(state="visible")
    assert "too large" in seen.inner_text()


def test_verdicts_differ_by_word_and_shape(url, new_page):
    page = new_page()
    page.goto(url)
    lines = page.locator(".affidavit-statements >> nth=0").locator("tbody tr td:nth-child(4)")
    told = [(line.inner_text().partition(":")[0], line.locator("svg").inner_html()) for line in lines.all()]
    assert [word.strip() for word, _ in told] == ["Contradicted", "Borne out", "Cannot be tested"]
    assert len({shape for _, shape in told}) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_stacked_list_of_statements_needs_not_scroll(url, new_page, scheme):
    page = new_page(width=320, scheme=scheme)
    page.goto(url)
    plain, stacked = page.locator(".affidavit-scroll", has=page.locator(".affidavit-statements")).all()
    wider = "each => each.scrollWidth > each.clientWidth"
    assert (plain.evaluate(wider), stacked.evaluate(wider)) == (True, False)
    assert stacked.locator("tbody th").first.bounding_box()["width"] > 200


def test_cells_differ_by_word_and_shape_and_tone(url, new_page):
    page = new_page()
    page.goto(url)
    drawn = {}
    for word in ("works", "fails"):
        cell = page.locator(".affidavit-release >> nth=0").locator("td", has_text=word).first
        tone = cell.evaluate("cell => getComputedStyle(cell).boxShadow")
        drawn[word] = (cell.locator("svg").inner_html(), tone)
    assert drawn["works"][0] != drawn["fails"][0]
    assert drawn["works"][1] != drawn["fails"][1]


def test_all_releases_stand_in_print(url, new_page):
    page = new_page(media="print")
    page.goto(url)
    visible = "all => all.map(each => each.checkVisibility())"
    assert page.locator(".affidavit-release table").evaluate_all(visible) == [True, True]
    assert page.locator(".affidavit-borne li").evaluate_all(visible) == [True] * 4
