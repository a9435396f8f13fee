"""``affidavit check`` of a Sphinx project, and the hooks that run it."""

import json
import re
import shlex
import subprocess

import pytest
import yaml

from affidavit.cli.check_options import read_options
from affidavit.cli.parser import parser

CONF = 'extensions = ["affidavit"]\n'
PAGE = """\
Home
====

`Here <{url}/here>`_, `gone <{url}/gone>`_, and `gone <{url}/gone>`_ once more.

.. glossary::

   word
      Explained at {url}/here.

   other
      Explained nowhere.
"""


@pytest.fixture
def project_of(server, answer, tmp_path, monkeypatch):
    """Return a Sphinx project below the current folder, with links to a server."""
    monkeypatch.chdir(tmp_path)
    server.answers["/here"] = answer(b"<title>Word</title><p>A word.", Content_Type="text/html")
    for path in ("/gone", "/new"):
        server.answers[path] = answer(b"gone", 404)
    folder = tmp_path / "doc"
    folder.mkdir()
    (folder / "conf.py").write_text(CONF)
    (folder / "index.rst").write_text(PAGE.format(url=server.url))
    return folder


def test_all_claims_of_a_project_are_checked_and_nothing_is_written_there(run, project_of, server):
    status, out, err = run("check", "doc", "--allow-private", "--quiet")
    assert (status, err) == (1, "")
    assert f"  The link {server.url}/gone answers 404: the server knows no such page.\n    doc/index.rst:4\n" in out
    assert "error [term-without-reference]\n" in out
    assert sorted(path for path, _ in server.asked) == ["/gone", "/here"]
    assert sorted(each.name for each in project_of.iterdir()) == ["conf.py", "index.rst"]


def test_only_one_kind_is_asked_and_told(run, project_of, server):
    status, out, _ = run("check", project_of, "--allow-private", "--quiet", "--only", "term", "--format", "json")
    assert status == 1
    assert {claim["kind"] for claim in json.loads(out)["claims"]} == {"term"}
    assert [path for path, _ in server.asked] == ["/here"]


def test_against_a_revision_only_what_was_written_since_counts(run, project_of, server, monkeypatch):
    for name, value in {"NAME": "Somebody", "EMAIL": "somebody@example.org"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "One"]):
        subprocess.run(["git", *arguments], check=True)
    arguments = ["check", "doc", "--allow-private", "--quiet", "--new-only", "git:HEAD"]
    assert run(*arguments)[:2] == (0, "0 claims; 0 errors.\n")
    page = project_of / "index.rst"
    page.write_text(f"{page.read_text()}\n`New <{server.url}/new>`_.\n")
    status, out, _ = run(*arguments)
    assert (status, [path for path, _ in server.asked]) == (1, ["/new"])
    assert out.endswith("\n1 claim: 1 broken; 1 error.\n")


def test_a_setting_that_is_wrong_is_told_like_any_finding(run, project_of):
    (project_of / "conf.py").write_text(f"{CONF}affidavit_online = 3\n")
    status, out, _ = run("check", "doc", "--offline")
    assert status == 1
    assert "error [setting-invalid]\n" in out
    assert "    doc/conf.py\n" in out


@pytest.fixture(scope="module")
def hooks(project):
    return yaml.safe_load((project / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_the_hooks_say_what_they_must(hooks):
    assert [each["id"] for each in hooks] == ["affidavit-check", "affidavit-links"]
    for hook in hooks:
        assert {"id", "name", "description", "entry", "language", "files", "pass_filenames"} <= set(hook)
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)


@pytest.mark.parametrize(
    ("name", "runs"),
    [
        ("doc/conf.py", True),
        ("conf.py", True),
        ("doc/a.rst", True),
        ("a.md", True),
        ("a.py", False),
        ("b/myconf.py", False),
    ],
)
def test_the_hooks_run_when_a_page_or_a_setting_changes(hooks, name, runs):
    assert [bool(re.search(hook["files"], name)) for hook in hooks] == [runs, runs]


def test_the_command_of_each_hook_can_be_read(hooks):
    for hook in hooks:
        program, *arguments = shlex.split(hook["entry"])
        assert program == "affidavit"
        assert read_options(parser().parse_args([*arguments, "doc"])).quiet


def test_the_hook_judges_without_asking_anybody(hooks, start, project_of, server):
    (entry,) = [each["entry"] for each in hooks if each["id"] == "affidavit-check"]
    process = start(*shlex.split(entry)[1:], "doc", cwd=project_of.parent)
    out, err = process.communicate()
    assert (process.returncode, err, server.asked) == (1, "", [])
    assert "term-without-reference" in out
