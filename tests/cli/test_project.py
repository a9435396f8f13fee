"""What a Sphinx project states, as commands read it: in this process, leaving nothing behind."""

from __future__ import annotations

import logging
import os
import sys

import pytest

from affidavit.cli.outcome import UsageError
from affidavit.cli.project import gather, read_lock_of
from affidavit.model.codes import Code
from affidavit.model.errors import AffidavitError
from affidavit.model.verdicts import Finding
from affidavit.notes.facts import Lock
from affidavit.notes.lock import write_lock

CONF = "extensions = ['affidavit']\n"
INDEX = "Page\n====\n\nhttps://one.example/\n\n.. glossary::\n\n   term\n      https://term.example/\n"


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "doc"
    folder.mkdir()
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.rst").write_text(INDEX, encoding="utf-8")
    return folder


def files(folder):
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_project_is_read(project):
    corpus = gather(project, 1).corpus
    assert [(link.url, str(link.place)) for link in corpus.links] == [("https://one.example/", "index.rst:4")]
    assert [(link.url, str(link.place)) for term in corpus.terms for link in term.links] == [
        ("https://term.example/", "index.rst:9")
    ]


def test_several_processes_read_it_alike(project):
    for number in range(8):
        (project / f"page{number}.rst").write_text(f":orphan:\n\nPage\n====\n\nhttps://p{number}.example/\n")
    assert gather(project, 4) == gather(project, 1)


