"""The built documentation on a loopback server, and a real Chromium to look at it with."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from msgspec import Struct
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
# Chromium must ask nobody but the loopback server: no service of its maker, and nothing that a page may name.
ARGUMENTS = (
    "--no-sandbox",  # root, as in most containers, cannot have its sandbox; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Site(Struct, frozen=True):
    """A built site: where it is served, and the paths of its pages."""

    url: str
    pages: tuple[str, ...]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Build the documentation, and serve it until the tests are over."""
    doctrees, built = tmp_path_factory.mktemp("doctrees"), tmp_path_factory.mktemp("html")
    options = ("-q", "-j", "auto", "-D", "affidavit_online=never", "-b", "html", "-d", doctrees)
    subprocess.run([sys.executable, "-m", "sphinx", *map(str, options), project / "doc", built], check=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=built)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(f"http://127.0.0.1:{server.server_port}", _pages(built))
        server.shutdown()


def _pages(built: Path) -> tuple[str, ...]:
    """Return the paths of the pages; what stands in folders such as `_static` is none."""
    found = (path.relative_to(built) for path in built.rglob("*.html"))
    return tuple(sorted(path.as_posix() for path in found if not path.parts[0].startswith("_")))


@pytest.fixture(scope="session")
def browser(require_program: Callable[..., Path]) -> Iterator[Browser]:
    """Start Chromium, headless."""
    chromium = require_program("chromium", "chromium-browser", "google-chrome", install="apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open tabs, each with settings of its own; all are closed at the end of the test."""
    contexts = []

    def open_tab(
        *,
        scheme: Literal["light", "dark"] = "light",
        media: Literal["screen", "print"] = "screen",
        width: int = 1280,
        scripts: bool = True,
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.emulate_media(media=media, color_scheme=scheme)
        return page

    yield open_tab
    for context in contexts:
        context.close()
