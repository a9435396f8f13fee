"""The weekly workflow: its steps, run for real on a small site; only GitHub's own command is a stand-in."""

import os
import re
import subprocess
import sys

import pytest
import yaml

from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable

PAGE = """
The site
========

.. example:: good

   .. console::

      $ echo a
      a

.. example:: much
   :slow:

   .. console::

      $ echo b
      b
"""

# Notes what it is told, line by line; `issue list` prints the number of the open issue, if there is one.
GH = """#!/bin/sh
echo "$*" >> "$NOTES"
[ "$1 $2" = "issue list" ] && printf '%s' "$OPEN"
exit 0
"""


@pytest.fixture(scope="module")
def jobs(project):
    file = project / ".github" / "workflows" / "examples.yml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]


@pytest.fixture
def clone(tmp_path, require_program):
    """Return a repository with a small site whose examples are recorded, as the workflow finds it."""
    for program in ("bash", "git"):
        require_program(program, install=f"apt-get install {program}")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    clone = tmp_path / "clone"
    (clone / "doc").mkdir(parents=True)
    (clone / "doc/conf.py").write_text('extensions = ["affidavit"]\n')
    (clone / "doc/index.rst").write_text(PAGE)
    (clone / ".gitignore").write_text("/.tox/\n/reports/\n__pycache__/\n")
    command = clone / ".tox/examples/bin/affidavit"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m affidavit "$@"\n')
    command.chmod(0o755)
    subprocess.run([command, "run", "doc", "--slow", "--record"], cwd=clone, check=True, capture_output=True)
    subprocess.run(["git", "init", "--quiet", "--bare", "../origin"], cwd=clone, check=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main"], cwd=clone, check=True)
    subprocess.run(["git", "remote", "add", "origin", "../origin"], cwd=clone, check=True)
    commit(clone)
    return clone


def commit(clone):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "add", "--all"], cwd=clone, check=True)
    subprocess.run(["git", *who, "commit", "--quiet", "--message", "All"], cwd=clone, check=True)


