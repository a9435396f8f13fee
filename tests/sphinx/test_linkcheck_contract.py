"""Sphinx's own link check and ours side by side: one site, one server, one set of settings, two builders.

Each table says what Sphinx's builder makes of a link; ours must make the same of it, word for word where the words are
not those of a library. Where ours differs on purpose a table of `linkcheck_cases` has the reason.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from tests.sphinx.linkcheck_cases import (
    ANCHORS,
    BROKEN,
    DEFAULTS,
    DIFFERENCES,
    IGNORED,
    LITTLE_PATIENCE,
    LOGGED,
    MANY_SETTINGS,
    SETTINGS,
    SOME_ANCHORS,
    TIMEOUT,
    WORKING,
)
from tests.sphinx.linkcheck_web import Web, serve

WORDS_OF_LIBRARIES = re.compile(r"(?!\d{3} (Client|Server) Error|Anchor |unauthorized)")
"""The info of a broken link that is the text of an exception: there ours has its own."""


class Run(Struct, frozen=True, dict=True):
    """What one builder left, and where its links led."""

    out: Path
    status: int
    log: str
    warnings: str
    names: dict[str, str]

    @property
    def lines(self) -> list[dict[str, Any]]:
        text = (self.out / "output.json").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    @property
    def by_uri(self) -> dict[str, dict[str, Any]]:
        return {each["uri"]: each for each in reversed(self.lines)}

    def line(self, template: str) -> dict[str, Any]:
        return self.by_uri[template.format(**self.names)]


def build(folder: Path, out: str, web: Web, names: dict[str, str], *options: str) -> Run:
    """Check the links in a process of its own, before a server that knows nothing of earlier checks."""
    web.forget()
    command = [sys.executable, "-m", "sphinx", "-b", "linkcheck", "-E", *options, str(folder), str(folder.parent / out)]
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=kept, timeout=120)
    return Run(folder.parent / out, done.returncode, done.stdout, done.stderr, names)


class Both(Struct, frozen=True, dict=True):
    """One site, checked by Sphinx and by us."""

    sphinx: Run
    ours: Run


def write(folder: Path, conf: str, templates: dict[str, Any], names: dict[str, str]) -> None:
    folder.mkdir()
    (folder / "conf.py").write_text(f'extensions = ["affidavit"]\n{conf}', encoding="utf-8")
    links = "\n\n".join(f"`link {number} <{each.format(**names)}>`__" for number, each in enumerate(templates))
    again = "\n\n".join(f"`once more <{each.format(**names)}>`__" for each in ("{web}/ok", "{web}/missing"))
    (folder / "index.rst").write_text(f"Links\n=====\n\n{links}\n\n.. toctree::\n\n   other\n", encoding="utf-8")
    (folder / "other.rst").write_text(
        f"Again\n=====\n\n{again}\n\n.. image:: {names['web']}/image.png\n", encoding="utf-8"
    )


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Both]]:
    with serve() as web, socket.create_server(("127.0.0.1", 0)) as taken:
        names = {"web": web.url(), "name": web.url(host="localhost"), "port": str(web.server_port)}
        names["closed"] = str(taken.getsockname()[1])
        taken.close()

        def both(templates: dict[str, Any], conf: str = "") -> Both:
            folder = tmp_path_factory.mktemp("check") / "src"
            write(folder, conf.replace("{web}", names["web"]).replace("{name}", names["name"]), templates, names)
            theirs = build(folder, "theirs", web, names, "-D", "affidavit_linkcheck=0")
            return Both(theirs, build(folder, "ours", web, names))

        yield both


def same(both, template, expected):
    """Hold that both say the same of a link, and what the table says."""
    status, code = expected if isinstance(expected, tuple) else (expected, 0)
    theirs, ours = both.sphinx.line(template), both.ours.line(template)
    assert (theirs["status"], theirs["code"]) == (status, code), theirs
    if status in (BROKEN, TIMEOUT) and WORDS_OF_LIBRARIES.match(theirs["info"]) and theirs["info"]:
        assert ours["info"]
        theirs = theirs | {"info": ours["info"]}
    assert ours == theirs
    assert list(ours) == list(theirs)


@pytest.fixture(scope="module")
def usual(check):
    return check(DEFAULTS | DIFFERENCES, LITTLE_PATIENCE)


@pytest.fixture(scope="module")
def configured(check):
    written = [each.replace("/rewritten", "/as-written") for each in SETTINGS]
    return check(dict.fromkeys(written), MANY_SETTINGS)


@pytest.fixture(scope="module")
def anchored(check):
    return check(ANCHORS | dict.fromkeys(f"{{web}}/{path}" for path in LOGGED), SOME_ANCHORS)


@pytest.mark.parametrize(("template", "expected"), DEFAULTS.items())
def test_a_link_under_the_default_settings(usual, template, expected):
    same(usual, template, expected)


@pytest.mark.parametrize(("template", "expected"), SETTINGS.items())
def test_a_link_under_many_settings(configured, template, expected):
    same(configured, template, expected)


@pytest.mark.parametrize(("template", "expected"), ANCHORS.items())
def test_an_anchor_that_settings_speak_of(anchored, template, expected):
    same(anchored, template, expected)


@pytest.mark.parametrize(("template", "case"), DIFFERENCES.items())
def test_what_differs_on_purpose(usual, template, case):
    theirs, ours, reason = case
    assert (usual.sphinx.line(template)["status"], usual.ours.line(template)["status"]) == (theirs, ours), reason


def test_an_excluded_document_is_told_so(configured):
    same(configured, "{web}/image.png", IGNORED)


def test_nothing_is_left_out(usual, configured):
    for both in (usual, configured):
        assert set(both.ours.by_uri) == set(both.sphinx.by_uri)


def test_the_exit_status_is_the_same(usual, configured, anchored, check):
    fine = check({"{web}/ok": WORKING}, 'linkcheck_ignore = [".*/missing"]')
    for both in (usual, configured, anchored, fine):
        assert both.ours.status == both.sphinx.status
    assert (usual.ours.status, fine.ours.status) == (1, 0)


def in_log(run, uri):
    """Return what the log has of an address, in the first place where it stands."""
    lines = [line for line in run.log.splitlines() if re.search(rf"\) \S+ +{re.escape(uri)}(: | - |$)", line)]
    return lines[0] if lines else ""


@pytest.mark.parametrize("path", LOGGED)
def test_the_log_has_the_same_line(anchored, path):
    uri = f"{anchored.ours.names['web']}/{path}"
    assert in_log(anchored.ours, uri) == in_log(anchored.sphinx, uri) != ""


@pytest.mark.parametrize("path", ["moved", "chain", "temporary", "missing", "forbidden", "unauthorized"])
def test_output_txt_has_the_same_line(usual, path):
    def lines(run):
        told = (run.out / "output.txt").read_text(encoding="utf-8").splitlines()
        wanted = re.compile(rf"index\.rst:\d+: \[[a-z ]+\] {re.escape(run.names['web'])}/{path}(: | to )")
        return [line for line in told if wanted.match(line)]

    assert lines(usual.ours) == lines(usual.sphinx) != []


def test_every_place_is_told_in_the_order_of_the_pages(usual):
    missing = usual.ours.line("{web}/missing")["uri"]
    places = [(each["filename"], each["lineno"]) for each in usual.ours.lines if each["uri"] == missing]
    assert [file for file, _ in places] == ["index.rst", "other.rst"]
    told = [(each["filename"], each["lineno"], each["uri"]) for each in usual.ours.lines]
    assert told == sorted(told)


def test_the_event_is_emitted_once_for_each_address(configured):
    lines = [line for line in configured.ours.log.splitlines() if line.startswith("process ")]
    assert len(lines) == len(set(lines)) > len(SETTINGS)


def test_both_warn_of_redirects_where_some_are_allowed(configured):
    uri = f"{configured.ours.names['web']}/moved"
    assert uri in configured.ours.warnings
    assert uri in configured.sphinx.warnings
