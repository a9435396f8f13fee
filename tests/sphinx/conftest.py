"""Small Sphinx projects, built for real."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import IO, Any

import pytest
import sphinx.locale
from msgspec import Struct
from msgspec.structs import replace
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from affidavit.notes.facts import Lock, LockedProject, LockedRelease, LockedSection, LockedSeries, Saying
from affidavit.notes.lock import write_lock
from affidavit.notes.words import digest

RELEASES = {"1.0": "alder", "2.0": "birch", "3.0": "cedar"}
CONF: dict[str, object] = {
    "extensions": ["affidavit", "sphinx_tabs.tabs", "myst_parser"],
    "project": "Subject",
    "author": "Authors",
    "copyright": "Authors",
    "version": "1",
    "release": "3.0",
    "nitpicky": True,
    "html_theme": "furo",
    "affidavit_releases": RELEASES,
    "affidavit_release": "3.0",
    "affidavit_online": "never",
    "affidavit_release_notes": {"subject": {"url": "https://docs.example/notes/"}},
}
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Built(Struct, frozen=True, dict=True):
    """What one build left: its output folder, its warnings with codes, its log."""

    out: Path
    warnings: list[str]
    log: str

    @property
    def codes(self) -> list[str]:
        return [code for line in self.warnings for code in re.findall(r"\[affidavit\.([a-z-]+)\]$", line)]

    def text(self, name: str) -> str:
        return (self.out / name).read_text(encoding="utf-8")

    @property
    def claims(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.text("claims.json"))
        return told


class Site:
    """A project in a folder: write files, build, write others, build again."""

    def __init__(self, folder: Path) -> None:
        self.src = folder / "src"
        self.src.mkdir()
        self.folder = folder
        self.conf()

    def conf(self, **changes: object) -> None:
        settings = {**CONF, **changes}
        lines = [f"{name} = {value!r}" for name, value in settings.items() if value is not None]
        self.write("conf.py", "\n".join(lines))

    def write(self, name: str, text: str) -> Path:
        file = self.src / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return file

    def build(self, builder: str = "html", *, fresh: bool = False, files: tuple[str, ...] = ()) -> Built:
        with self.application(builder, fresh=fresh) as app:
            app.build(filenames=[self.src / name for name in files])
            lines = ANSI.sub("", _written(app._warning)).splitlines()  # noqa: SLF001 -- it has no other way out
            return Built(Path(app.outdir), lines, ANSI.sub("", _written(app._status)))  # noqa: SLF001

    @contextmanager
    def application(self, builder: str = "html", *, fresh: bool = False) -> Iterator[Sphinx]:
        """Give an application that may build more than once."""
        doctrees = self.folder / f"doctrees-{builder}"
        places = (self.src, self.src, self.folder / builder, doctrees, builder)
        translators = dict(sphinx.locale.translators)
        try:
            with patch_docutils(), docutils_namespace():
                yield Sphinx(*places, status=StringIO(), warning=StringIO(), freshenv=fresh)
        finally:
            # Sphinx keeps the languages of a build for all that follow in the process.
            sphinx.locale.translators.clear()
            sphinx.locale.translators.update(translators)

    def run(self, *options: str, builder: str = "html", to: str = "") -> Built:
        """Build in a process of its own, which parallel builds fork."""
        out = self.folder / (to or builder)
        command = [sys.executable, "-m", "sphinx", "-b", builder, "-d", str(out) + "-doctrees", *options]
        done = subprocess.run([*command, str(self.src), str(out)], capture_output=True, text=True, check=False)
        return Built(out, ANSI.sub("", done.stderr).splitlines(), ANSI.sub("", done.stdout))


def _written(stream: IO[str]) -> str:
    assert isinstance(stream, StringIO)
    return stream.getvalue()


def _lock_of(*sections: str, base: str = "https://docs.example/notes/", says: bool | None = True) -> Lock:
    """Return a lock of one project, whose sections were asked for the words that pages of these tests quote."""
    text = "" if says is None else digest("A text")
    asked = LockedSection("", "", text, (Saying("a, b", says), Saying("tasks", says)))
    series = tuple(_series(name, version, sections, asked) for version, name in RELEASES.items())
    return Lock((LockedProject("subject", base, series),))


def _series(name: str, version: str, sections: tuple[str, ...], asked: LockedSection) -> LockedSeries:
    titles = (replace(asked, title=each, target=f"{name}.html#{name}-{_slug(each)}") for each in sections)
    return LockedSeries(name, (LockedRelease(version, tuple(titles)),))


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")


PAGE = {
    "rst": """
        The subject
        ===========

        .. deployment-feature:: big-upload
           :title: Upload of a large file

           More than a gigabyte.

        Behind a server
        ---------------

        .. deployment-method:: some-server
           :title: Some server in front
           :term: some server
           :release-notes: alder#known-issues "tasks", What changed <birch#known-issues "a, b">

           What the reader must know.

           .. stage:: 1.0..2.0
              :status: broken

              Because of the old thing.

              .. fails:: big-upload
                 :symptom: ``413 Content Too Large``

                 It says so at once.

           .. stage:: 3.0..
              :status: discouraged

              Because of the new thing.

        See :deployment-method:`some-server`, :deployment-feature:`big-upload`
        and :release-note:`cedar#known-issues`, which :release-note:`has it all <3.0#known-issues "a, b" "tasks">`.

        .. deployment-matrix::

        .. release-note-references::

        .. release-note-references::
           :by: release
           :project: subject

        .. glossary::

           some server
              A server, see https://server.example/.
        """,
    "md": """
        # The subject

        ```{deployment-feature} big-upload
        :title: Upload of a large file

        More than a gigabyte.
        ```

        ## Behind a server

        `````{deployment-method} some-server
        :title: Some server in front
        :term: some server
        :release-notes: alder#known-issues "tasks", What changed <birch#known-issues "a, b">

        What the reader must know.

        ````{stage} 1.0..2.0
        :status: broken

        Because of the old thing.

        ```{fails} big-upload
        :symptom: "`413 Content Too Large`"

        It says so at once.
        ```
        ````

        ````{stage} 3.0..
        :status: discouraged

        Because of the new thing.
        ````
        `````

        See {deployment-method}`some-server`, {deployment-feature}`big-upload`
        and {release-note}`cedar#known-issues`, which {release-note}`has it all <3.0#known-issues "a, b" "tasks">`.

        ```{deployment-matrix}
        ```

        ```{release-note-references}
        ```

        ```{release-note-references}
        :by: release
        :project: subject
        ```

        ```{glossary}
        some server
          A server, see <https://server.example/>.
        ```
        """,
}
"""One page with everything, in both markups."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty project with a lock file."""
    site = Site(tmp_path)
    write_lock(site.src / "release-notes.lock.json", _lock_of("Known Issues", "Upgrade Notes"))
    return site


@pytest.fixture(params=PAGE)
def page(request: pytest.FixtureRequest, site: Site) -> Site:
    """Return a project with the page that has everything, once in each markup."""
    site.write(f"index.{request.param}", PAGE[request.param])
    return site


@pytest.fixture
def pages() -> dict[str, str]:
    """Return the page that has everything, by its suffix."""
    return PAGE


@pytest.fixture
def lock_of() -> Callable[..., Lock]:
    """Return a function from section titles to a lock: one project, three series of one release each."""
    return _lock_of


@pytest.fixture
def other_site(tmp_path: Path) -> Site:
    """Return a second empty project, without a lock file."""
    folder = tmp_path / "other"
    folder.mkdir()
    return Site(folder)
