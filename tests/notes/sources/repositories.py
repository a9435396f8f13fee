"""Git repositories with notes for reno, made by git itself: what the tests of the git source read."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from copy import copy
from pathlib import Path

import docutils
import pytest

CONF = """
project = "P"
extensions = ["reno.sphinxext"]
html_theme = "basic"
"""


class Repository:
    """A repository in which each commit is a minute younger than the one before, and nothing is of the user's own."""

    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        self._minutes = 0
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=master", *options)

    def copy(self, path: Path) -> Repository:
        """Return one like it elsewhere."""
        made = copy(self)
        made.path = Path(shutil.copytree(self.path, path, symlinks=True))
        return made

    def git(self, *arguments: str, check: bool = True) -> str:
        """Run git, and return what it says."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, env=self._environment(), check=check, capture_output=True, text=True
        )
        return done.stdout.strip()

    def write(self, name: str, content: str | bytes) -> Repository:
        """Write a file into the working copy."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def note(self, slug: str, text: str, *, folder: str = "releasenotes/notes") -> Repository:
        """Write a note, whose name has what reno knows it by, and commit it."""
        self.write(note_path(slug, folder), text)
        return self.commit(f"Note {slug}")

    def commit(self, message: str = "Change") -> Repository:
        """Commit what is in the working copy, or else nothing."""
        self._minutes += 1
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self

    def tag(self, name: str, *, signed: bool = False) -> Repository:
        """Tag the commit that is checked out; a signed tag is an object of its own, as an annotated one is."""
        self._minutes += 1
        self.git("tag", *(["--annotate", "--message", name] if signed else []), name)
        return self

    def at(self, branch: str, *, new: bool = False) -> Repository:
        """Check out a branch."""
        self.git("checkout", "--quiet", *(["-b"] if new else []), branch)
        return self

    def merge(self, branch: str, *options: str) -> Repository:
        """Merge a branch with a commit of its own."""
        self._minutes += 1
        self.git("merge", "--quiet", "--no-ff", "--message", f"Merge {branch}", *options, branch)
        return self

    def page(self, name: str, *options: str, title: str = "", folder: str = "releasenotes") -> Repository:
        """Write a page with one directive."""
        lines = ["=" * 20, f"Page {name[:14]}", "=" * 20, "", f".. release-notes:: {title}".rstrip()]
        return self.write(f"{folder}/source/{name}.rst", "\n".join([*lines, *(f"   {each}" for each in options), ""]))

    def pages(self, table: dict[str, str]) -> Repository:
        """Write a page for each branch, and one that lists them; the branch of none is that which is checked out."""
        for name, branch in table.items():
            self.page(name, *([f":branch: {branch}"] if branch else []))
        listed = "".join(f"   {name}\n" for name in table)
        self.write("releasenotes/source/index.rst", f"Notes\n=====\n\n.. toctree::\n\n{listed}")
        self.write("releasenotes/source/conf.py", CONF)
        return self.commit("Pages")

    def build(self, out: Path, *, folder: str = "releasenotes") -> bytes:
        """Build the pages with reno's own directive, and return the inventory."""
        if docutils.__version__ == "0.22":
            pytest.skip("reno's directive and docutils 0.22.0 do not work together; 0.22.1 mends it")
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", f"{folder}/source", str(out)]
        subprocess.run(command, cwd=self.path, env=self._environment(), check=True, capture_output=True)
        return (out / "objects.inv").read_bytes()

    def report(self, *options: str) -> str:
        """Return what ``reno report`` says."""
        code = "import sys; from reno.main import main; sys.exit(main(sys.argv[1:]))"
        command = [sys.executable, "-c", code, "-q", "report", *options, "."]
        done = subprocess.run(
            command, cwd=self.path, env=self._environment(), check=True, capture_output=True, text=True
        )
        return done.stdout

    def _environment(self) -> dict[str, str]:
        when = f"{1_500_000_000 + 60 * self._minutes} +0000"
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _PERSON.items()}
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
        return {**own, **who, **dates, **nothing, "PYTHONUTF8": "1"}


_PERSON = {"NAME": "Somebody", "EMAIL": "somebody@example.org"}


def note_path(slug: str, folder: str = "releasenotes/notes") -> str:
    """Return the name that reno would give a note: with 16 digits by which it is known when its slug changes."""
    return f"{folder}/{slug}-{hashlib.sha256(slug.encode()).hexdigest()[:16]}.yaml"


def many_series(path: Path) -> Repository:
    """Return a repository with what real ones have: branches in all states, candidates, merges, and renamed notes."""
    made = Repository(path)
    made.write("README", "x").commit("Begin")
    made.note(
        "first", "prelude: >\n  It begins.\nfeatures:\n  - First thing\n  - |\n    Second thing\n\n    And more.\n"
    )
    made.tag("1.0.0.0b1").note("candidate", "issues:\n  - Wobbles\n").tag("1.0.0.0rc1", signed=True)
    _alpha(made)
    _beta(made)
    _gamma(made)
    _rest(made)
    return made.pages({
        "alpha": "stable/alpha", "beta": "stable/beta", "gamma": "unmaintained/gamma", "delta": "stable/delta",
        "früh": "stable/früh", "slashes": "stable/2023.1/x", "origin": "origin/stable/beta", "unreleased": "",
    })  # fmt: skip


def _alpha(made: Repository) -> None:
    made.at("stable/alpha", new=True).note("late", "fixes:\n  - Late fix\n").tag("1.0.0")
    made.note("point", "security:\n  - Hole\ncritical: One text\n").tag("v1.0.1", signed=True)
    made.note("after", "other:\n  - After the last tag\n").at("master")


def _beta(made: Repository) -> None:
    made.at("topic", new=True).note("topic", "upgrade:\n  - From a topic branch\n").at("master")
    made.note("mainline", "features:\n  - On the main line\n").merge("topic").tag("2.0.0.0rc1")
    made.at("stable/beta", new=True).tag("2.0.0").note("beta-fix", "fixes:\n  - Beta\n")
    made.tag("2.0.1").tag("beta-eom", signed=True).at("master")
    made.merge("stable/beta", "--strategy=ours")  # as OpenStack once took the tags of a release back


def _gamma(made: Repository) -> None:
    made.note("gamma", "deprecations:\n  - Old\nunknown:\n  - Nobody sees this\n").tag("3.0.0")
    made.at("unmaintained/gamma", new=True).note("gamma-fix", "fixes: Nothing\nbugs: [x]\nwants: y\n").tag("3.0.1")
    made.at("master").note("delta", "features:\n  - Delta\n").tag("4.0.0")
    made.at("stable/delta", new=True).note("delta-fix", "fixes:\n  - Delta fix\n").tag("4.0.1").tag(
        "delta-eol", signed=True
    )
    made.at("master").git("branch", "--quiet", "-D", "stable/delta")


def _rest(made: Repository) -> None:
    made.note("renamed", "features:\n  - To be renamed\n").tag("5.0.0")
    made.git("mv", note_path("renamed"), note_path("renamed").replace("renamed-", "new-name-"))
    made.commit("Rename").note("gone", "features:\n  - Taken back\n")
    made.at("stable/früh", new=True).note("fruh", "fixes:\n  - Grün\n").tag("5.0.1").at("master")
    made.git("rm", "--quiet", note_path("gone"))
    made.note("first", "features:\n  - First thing, better told\n").tag("6.0.0")
    made.at("stable/2023.1/x", new=True).note("deep", "upgrade:\n  - Deep\n").tag("6.0.1").at("master")
    made.note("newest", "issues:\n  - Not released\n")
