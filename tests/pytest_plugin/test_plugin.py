"""The pytest plugin, by pytest itself in a process of its own, on a site with real runs."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from textwrap import dedent

import pytest

from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable

CONF = 'import sys\nsys.path.insert(0, "marker")\nextensions = ["affidavit"]\n'
PAGE = """\
    Home
    ====

    .. example:: good

       .. code-block:: console

          $ echo a
          a

    .. example:: other

       .. code-block:: console

          $ echo b
          a

    .. example:: away
       :needs: no-such-program

       .. code-block:: console

          $ echo a
          a

    .. example:: lost
       :setup: gone

       .. code-block:: console

          $ true
    """
TEST = 'import sys\n\ndef test_more():\n    assert "marker" not in sys.path\n'


@pytest.fixture(autouse=True)
def _runs_here(require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")


@pytest.fixture
def folder(tmp_path):
    doc = tmp_path / "doc"
    doc.mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\njunit_family = xunit1\n")
    (doc / "conf.py").write_text(CONF)
    (doc / "index.rst").write_text(dedent(PAGE))
    (doc / "test_more.py").write_text(TEST)
    return tmp_path


def call(folder, *arguments, program=("-m", "pytest"), **variables):
    usual = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, *program, *arguments]
    done = subprocess.run(command, cwd=folder, env=usual | variables, capture_output=True, text=True, check=False)
    assert "INTERNALERROR" not in done.stdout
    return done.returncode, done.stdout, done.stderr


def cases(folder):
    """Return the cases of the XML: the name, the file, the line from 1, and what came."""
    root = ET.parse(folder / "told.xml").getroot()  # noqa: S314 -- it is ours
    return {
        case.get("name"): (case.get("file"), int(case.get("line", "0")) + 1, [each.tag for each in case])
        for case in root.iter("testcase")
    }


def test_each_run_is_a_test_at_its_line_of_its_page(folder):
    status, out, _ = call(folder, "--affidavit", "doc", "-rs", "--junitxml", "told.xml")
    assert status == 1, out
    assert cases(folder) == {
        "good/here": ("doc/index.rst", 4, []),
        "other/here": ("doc/index.rst", 11, ["failure"]),
        "away/here": ("doc/index.rst", 18, ["skipped"]),
        "lost": ("doc/index.rst", 26, ["failure"]),
        "test_more": ("doc/test_more.py", 3, []),
    }
    assert "SKIPPED [1] doc/index.rst:18: `no-such-program` is not installed\n" in out
    assert "other/here: doc/index.rst:11: drifted: it does not give what the page shows" in out
    assert "\n  doc/index.rst:15: echo b\n" in out
    assert "\n    --- expected\n    +++ seen\n    -a\n    +b\n" in out
    assert "\n`lost` cannot be set up: there is no example `gone`. " in out
    assert "Traceback" not in out
    assert "pytest_plugin" not in out
    assert sorted(path.name for path in (folder / "doc").iterdir() if path.name != "__pycache__") == [
        "conf.py", "index.rst", "test_more.py"
    ]  # fmt: skip


def test_tests_are_chosen_and_shared_out_as_any(folder):
    status, out, _ = call(folder, "--affidavit", "doc", "-n", "2", "-k", "good or away", "--junitxml", "told.xml")
    assert (status, set(cases(folder))) == (0, {"good/here", "away/here"}), out
    status, out, _ = call(folder, "--affidavit", "doc/conf.py::good/here")
    assert (status, "1 passed" in out) == (0, True)


SCRIPT = """
import sys, pytest
status = pytest.main(["doc", "-q"])
loaded = [name for name in sys.modules if name.split(".")[0] in ("sphinx", "docutils")]
ours = sorted(name for name in sys.modules if name.split(".")[0] == "affidavit")
print(int(status), loaded, ours)
"""


def test_without_the_option_nothing_is_loaded_or_collected(folder):
    _, out, _ = call(folder, program=("-c", SCRIPT))
    assert out.splitlines()[-1] == "0 [] ['affidavit', 'affidavit.pytest_plugin']"
    assert "1 passed" in out


def test_it_can_be_left_out(folder):
    assert call(folder, "-p", "no:affidavit", "doc")[0] == 0
    status, _, err = call(folder, "-p", "no:affidavit", "--affidavit", "doc")
    assert (status, "unrecognized arguments: --affidavit" in err) == (4, True)


def test_a_site_that_cannot_be_read_is_told_without_a_traceback(folder):
    (folder / "doc" / "conf.py").write_text("1 / 0\n")
    status, out, _ = call(folder, "--affidavit", "doc")
    assert (status, "Traceback" in out) == (2, False)
    assert "`doc/conf.py` cannot be used: ZeroDivisionError in line 1: division by zero." in out.replace(
        f"{folder}/", ""
    )


def test_evidence_that_cannot_be_read_fails(folder):
    (folder / "doc" / "evidence").mkdir()
    (folder / "doc" / "evidence" / "proofs.json").write_text("<<<<<<<\n")
    status, out, _ = call(folder, "--affidavit", "doc", "-k", "evidence")
    assert status == 1
    assert "The evidence `proofs.json` cannot be read: " in out


def test_where_nothing_can_be_run_all_are_skipped(folder):
    status, out, _ = call(folder, "--affidavit", "doc", "-rs", "-k", "here", PATH="/nonexistent")
    assert status == 0
    assert "3 skipped" in out
    assert "doc/index.rst:4: bash is not installed. Install it.\n" in out


def test_what_is_slow_is_skipped_unless_it_is_asked_for(folder):
    page = folder / "doc/index.rst"
    page.write_text(page.read_text().replace(".. example:: good\n", ".. example:: good\n   :slow:\n"))
    status, out, _ = call(folder, "--affidavit", "doc/conf.py::good/here", "-rs")
    assert (status, "slow: run it with --affidavit-slow" in out, "1 skipped" in out) == (0, True, True), out
    status, out, _ = call(folder, "--affidavit", "doc/conf.py::good/here", "--affidavit-slow")
    assert (status, "1 passed" in out) == (0, True), out
