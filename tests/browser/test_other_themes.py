"""Cards in a theme that has no dark mode: the reader's own wish for dark pages must not fade their words."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe

CONF = """
extensions = ["affidavit"]
html_theme = "{theme}"
affidavit_online = "never"
affidavit_releases = ["1.0", "2.0", "3.0", "4.0", "5.0", "6.0"]
affidavit_release = "{release}"
"""
STATUSES = ["recommended", "supported", "discouraged", "broken", "removed", "unknown"]
STAGE = """
   .. stage:: {release}.0
      :status: {status}

      Because.

      .. fails:: upload
         :symptom: ``{symptom}``
"""
PAGE = """
Home
====

.. deployment-feature:: upload
   :title: Upload

.. deployment-method:: one
   :title: One
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, *_):
        """Keep the tests' output clean."""


@pytest.fixture(params=STATUSES)
def url(request, tmp_path):
    """Serve a card with each status in turn as the present one, in Sphinx's own default theme."""
    release = f"{STATUSES.index(request.param) + 1}.0"
    stages = (STAGE.format(release=n, status=each, symptom="x" * 90) for n, each in enumerate(STATUSES, start=1))
    (tmp_path / "conf.py").write_text(CONF.format(theme="alabaster", release=release), encoding="utf-8")
    (tmp_path / "index.rst").write_text(PAGE + "".join(stages), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", tmp_path, tmp_path / "out"], check=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "out")) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_breaks_no_rule_in_another_theme(url, new_page, scheme):
    page = new_page(scheme=scheme, width=320)
    page.goto(url)
    page.evaluate("document.querySelector('.affidavit-card details').open = true")
    found = Axe().run(page, context=".affidavit-card", options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], node["html"]) for each in found for node in each["nodes"]] == []
    assert page.evaluate("document.querySelector('.affidavit-card').scrollWidth") <= 320