@pytest.fixture
def step(jobs, clone, tmp_path):
    """Run a step of a job as a runner does; return its exit status and what it printed."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(GH)
    (tmp_path / "bin" / "gh").chmod(0o755)
    files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "NOTES")}
    home = {"HOME": tmp_path, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "OPEN": ""}

    def run(job, name, **variables):
        (found,) = [each for each in jobs[job]["steps"] if each.get("name") == name]
        given = found.get("env", {})
        assert set(variables) - {"OPEN"} <= set(given)
        usual = {key: "" if key in given else value for key, value in os.environ.items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"]],
            cwd=clone,
            env=usual | files | home | dict.fromkeys(given, "") | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture
def noted(tmp_path):
    """Return what a file of the runner has."""

    def read(name):
        path = tmp_path / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    return read


def drift(clone):
    page = clone / "doc/index.rst"
    page.write_text(page.read_text().replace("echo b\n      b", "echo b\n      c"))


RUN, DIFFERS, SUMMARY = "Run all examples", "Show what differs from the evidence", "Write the summary"


def test_where_all_is_as_shown_the_run_is_fine_and_summed_up(step, noted):
    assert step("prove", RUN)[0] == 0
    assert noted("GITHUB_OUTPUT") == "status=0\n"
    assert step("prove", SUMMARY)[0] == 0
    summary = noted("GITHUB_STEP_SUMMARY")
    assert "**2 claims: 2 hold; 0 errors.**" in summary
    assert re.search(r"(?m)^````text\n2 runs\n", summary)
    assert re.search(r" s  run    much/here\n", summary)


def test_drift_is_told_with_its_difference_and_the_step_ends_well(step, noted, clone):
    drift(clone)
    assert step("prove", RUN)[0] == 0
    assert noted("GITHUB_OUTPUT") == "status=1\n"
    assert step("prove", SUMMARY)[0] == 0
    assert "`example-drifted`" in noted("GITHUB_STEP_SUMMARY")


def test_what_cannot_be_run_is_told_and_the_step_ends_well(step, noted, clone):
    page = clone / "doc/index.rst"
    page.write_text(page.read_text().replace(":slow:", ":needs: no-such-program"))
    assert step("prove", RUN)[0] == 0
    assert noted("GITHUB_OUTPUT") == "status=3\n"
    assert step("report", ISSUE, STATUS="3", RUN="https://run") == (0, "")
    text = (clone / "reports/issue.md").read_text()
    assert text.startswith("Some examples could not be run: https://run\n\n**2 claims")
    assert "no-such-program" in text


def test_what_differs_from_the_evidence_is_kept(step, clone):
    page = clone / "doc/index.rst"
    page.write_text(page.read_text().replace("$ echo b\n", "$ echo $((1 + 1))\n"))
    step("prove", RUN)
    assert step("prove", DIFFERS) == (0, "")
    difference = (clone / "reports/examples.diff").read_text()
    assert "\n-> echo b\n-b\n+> echo $((1 + 1))\n+2\n" in difference
    assert "good/here" not in difference


def test_where_no_run_drifted_there_is_no_difference(step, clone):
    page = clone / "doc/index.rst"
    page.write_text(page.read_text() + ".. example:: Bad Name\n")
    assert step("prove", RUN)[0] == 0
    assert step("prove", DIFFERS) == (0, "")
    assert not (clone / "reports/examples.diff").exists()


def test_a_run_that_could_not_be_made_ends_the_step(step, noted, clone):
    (clone / "doc/conf.py").unlink()
    assert step("prove", RUN)[0] != 0
    assert noted("GITHUB_OUTPUT") not in {"status=0\n", "status=1\n"}


ISSUE = "Open, renew or close the issue"
LISTED = "issue list --label examples-drift --state open --limit 1 --json number --jq .[].number"
ISSUES = [
    ("1", "", ["label create examples-drift", "issue create --title"]),
    ("1", "17", ["issue edit 17 --body-file reports/issue.md"]),
    ("0", "", []),
    ("0", "17", ["issue close 17 --comment All examples are as their pages show them: https://run"]),
]


@pytest.mark.parametrize(("status", "number", "told"), ISSUES)
def test_there_is_one_issue_while_something_drifts(step, noted, status, number, told):
    step("prove", RUN)
    assert step("report", ISSUE, STATUS=status, OPEN=number, RUN="https://run") == (0, "")
    first, *rest = noted("NOTES").splitlines()
    assert first == LISTED
    assert [line[: len(start)] for line, start in zip(rest, told, strict=True)] == told


def test_the_issue_says_what_drifted(step, clone):
    drift(clone)
    step("prove", RUN)
    (clone / "reports/examples.diff").write_text("-a\n+b\n")
    step("report", ISSUE, STATUS="1", RUN="https://run")
    text = (clone / "reports/issue.md").read_text()
    assert text.startswith(
        "What examples give is not what their pages and their evidence have: https://run\n\n**2 claims"
    )
    assert "example-drifted" in text
    assert text.endswith("\n````diff\n-a\n+b\n\n````\n")


def test_what_is_recorded_is_proposed_on_a_branch(step, noted, clone):
    page = clone / "doc/index.rst"
    page.write_text(page.read_text().replace("echo a\n      a", "echo z\n      z"))
    commit(clone)
    assert step("prove", RUN, RECORD="--record")[0] == 0
    assert step("prove", "Keep what was recorded")[0] == 0
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=clone, check=True)
    status, told = step("propose", "Propose what was recorded", BRANCH="evidence-7")
    assert status == 0, told
    files = ["git", "show", "--name-only", "--format=%s", "evidence-7"]
    shown = subprocess.run(files, cwd=clone.parent / "origin", check=True, capture_output=True, text=True)
    assert "Record the examples anew\n\ndoc/evidence/good/here.json\n" in shown.stdout
    assert "reports/" not in shown.stdout
    assert noted("NOTES").startswith("pr create --head evidence-7 ")


def test_where_nothing_new_was_recorded_nothing_is_proposed(step, noted, clone):
    (clone / "reports").mkdir()
    (clone / "reports/evidence.patch").touch()
    assert step("propose", "Propose what was recorded", BRANCH="evidence-7") == (0, "")
    assert noted("NOTES") == ""


def test_each_job_may_do_what_it_needs_and_no_more(jobs):
    assert {name: job.get("permissions") for name, job in jobs.items()} == {
        "prove": None,
        "report": {"issues": "write"},
        "propose": {"contents": "write", "pull-requests": "write"},
        "verdict": None,
    }


def test_it_is_started_weekly_and_by_hand(project):
    text = (project / ".github/workflows/examples.yml").read_text(encoding="utf-8")
    started = yaml.safe_load(text)[True]  # what YAML 1.1 makes of `on`
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", started["schedule"][0]["cron"])
    assert started["workflow_dispatch"]["inputs"]["record"]["default"] is False
