"""The test project: a site of all cases in one markup, which can be run and built as users do it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from tests.examples.cases.case import Case
from tests.examples.cases.consoles import CONSOLES
from tests.examples.cases.steps import FILES, HTTPS, PYTHONS, SERVICES
from tests.examples.cases.wholes import WHOLES
from tests.examples.cases.writers import WRITERS

PAGES = {
    "consoles": CONSOLES,
    "files": FILES,
    "pythons": PYTHONS,
    "https": HTTPS,
    "services": SERVICES,
    "wholes": WHOLES,
}
CASES = tuple(case for cases in PAGES.values() for case in cases)
CONF = """\
import os
import sys

extensions = ["affidavit", "sphinx_tabs.tabs", "myst_parser"]
project = "Cases"
author = copyright = "Authors"
affidavit_online = "never"
affidavit_releases = {"1.0": "alder"}
affidavit_release = "1.0"


def _no_process(event, arguments):
    if event in {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.system"}:
        raise RuntimeError(f"A build started a process: {event}")


if os.environ.get("CASES_RUN_NOTHING"):
    sys.addaudithook(_no_process)
"""
SUBJECT = """\
The subject
===========

.. deployment-feature:: reading
   :title: Reading

.. deployment-feature:: missing
   :title: Asking for what is not there

.. deployment-method:: web
   :title: A web server

   It serves what is in a folder.

   .. stage:: 1.0
      :status: unknown

      The cases try it.

.. toctree::
   :glob:

   *
"""
DATA = {"data/input.json": b'{"a": [1, 2]}', "data/odd.txt": b"a\tb\r\n\n\n"}


class Project(Struct, frozen=True, dict=True):
    """The folder of sources of a site."""

    folder: Path

    def run(self, *arguments: str) -> str:
        """Run all examples, and return what is said of them."""
        command = [sys.executable, "-m", "affidavit", "run", str(self.folder), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.stdout

    def build(self, builder: str, *options: str) -> tuple[int, str, list[dict[str, Any]]]:
        """Build it without running anything; return the exit status, what was complained of, and the claims."""
        out = self.folder.parent / builder
        command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, *options, str(self.folder), str(out)]
        environment = {**os.environ, "CASES_RUN_NOTHING": "yes", "NO_COLOR": "1"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        told = out / "claims.json"
        claims = json.loads(told.read_text(encoding="utf-8"))["claims"] if told.exists() else []
        return done.returncode, done.stderr, claims


def write(folder: Path, suffix: str, pages: Mapping[str, Iterable[Case]]) -> Project:
    """Write a site of these pages in one markup."""
    for name, content in DATA.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.rst").write_text(SUBJECT, encoding="utf-8")
    for name, cases in pages.items():
        (folder / f"{name}.{suffix}").write_text(WRITERS[suffix](name.title(), cases), encoding="utf-8")
    return Project(folder)


def words_of(told: str) -> dict[str, str]:
    """Return what `affidavit run` says that each run came to, by its key."""
    return dict(re.findall(r"^(\S+/\S+): \S+:\d+: ([a-z]+(?: [a-z]+)*)", told, re.MULTILINE))
