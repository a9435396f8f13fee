"""Only what is new, as whole runs: against a report, and against a revision of a real git repository."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from affidavit.cli.outcome import UsageError
from affidavit.cli.revision import checked_out


@pytest.fixture
def git(tmp_path, monkeypatch):
    """Return git in an empty repository, which is the current folder."""
    monkeypatch.chdir(tmp_path)
    for name in [each for each in os.environ if each.startswith("GIT_")]:
        monkeypatch.delenv(name)
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]

    def call(*arguments):
        done = subprocess.run(["git", *who, *arguments], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    call("init", "--quiet", "--initial-branch=main")
    return call


@pytest.fixture
def check(run, server, answer, tmp_path, monkeypatch):
    """Check ``urls.txt`` of the current folder against a server that has nothing, and return what is asked, too."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments, paths):
        for path in paths:
            server.answers[path] = answer(b"gone", 404)
        Path("urls.txt").write_text("".join(f"{server.url}{path}\n" for path in paths))
        server.asked.clear()
        status, out, err = run("check", "--urls", "urls.txt", "--allow-private", "--quiet", *arguments)
        return status, out, err, sorted(path for path, _ in server.asked)

    return call


def test_what_an_earlier_report_has_is_left_out(check):
    assert check("--format", "json", "--output", "base.json", paths=["/a", "/b"])[0] == 1
    status, out, err, asked = check("--new-only", "base.json", paths=["/b", "/a"])
    assert (status, asked) == (0, ["/a", "/b"])
    assert out == "2 claims: 2 broken; 0 errors.\n"
    assert err == "affidavit: Left out, since the base has them: 2 findings.\n"
    status, out, _, asked = check("--new-only", "base.json", paths=["/new", "/a"])
    assert (status, asked) == (1, ["/a", "/new"])
    assert "urls.txt:1" in out
    assert "urls.txt:2" not in out


@pytest.mark.parametrize(("code", "status"), [("link-broken", 0), ("link-moved", 1)])
def test_a_claim_is_known_by_its_code_whatever_was_said_of_it_then(check, server, code, status):
    Path("base.json").write_text(json.dumps({"version": 2, "findings": [], "claims": [
        {"kind": "link", "target": f"{server.url}/a", "code": code, "places": [{"file": "urls.txt"}]},
    ]}))  # fmt: skip
    assert check("--new-only", "base.json", paths=["/a"])[0] == status


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "The base `base.json` is no JSON."),
        ("\x00", "The base `base.json` is no JSON."),
        ("[" * 100_000, "The base `base.json` is no JSON."),
        ("[]", "`base.json` is no report of a check."),
        ('{"version": "2"}', "`base.json` is no report of a check."),
        ('{"version": 2, "findings": [1], "claims": []}', "`base.json` is no report of a check."),
        ('{"version": 2, "findings": [], "claims": [{"places": 3}]}', "`base.json` is no report of a check."),
        ('{"version": 2}', "`base.json` is no report of a check."),
        ('{"version": 99}', "The report `base.json` was written by a later version of Affidavit."),
    ],
)
def test_a_base_that_is_no_report_is_wrong_usage(check, text, says):
    Path("base.json").write_text(text)
    status, out, err, asked = check("--new-only", "base.json", paths=["/a"])
    assert (status, out, asked) == (2, "", [])
    assert err.startswith(f"affidavit: {says}")


def test_of_a_revision_only_new_links_are_asked_and_told(check, git):
    check(paths=["/a"])
    git("add", "urls.txt")
    git("commit", "--quiet", "--message=One")
    status, out, _, asked = check("--new-only", "git:HEAD", paths=["/new", "/a"])
    assert (status, asked) == (1, ["/new"])
    assert out.endswith("\n1 claim: 1 broken; 1 error.\n")
    assert check("--new-only", "git:HEAD", paths=["/a"])[0::3] == (0, [])


def test_a_list_that_a_revision_did_not_have_is_new_as_a_whole(check, git):
    git("commit", "--quiet", "--allow-empty", "--message=None")
    assert check("--new-only", "git:main", paths=["/a"])[0::3] == (1, ["/a"])


@pytest.mark.parametrize("revision", ["nowhere", "--since=yesterday", "", "main:urls.txt"])
def test_a_revision_that_is_none_is_wrong_usage(check, git, revision):
    git("commit", "--quiet", "--allow-empty", "--message=None")
    status, _, err, asked = check(f"--new-only=git:{revision}", paths=["/a"])
    assert (status, asked) == (2, [])
    assert err.startswith(f"affidavit: git knows no `{revision}`. Name one that it has")


def test_without_a_repository_or_without_git_a_revision_is_wrong_usage(check, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    status, _, err, _ = check("--new-only", "git:main", paths=["/a"])
    assert (status, "A revision needs a git repository" in err) == (2, True)
    monkeypatch.setenv("PATH", "")
    status, _, err, _ = check("--new-only", "git:main", paths=["/a"])
    assert (status, "git cannot be run" in err) == (2, True)


def test_standard_input_has_no_revision(run):
    status, _, err = run("check", "--urls", "-", "--new-only", "git:HEAD")
    assert (status, "No revision has what comes from standard input." in err) == (2, True)


def test_a_revision_is_laid_out_whole_and_the_repository_is_left_as_it_is(git, tmp_path):
    (tmp_path / "doc").mkdir()
    (tmp_path / ".gitattributes").write_text("doc/hidden.rst export-ignore\n")
    (tmp_path / "doc" / "index.rst").write_text("then")
    (tmp_path / "doc" / "hidden.rst").write_text("kept out of archives")
    git("add", ".")
    git("commit", "--quiet", "--message=One")
    (tmp_path / "doc" / "index.rst").write_text("now")
    (tmp_path / "doc" / "staged.rst").write_text("staged")
    git("add", "doc/staged.rst")
    before = git("status", "--porcelain"), git("rev-parse", "HEAD")
    with checked_out(Path("doc"), "HEAD") as there:
        assert (there / "index.rst").read_text() == "then"
        assert (there / "hidden.rst").exists()
        assert not (there / "staged.rst").exists()
    assert not there.exists()
    assert (git("status", "--porcelain"), git("rev-parse", "HEAD")) == before


def test_in_a_hook_a_revision_is_that_of_the_repository_all_the_same(git, tmp_path, monkeypatch):
    (tmp_path / "doc").mkdir()
    (tmp_path / "doc" / "index.rst").write_text("then")
    git("add", ".")
    git("commit", "--quiet", "--message=One")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index of a commit"))
    with checked_out(Path("doc"), "HEAD") as there:
        assert (there / "index.rst").read_text() == "then"


def test_a_path_that_a_revision_lacks_is_absent(git):
    git("commit", "--quiet", "--allow-empty", "--message=None")
    Path("new.txt").write_text("new")
    with checked_out(Path("new.txt"), "HEAD") as there:
        assert not there.exists()
    with pytest.raises(UsageError), checked_out(Path("new.txt"), "HEAD~5"):
        pass
