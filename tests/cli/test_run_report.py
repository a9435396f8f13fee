"""``affidavit run --report``: what came of the runs, in the form that the name of a file ends with."""

import json
import xml.etree.ElementTree as ET

import pytest

from affidavit.cli.run_report import FORMS
from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.reports.formats import FORMATS

PAGE = """
The site
========

.. example:: good

   .. console::

      $ echo a
      a

.. example:: bad

   .. console::

      $ echo b
      a

.. example:: lost
   :setup: gone

   .. console::

      $ true
"""


@pytest.fixture
def folder(tmp_path, require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    (tmp_path / "conf.py").write_text('extensions = ["affidavit"]\n')
    (tmp_path / "index.rst").write_text(PAGE)
    return tmp_path


def test_each_file_has_the_form_that_its_name_ends_with(folder, run):
    reports = [folder / f"told{end}" for end in FORMS]
    status, out, _ = run("run", folder, *(word for path in reports for word in ("--report", path)))
    assert (status, "bad/here: " in out) == (1, True)
    told = {path.suffix: path.read_text(encoding="utf-8") for path in reports}
    claims = json.loads(told[".json"])["claims"]
    assert {each["target"]: each["verdict"] for each in claims} == {"good/here": "holds", "bad/here": "refuted"}
    assert all(each["runs"][0]["seconds"] > 0 for each in claims)
    assert "/index.rst:16 |" in told[".md"]
    assert all("example-drifted" in text for text in told.values())
    assert all("`lost` cannot be set up" in text.replace("\\", "") for text in told.values())
    assert ET.fromstring(told[".xml"]).tag == "testsuites"  # noqa: S314 -- it is ours
    assert json.loads(told[".sarif"])["runs"][0]["tool"]["driver"]["name"] == "Affidavit"


def test_a_report_is_written_where_nothing_runs(folder, run):
    run("run", folder, "good", "--record")
    run("run", folder, "good", "--changed", "--report", folder / "told.json")
    assert json.loads((folder / "told.json").read_text())["claims"] == []


def test_a_name_that_says_no_form_is_told_before_anything_runs(folder, run):
    told = "affidavit: The name of the report `told.html` does not say in which form it is to be."
    status, out, err = run("run", folder, "--report", "told.html")
    assert (status, out, err) == (2, "", f"{told} Let it end with one of .json, .md, .sarif, .txt, .xml.\n")


def test_a_report_that_cannot_be_written_is_told_before_anything_runs(folder, run):
    status, out, err = run("run", folder, "--report", folder / "gone" / "told.md")
    assert (status, out, "There is no folder" in err) == (2, "", True)


def test_all_forms_are_known():
    assert set(FORMS.values()) <= set(FORMATS)
