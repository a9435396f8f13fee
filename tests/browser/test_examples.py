"""Examples with what a run of them saw: in light and dark, on narrow screens, by keyboard, and without scripts."""

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
"""
PAGE = """
Home
====

.. example:: coloured

   .. file:: folded.txt
      :hidden:

      Nothing that ran is out of sight.

   .. console::

      $ printf '\\033[31mred\\033[0m \\033[1mbold\\033[0m\\n' > words
      $ cat words; printf 'x%.0s' {{1..200}}
      red bold
      ...

.. example:: untried

   .. console::

      $ true
"""


@pytest.fixture(scope="session", params=["furo", "alabaster"])
def url(request, tmp_path_factory):
    """Serve, in two themes, a page with an example that was run, and one that was not."""
    folder = tmp_path_factory.mktemp("examples")
    (folder / "conf.py").write_text(CONF.format(theme=request.param), encoding="utf-8")
    (folder / "index.rst").write_text(PAGE.format(), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "affidavit", "run", folder, "coloured", "--record"], check=True)
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
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    options = {"runOnly": list(WCAG), "resultTypes": ["violations"]}
    # The code itself is drawn by the theme, in colours of its own.
    found = Axe().run(page, context=".affidavit-proof, .affidavit-hidden > summary", options=options)
    assert [(each["id"], node["html"]) for each in found.response["violations"] for node in each["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_transcript_is_opened_by_keyboard(url, new_page):
    page = new_page()
    page.goto(url)
    summary = page.locator("summary", has_text="Proven")
    assert not page.get_by_text("red bold").last.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("red bold").last.is_visible()


def test_what_was_not_run_is_said_in_words(url, new_page):
    page = new_page()
    page.goto(url)
    assert page.get_by_text("Not yet proven").is_visible()
