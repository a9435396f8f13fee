"""The manual, built; its sources; and small sites that its examples stand in."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from docutils import nodes
from msgspec import Struct
from sphinx.cmd.build import build_main

from affidavit.cli import main

MANUAL = Path(__file__).parents[2] / "doc" / "manual"
SNIPPETS = MANUAL / "snippets"
sys.path.append(str(MANUAL.with_name("_ext")))  # for the tests of what the manual generates
TODAY = "1795305600"  # 2026-11-22, as SOURCE_DATE_EPOCH has it: before the days on which the examples' acceptances end


class Manual(Struct, frozen=True):
    """The built manual: the html of the whole site, and the doctrees of the manual's pages by name."""

    html: Path
    pages: dict[str, nodes.document]


@pytest.fixture(scope="session")
def manual(project, tmp_path_factory):
    """Build the site."""
    doctrees, html = tmp_path_factory.mktemp("doctrees"), tmp_path_factory.mktemp("html")
    options = ("-q", "-n", "-b", "html", "-D", "affidavit_online=never", "-d", doctrees)
    subprocess.run([sys.executable, "-m", "sphinx", *options, project / "doc", html], check=True)
    files = sorted((doctrees / "manual").rglob("*.doctree"))
    pages = {file.relative_to(doctrees).with_suffix("").as_posix(): file.read_bytes() for file in files}
    return Manual(html, {name: pickle.loads(held) for name, held in pages.items()})  # noqa: S301 -- we wrote it


BLOCK = re.compile(r"^\.\. code-block:: \w+\n(?:   :caption: (\S+)\n)?\n((?:   .*\n|\n)+)", re.MULTILINE)


class File(Struct, frozen=True):
    """A file that a page tells its reader to write."""

    name: str
    text: str


class Command(Struct, frozen=True):
    """A command that a page tells its reader to run, and the lines that it shows of the output."""

    line: str
    shown: list[str]


def steps(text: str) -> Iterator[File | Command]:
    """Give what a page in reStructuredText tells its reader to do, in order."""
    for name, body in BLOCK.findall(text):
        shown = dedent(body).strip("\n") + "\n"
        if name:
            yield File(name, shown)
        else:
            yield from _commands(shown)


def _commands(shown: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", shown, flags=re.MULTILINE)[1:]:
        line, *lines = part.splitlines()
        yield Command(line, lines)


class Outcome(Struct, frozen=True):
    """How a command ended, and all that it printed."""

    status: int
    printed: str


def call(command: Callable[[list[str]], int], *arguments: object) -> Outcome:
    """Run a command in this process."""
    printed = StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        status = command([str(each) for each in arguments])
    return Outcome(status, printed.getvalue())


class Site(Struct, frozen=True):
    """The site that all snippets stand in, with one of them as its page."""

    folder: Path

    def build(self, builder: str) -> Outcome:
        """Build it as `tox -e docs` builds the manual: every warning is an error."""
        doctrees, out = self.folder / f"doctrees-{builder}", self.folder / builder
        options = ("-q", "-n", "-W", "--keep-going", "-b", builder, "-d", doctrees)
        return call(build_main, *options, self.folder / "source", out)

    def built(self, builder: str, name: str) -> str:
        """Build the site and return what a file of it holds."""
        outcome = self.build(builder)
        assert outcome == Outcome(0, "")
        return (self.folder / builder / name).read_text(encoding="utf-8")


def site_of(snippet: Path, markup: str, folder: Path) -> Site:
    """Make a site in a folder, with a snippet, which is a path such as `roles/release-note`, as its page."""
    source = folder / "source"
    shutil.copytree(SNIPPETS / "site", source)
    shutil.copy(SNIPPETS / f"{snippet}.{markup}", source / f"page.{markup}")
    if (lock := SNIPPETS / f"{snippet}.json").is_file():
        shutil.copy(lock, source / "release-notes.lock.json")
    lines = SNIPPETS / f"{snippet}.py"
    if lines.is_file():
        with (source / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(f"\n{lines.read_text(encoding='utf-8')}")
        assert call(main, "notes", "lock", source).status == 0
    return Site(folder)


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Make sites of snippets, on a day on which the examples are right."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    monkeypatch.setattr("sphinx.locale.translators", {})  # Sphinx keeps the words of earlier builds of a process
    return lambda snippet, markup: site_of(Path(snippet), markup, tmp_path / markup)


def claims(text: str) -> dict[str, object]:
    """Return what a claims.json says, without the places, which differ between the markups."""
    told: dict[str, object] = json.loads(text, object_hook=_without_places)
    return told


def _without_places(table: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in table.items() if key not in ("place", "places")}


class _Visible(HTMLParser):
    """Collects the text of a page's main part."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "div":
            self.depth += bool(self.depth or ("class", "body") in attrs)

    def handle_endtag(self, tag):
        self.depth -= tag == "div" and self.depth > 0

    def handle_data(self, data):
        if self.depth:
            self.words += data.split()


def visible(html: str) -> str:
    """Return the text that readers see of a page in the theme `alabaster`."""
    reader = _Visible()
    reader.feed(html)
    assert reader.words
    return re.sub(r"\s+", " ", " ".join(reader.words))