def test_nothing_is_left_behind(project, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (project / "local.py").write_text("def setup(app):\n    pass\n", encoding="utf-8")
    (project / "conf.py").write_text(
        "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n"
        "extensions = ['affidavit', 'local']\n",
        encoding="utf-8",
    )
    before = files(project)
    gather(project, 2)
    assert files(project) == before
    assert list(temporary.iterdir()) == []
    assert sys.dont_write_bytecode is False


def test_the_folder_may_be_named_from_where_one_stands(project, monkeypatch):
    monkeypatch.chdir(project.parent)
    assert gather(project.relative_to(project.parent), 1) == gather(project, 1)
    monkeypatch.chdir(project)
    assert gather(project.relative_to(project), 1) == gather(project, 1)


def test_a_project_that_does_not_know_us_is_read_all_the_same(project):
    (project / "conf.py").write_text("project = 'Plain'\n", encoding="utf-8")
    assert [link.url for link in gather(project, 1).corpus.links] == ["https://one.example/"]


def test_settings_and_their_problems_come_along(project):
    (project / "conf.py").write_text(f"{CONF}affidavit_links = 'all'\naffidavit_online = 3\n", encoding="utf-8")
    gathered = gather(project, 1)
    assert gathered.settings.links.patterns == ("",)
    assert [(found.code, str(found.place)) for found in gathered.problems] == [(Code.SETTING_INVALID, "conf.py")]


LINKIFY = {
    "": True,  # another parser of Markdown may be there
    "myst_enable_extensions = []": False,
    "myst_enable_extensions = ['linkify']": True,
    "myst_gfm_only = True": True,
}


@pytest.mark.parametrize(("line", "linkify"), LINKIFY.items())
def test_whether_bare_urls_in_markdown_are_links(project, line, linkify):
    loaded = "extensions = ['myst_parser']\n" if line else ""
    (project / "conf.py").write_text(f"{loaded}{line}\n", encoding="utf-8")
    assert gather(project, 1).linkify is linkify


def test_two_projects_do_not_know_of_each_other(project, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "conf.py").write_text(CONF, encoding="utf-8")
    (other / "index.rst").write_text("Other\n=====\n", encoding="utf-8")
    first = gather(project, 1)
    assert gather(other, 1).corpus.links == ()
    assert gather(project, 1) == first


FAILING_EVENT = """
def fail(*_):
    raise ValueError('its own words')

def setup(app):
    app.connect('env-updated', fail)
"""
OTHER_BUILDER = """
from sphinx.builders.dummy import DummyBuilder

class Claims(DummyBuilder):
    name = 'claims'

def setup(app):
    app.add_builder(Claims, override=True)
"""
BROKEN = {
    "no Python": ("extensions = [", "SyntaxError in line 1"),
    "an error": (f"{CONF}1 / 0\n", "ZeroDivisionError in line 2"),
    "an exit": ("import sys\nsys.exit(3)\n", "it calls sys.exit()"),
    "no such extension": ("extensions = ['no_such_extension']\n", "no_such_extension"),
    "an extension that fails": ("def setup(app):\n    raise ValueError('its own words')\n", "its own words"),
    "an event that fails": (f"{CONF}{FAILING_EVENT}", "its own words"),
    "a later Sphinx": ("needs_sphinx = '99.0'\n", "99.0"),
    "no root document": ("root_doc = 'elsewhere'\n", "elsewhere"),
    "another builder": (f"{CONF}{OTHER_BUILDER}", "another extension has a builder `claims`"),
}


@pytest.mark.parametrize(("conf", "told"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_sphinx_cannot_read_is_told_in_a_sentence(project, conf, told, jobs):
    (project / "conf.py").write_text(conf, encoding="utf-8")
    with pytest.raises(AffidavitError) as failed:
        gather(project, jobs)
    assert not isinstance(failed.value, UsageError)
    assert told in failed.value.problem
    assert "\n" not in str(failed.value)
    assert "Traceback" not in str(failed.value)
    assert failed.value.advice


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_directive_that_fails_is_told(project, jobs):
    (project / "conf.py").write_text(
        f"{CONF}from docutils.parsers.rst import Directive\n\nclass Fails(Directive):\n"
        "    def run(self):\n        raise KeyError('its own words')\n\n"
        "def setup(app):\n    app.add_directive('fails', Fails)\n",
        encoding="utf-8",
    )
    for number in range(8):
        (project / f"page{number}.rst").write_text(":orphan:\n\nPage\n====\n\n.. fails::\n", encoding="utf-8")
    with pytest.raises(AffidavitError, match="its own words") as failed:
        gather(project, jobs)
    assert "Traceback" not in str(failed.value)


@pytest.mark.parametrize("name", ["", "missing"])
def test_a_folder_without_conf_py_is_wrong_usage(tmp_path, name):
    with pytest.raises(UsageError, match=r"no (conf\.py|folder)"):
        gather(tmp_path / name, 1)


def test_what_sphinx_warns_of_is_passed_on(project, capsys):
    (project / "index.rst").write_text("Page\n====\n\n:doc:`nothing`\n", encoding="utf-8")
    gather(project, 1)
    told = capsys.readouterr()
    assert told.out == ""
    assert "unknown document: 'nothing'" in told.err
    assert "index.rst:4" in told.err
    assert "\x1b" not in told.err


def test_of_many_warnings_the_first_are_passed_on(project, capsys):
    (project / "index.rst").write_text("Page\n====\n" + "\n:doc:`nothing`\n" * 50, encoding="utf-8")
    gather(project, 1)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert "30 more" in lines[-1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_conf_py_prints_is_no_part_of_a_report(project, capsys, jobs):
    with (project / "conf.py").open("a") as conf:
        conf.write("print('from conf.py')\n")
    gather(project, jobs)
    out, err = capsys.readouterr()
    assert (out, "from conf.py" in err) == ("", True)


def test_links_in_docstrings_stand_in_the_file_of_their_module(project, monkeypatch):
    monkeypatch.syspath_prepend(project)
    (project / "documented.py").write_text(
        'def speak():\n    """Speak.\n\n    See https://two.example/ there.\n    """\n'
    )
    (project / "conf.py").write_text("extensions = ['affidavit', 'sphinx.ext.autodoc']")
    (project / "index.rst").write_text("Page\n====\n\n.. autofunction:: documented.speak\n")
    (link,) = gather(project, 1).corpus.links
    assert (link.url, str(link.place), link.place.document) == ("https://two.example/", "documented.py", "index")


def test_findings_are_not_told_by_sphinx(project, capsys):
    (project / "index.rst").write_text("Page\n====\n\n.. deployment-method:: empty\n", encoding="utf-8")
    assert gather(project, 1).corpus.findings != ()
    assert capsys.readouterr().err == ""


def test_the_lock_file_is_read(project):
    gathered = gather(project, 1)
    missing = read_lock_of(gathered, project)
    assert isinstance(missing, Finding)
    assert (missing.code, str(missing.place)) == (Code.LOCK_MISSING, "release-notes.lock.json")
    write_lock(project / "release-notes.lock.json", Lock(()))
    assert read_lock_of(gathered, project) == Lock(())


def test_the_working_folder_and_logging_stay_as_they_were(project):
    folder, handlers = os.getcwd(), list(logging.getLogger().handlers)  # noqa: PTH109 -- the text is compared
    gather(project, 1)
    assert os.getcwd() == folder  # noqa: PTH109 -- likewise
    assert logging.getLogger().handlers == handlers
