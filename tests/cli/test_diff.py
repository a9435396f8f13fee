"""``affidavit diff``: real runs and real revisions beside what the evidence has."""

import os
import pty
import re
import subprocess
import sys

import pytest
from msgspec.structs import replace

from affidavit.cli import diff as command
from affidavit.examples.evidence import read_record, record_text
from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable

PAGE = """\
The site
========

.. example:: good

   .. code-block:: console

      $ echo a

.. example:: other

   .. code-block:: console

      $ echo b
"""


@pytest.fixture
def folder(tmp_path, run, require_program):
    """Give a site whose examples have run."""
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    folder = tmp_path / "doc"
    folder.mkdir()
    (folder / "conf.py").write_text('extensions = ["affidavit"]\n')
    (folder / "index.rst").write_text(PAGE)
    assert run("run", folder, "--record")[0] == 0
    return folder


def change(folder, key="good/here", to="another"):
    path = folder / "evidence" / f"{key}.json"
    record = read_record(path.read_text())
    path.write_text(record_text(replace(record, seen=(replace(record.seen[0], output=f"{to}\n"),))))


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_a_run_gives_stands_against_what_was_recorded(run, folder):
    assert run("diff", folder) == (0, "2 the same\n", "")
    change(folder)
    before = files(folder)
    status, out, err = run("diff", folder)
    assert (status, err) == (1, "")
    assert out.startswith("--- good/here (evidence)\n+++ good/here (this run)\n")
    assert "\n > echo a\n-another\n+a\n" in out
    assert out.endswith("\n1 different, 1 the same\n")
    assert run("diff", folder, "other")[0] == 0
    assert files(folder) == before


def test_a_run_without_a_record_is_all_new(run, folder):
    (folder / "evidence/good/here.json").unlink()
    status, out, _ = run("diff", folder, "good")
    assert (status, "+a\n" in out, "\n-" in out.partition("\n")[2].replace("\n---", "")) == (1, True, False)


def test_what_cannot_be_run_here_is_not_the_same(run, folder):
    (folder / "index.rst").write_text(PAGE.replace("good\n", "good\n   :skip-if: true => not here\n", 1))
    status, out, err = run("diff", folder)
    assert (status, out, err) == (3, "1 the same\n", "affidavit: `good/here` cannot be run here: not here.\n")


def test_what_cannot_be_tried_or_read_fails(run, folder):
    (folder / "evidence/other/here.json").write_text("<<<<<<<\n")
    settings = 'affidavit_environments = {"app": {"packages": ["some-package"]}}\n'
    (folder / "conf.py").write_text(f'extensions = ["affidavit"]\n{settings}')
    (folder / "index.rst").write_text(PAGE.replace("good\n", "good\n   :environments: app\n", 1))
    status, _, err = run("diff", folder)
    assert (status, "`good/app` could not be tried: " in err) == (1, True)
    assert "The evidence `other/here.json` cannot be read" in err


def test_a_name_that_is_wrong_is_told(run, folder):
    assert run("diff", folder, "godo")[::2] == (2, "affidavit: There is no example `godo`. Is `good` meant?\n")


def test_without_a_sandbox_nothing_can_be_told(run, folder, monkeypatch):
    monkeypatch.setattr(command, "choose_sandbox", lambda: Unable("There is none.", "Get one."))
    status, _, err = run("diff", folder)
    assert (status, err) == (3, "affidavit: No example can be run here. There is none. Get one.\n")


def git(folder, *arguments):
    named = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.hooksPath=/dev/null")
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(folder, require_program):
    require_program("git", install="apt-get install git")
    git(folder.parent, "init", "-q")
    git(folder.parent, "add", "-A")
    git(folder.parent, "commit", "-qm", "First")
    return folder


def test_an_earlier_revision_stands_against_the_folder_and_nothing_runs(run, repository, monkeypatch):
    monkeypatch.setattr(command, "work", None)
    assert run("diff", repository, "--base", "HEAD") == (0, "2 the same\n", "")
    change(repository)
    (repository / "evidence/other/here.json").unlink()
    status, out, _ = run("diff", repository, "--base", "git:HEAD")
    assert status == 1
    assert "--- good/here (HEAD)\n+++ good/here (evidence)\n" in out
    assert "-a\n+another\n" in out
    assert out.endswith("2 different, 0 the same\n")
    assert run("diff", repository, "good", "--base", "HEAD")[1].endswith("1 different, 0 the same\n")


def test_a_revision_is_to_be_spelt_as_the_help_has_it(run, repository):
    status, _, problems = run("diff", repository, "--base", "no-such")
    assert (status, "as in `origin/main`" in problems) == (2, True)


def test_what_no_revision_has_is_told(run, repository):
    status, _, err = run("diff", repository, "--base", "nowhere")
    assert (status, "nowhere" in err) == (2, True)
    status, _, err = run("diff", repository, "zzz", "--base", "HEAD")
    assert (status, "Neither has a record of `zzz`." in err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
@pytest.mark.parametrize(
    ("columns", "options", "marked"), [(90, (), True), (60, (), False), (90, ("--unified",), False)]
)
def test_on_a_terminal_both_stand_side_by_side_where_it_is_wide(repository, columns, options, marked):
    change(repository)
    told = on_terminal(columns, "diff", str(repository), "--base", "HEAD", *options)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", told)
    assert (plain != told, f"a{' ' * 42} | another" in plain, "+another" in plain) == (True, marked, not marked)


def on_terminal(columns, *arguments):
    """Return what the command prints on a terminal of so many columns."""
    here, there = pty.openpty()
    environment = {**os.environ, "COLUMNS": f"{columns}", "LINES": "24", "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen([sys.executable, "-m", "affidavit", *arguments], stdout=there, env=environment)
    os.close(there)
    told = b""
    while piece := _read(here):
        told += piece
    os.close(here)
    assert process.wait() == 1
    return told.decode()


def _read(descriptor):
    try:
        return os.read(descriptor, 4096)
    except OSError:  # how Linux says that the other side is closed
        return b""
