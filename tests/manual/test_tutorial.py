"""The tutorial, word for word: each file that it shows is written, each command is run, and says what is shown."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.manual.conftest import MANUAL, Command, File, steps

NOBODY = "http://127.0.0.1:9"
"""A proxy that is not there, so that there is no network."""


TUTORIAL = tuple(steps((MANUAL / "tutorial.rst").read_text(encoding="utf-8")))
INSTALL = ("python3 -m venv venv", "venv/bin/pip install ./affidavit")


@pytest.fixture
def folder(project, tmp_path):
    """Return a folder in which the installation is done: the package is the one that is under test."""
    (tmp_path / "affidavit").symlink_to(project)
    (tmp_path / "venv").symlink_to(sys.prefix)
    return tmp_path


def test_the_tutorial_installs_first():
    assert tuple(step.line for step in TUTORIAL[:2] if isinstance(step, Command)) == INSTALL


def test_the_tutorial_does_what_it_says(folder):
    for step in TUTORIAL[2:]:
        if isinstance(step, File):
            (folder / step.name).write_text(step.text, encoding="utf-8")
        else:
            run(step, folder)
    assert (folder / "site" / "claims.json").is_file()


def run(step: Command, folder) -> None:
    """Run a command, and find what it must print; one that shows a warning must fail, all others must not."""
    environment = {**os.environ, "http_proxy": NOBODY, "https_proxy": NOBODY, "no_proxy": "", "COLUMNS": "72"}
    done = subprocess.run(  # noqa: S602 -- as a reader would type it
        step.line, shell=True, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    printed = done.stdout + done.stderr
    assert done.returncode == any("WARNING" in line for line in step.shown), (step.line, printed)
    missing = [line for line in step.shown if line not in printed]
    assert not missing, (step.line, missing, printed)
