"""`.ci/run` and the workflows: they run what the papers name, and stop where something fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from configparser import ConfigParser

import pytest
import yaml

SITE = "python3 -m venv .venv && .venv/bin/pip install tox && .venv/bin/tox -e docs"
TESTS = "python3 -m venv .venv && .venv/bin/pip install tox && .venv/bin/tox -e py"
ENVIRONMENTS = ["docs", "lint", "type", "docs-all", "examples", "examples", "lowest", "py"]
COUNTS = "======= 7 passed, 1 skipped in 0.10s ======="

# Stand-ins for the programs that the script starts: they note what they are told, and one can be told to fail.
PYTHON = """#!/bin/sh
[ "$1" = -c ] && exit 0
echo "venv" >> "$NOTES"
[ "$FAILS" = venv ] && exit 1
mkdir -p .venv/bin && cp "$STUBS/pip" "$STUBS/tox" .venv/bin/
"""
PIP = """#!/bin/sh
echo "$1" >> "$NOTES"
[ "$FAILS" != "$1" ]
"""
TOX = f"""#!/bin/sh
echo "$2" >> "$NOTES"
[ "$FAILS" = "$2" ] && exit 1
[ "$2" = py ] && echo "CI is $CI" && echo "{COUNTS}" && echo "  py: OK (1.00 seconds)"
exit 0
"""


APT = """#!/bin/sh
echo "$1" >> "$NOTES"
[ "$1" = install ] && echo "packages: $*"
exit 0
"""
SUDO = """#!/bin/sh
exec "$@"
"""
PROGRAMS = {"python3": PYTHON, "pip": PIP, "tox": TOX, "apt-get": APT, "sudo": SUDO, "chromium": "#!/bin/sh"}
TOOLS = ["bash", "cat", "cp", "dirname", "env", "grep", "id", "mkdir", "mktemp", "rm", "sh", "tail", "tee", "tr"]


@pytest.fixture
def run_ci(project, tmp_path):
    """Run a copy of the script with the stand-ins; return its exit status, its output and what was started."""
    clone, stubs, notes = tmp_path / "clone", tmp_path / "stubs", tmp_path / "notes"
    (clone / ".ci").mkdir(parents=True)
    shutil.copy(project / ".ci" / "run", clone / ".ci" / "run")
    stubs.mkdir()
    for tool in TOOLS:
        (stubs / tool).symlink_to(shutil.which(tool))
    for name, text in PROGRAMS.items():
        (stubs / name).write_text(text, encoding="utf-8")
        (stubs / name).chmod(0o755)

    def run(fails="", missing=()):
        for name in missing:
            (stubs / name).unlink()
        notes.write_text("", encoding="utf-8")
        environment = {"PATH": str(stubs), "STUBS": stubs, "NOTES": notes, "FAILS": fails}
        done = subprocess.run([clone / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr, notes.read_text(encoding="utf-8").splitlines()

    return run


def test_the_script_runs_everything_and_ends_with_the_counts_of_the_tests(run_ci):
    status, output, started = run_ci()
    assert status == 0
    assert [each for each in started if each in ENVIRONMENTS] == ENVIRONMENTS
    assert "CI is true" in output
    assert output.rstrip().splitlines()[-1] == COUNTS


@pytest.mark.parametrize("fails", ["venv", "install", *dict.fromkeys(ENVIRONMENTS)])
def test_the_script_stops_at_the_first_failure(run_ci, fails):
    status, _, started = run_ci(fails)
    assert status != 0
    assert started[-1] == fails


def test_a_missing_browser_is_installed_first(run_ci):
    status, output, started = run_ci(missing=["chromium"])
    assert status == 0
    assert started[:3] == ["update", "install", "venv"]
    assert "chromium fonts-" in output


def test_where_it_cannot_be_installed_the_script_says_what_is_missing(run_ci):
    status, output, started = run_ci(missing=["chromium", "apt-get"])
    assert status != 0
    assert "Missing, and not installed for want of apt-get: chromium" in output
    assert started == []


def test_the_script_can_be_run_again(run_ci):
    assert run_ci()[0] == run_ci()[0] == 0


@pytest.mark.parametrize("command", [SITE, TESTS])
def test_readme_and_script_give_the_same_commands(project, command):
    readme = (project / "README.md").read_text(encoding="utf-8")
    script = (project / ".ci" / "run").read_text(encoding="utf-8")
    assert f"```console\n{command}\n```" in readme
    assert f"step '{command}'" in script


@pytest.fixture(scope="module")
def tox(project):
    parser = ConfigParser(interpolation=None)
    parser.read(project / "tox.ini", encoding="utf-8")
    return parser


@pytest.fixture(scope="module")
def known(tox):
    """Return the environments that tox.ini defines, by name."""
    listed = {name.strip() for name in tox["tox"]["env_list"].split(",")}
    return listed | {name.removeprefix("testenv:") for name in tox.sections() if name.startswith("testenv:")} | {"py"}


def test_contributors_are_told_of_every_environment(project, known):
    text = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("## Checks")[2].partition("## House rules")[0]
    told = set(re.findall(r"`(?:tox -e )?([a-z]+[a-z0-9-]*)(?: [^`]*)?`", table))
    assert known <= told
    assert set(re.findall(r"tox -e ([a-z0-9-]+)", text)) <= known


BUILDERS = ["dirhtml", "singlehtml", "latex", "epub", "text", "man", "texinfo", "xml", "gettext"]


def test_each_builder_has_doctrees_of_its_own(tox):
    commands = tox["testenv:docs-all"]["commands"].split("\n")[1:]
    folders = [re.search(r"-b (\w+) -d doc/_build/doctrees/(\w+) doc doc/_build/(\w+)$", each) for each in commands]
    assert [each.groups() if each else None for each in folders] == [(name, name, name) for name in BUILDERS]


WORKFLOWS = ["ci", "examples", "publish", "release", "linkcheck"]


@pytest.fixture(params=WORKFLOWS)
def workflow(request, project):
    return yaml.safe_load((project / ".github" / "workflows" / f"{request.param}.yml").read_text(encoding="utf-8"))


@pytest.fixture
def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_actions_are_pinned_to_a_major_version(steps):
    used = [step["uses"] for step in steps if "uses" in step]
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", name)] == []


def test_workflows_run_what_is_there(project, workflow, steps, known):
    commands = "\n".join(step.get("run", "") for step in steps)
    named = {name for names in re.findall(r"tox -e ([a-z0-9,-]+)", commands) for name in names.split(",")}
    varied = {each["env"] for job in workflow["jobs"].values() for each in _variants(job)}
    assert named | varied <= known
    assert named or ".ci/run" in commands
    assert os.access(project / ".ci" / "run", os.X_OK)


def _variants(job):
    return job.get("strategy", {}).get("matrix", {}).get("include", [])


def test_workflows_may_do_little_and_know_no_secrets(project, workflow):
    assert workflow["permissions"] == {"contents": "read"}
    for file in (project / ".github").rglob("*.yml"):
        assert "secrets." not in file.read_text(encoding="utf-8")


def test_no_workflow_is_left_out_here(project):
    assert sorted(file.stem for file in (project / ".github" / "workflows").iterdir()) == sorted(WORKFLOWS)
