"""The guide on proving several releases, word for word, with a real package index."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.manual.conftest import MANUAL, Command, File, steps

from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.sandbox import Unable

PAGE = (MANUAL / "how-to" / "several-releases.rst").read_text(encoding="utf-8")
STEPS = tuple(steps(re.sub(r"^   ", "", PAGE, flags=re.MULTILINE)))


@pytest.fixture
def folder(open_folder):
    """Return a folder in which the installation is done."""
    with TemporaryDirectory(dir=open_folder) as name:
        Path(name).chmod(0o755)
        (Path(name) / "doc").mkdir()
        yield Path(name)


def test_the_guide_installs_first():
    assert STEPS[0] == Command("pip install 'affidavit[examples]'", [])


@pytest.mark.usefixtures("package_index")
def test_the_guide_does_what_it_says(folder):
    sandbox = choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    for step in STEPS[1:]:
        if isinstance(step, File):
            (folder / step.name).write_text(step.text, encoding="utf-8")
        else:
            printed = run(step.line, folder)
            assert [line for line in step.shown if line not in printed] == []
    evidence = [path.relative_to(folder / "doc/evidence").as_posix() for path in folder.rglob("iniconfig-*.json")]
    assert sorted(evidence) == ["read-a-file/iniconfig-1.json", "read-a-file/iniconfig-2.json"]
    assert run("affidavit check --offline doc", folder).endswith("1 hold; 0 errors.\n")


def run(line, folder):
    """Run a command as a reader would type it; it must not fail."""
    variables = os.environ | {
        "AFFIDAVIT_ENVIRONMENTS": str(folder / "environments"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(  # noqa: S602 -- as a reader would type it
        line, shell=True, cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, (line, done.stdout, done.stderr)
    assert "correct-horse" not in done.stdout + done.stderr
    return done.stdout
