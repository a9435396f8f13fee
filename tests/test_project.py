"""The package and the papers beside it: what they name is there, and what they show works."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PAPERS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGES.md", "changes/README.md"]


@pytest.fixture(scope="module")
def metadata(project):
    return tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def requirements(metadata):
    """Return what the package and its extras ask for, themselves left out, by normalised name."""
    extras = metadata["project"]["optional-dependencies"].values()
    every = [Requirement(text) for texts in (metadata["project"]["dependencies"], *extras) for text in texts]
    return {canonicalize_name(each.name): each for each in every if each.name != "affidavit"}


def test_the_lowest_versions_are_those_that_are_claimed(project, requirements):
    lines = (project / "tests" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    lowest = {canonicalize_name(pin.name): _bound(pin, "==") for pin in pins}
    assert lowest == {name: _bound(each, ">=") for name, each in requirements.items()}


def _bound(requirement, operator):
    (bound,) = [each for each in requirement.specifier if each.operator == operator]
    return Version(bound.version)


# Imported only where it happens to be installed; pytest by the plugin, which nobody else loads.
OPTIONAL = {"certifi", "dulwich", "pytest", "pyyaml", "reno"}


def test_what_is_imported_is_asked_for(project, metadata):
    asked = {canonicalize_name(Requirement(text).name) for text in metadata["project"]["dependencies"]}
    homes = packages_distributions()
    foreign = {
        canonicalize_name(home)
        for file in (project / "ext").rglob("*.py")
        for name in _imported(file.read_text(encoding="utf-8"))
        if name not in sys.stdlib_module_names
        for home in homes.get(name, [name])
    }
    assert foreign - asked - OPTIONAL == {"affidavit"}


def _imported(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.fixture(scope="module")
def distributions(project, tmp_path_factory):
    """Build both distributions, without a network; return the names of the files that they hold."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=project, check=True)
    (wheel,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        held = archive.namelist()
    with tarfile.open(source) as archive:
        return held, [name.partition("/")[2] for name in archive.getnames()]


def test_the_wheel_holds_every_file_of_the_package(project, distributions):
    wheel, _ = distributions
    files = [path for path in (project / "ext" / "affidavit").rglob("*") if path.is_file()]
    named = {path.relative_to(project / "ext").as_posix() for path in files if "__pycache__" not in path.parts}
    assert {"affidavit/py.typed", "affidavit/__init__.py"} <= named
    assert named - set(wheel) == set()
    assert [name for name in wheel if not name.startswith(("affidavit/", "affidavit-"))] == []


@pytest.mark.parametrize(
    "name", ["tox.ini", "pyproject.toml", "tests/lowest.txt", "doc/conf.py", "doc/release-notes.lock.json", *PAPERS]
)
def test_the_source_distribution_holds_what_builds_the_site_and_runs_the_tests(distributions, name):
    _, source = distributions
    assert name in source


@pytest.mark.parametrize("paper", PAPERS)
def test_links_between_the_papers_lead_somewhere(project, paper):
    text = (project / paper).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.startswith("https://")]
    assert [target for target in targets if not (project / paper).parent.joinpath(target).exists()] == []


def test_change_notes_are_of_a_known_type_and_say_something(project, metadata):
    types = "|".join(each["directory"] for each in metadata["tool"]["towncrier"]["type"])
    notes = [file for file in (project / "changes").iterdir() if file.name != "README.md"]
    assert [file.name for file in notes if not re.fullmatch(rf"(\+[a-z0-9-]+|\d+)\.({types})\.md", file.name)] == []
    assert [file.name for file in notes if not file.read_text(encoding="utf-8").strip()] == []


def test_change_notes_tell_of_every_type(project, metadata):
    told = (project / "changes" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE) == [
        each["directory"] for each in metadata["tool"]["towncrier"]["type"]
    ]


def example(project, language):
    readme = (project / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    return found


@pytest.mark.parametrize(("language", "name"), [("rst", "index.rst"), ("markdown", "index.md")])
def test_the_card_that_readme_shows_builds(project, tmp_path, language, name):
    conf = example(project, "python").replace('["affidavit"]', '["affidavit", "myst_parser"]')
    (tmp_path / "conf.py").write_text(f"{conf}myst_enable_extensions = ['colon_fence']\n", encoding="utf-8")
    heading = "# Page\n\n" if language == "markdown" else "Page\n====\n\n"
    (tmp_path / name).write_text(heading + example(project, language), encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-b", "text", tmp_path, tmp_path / "built"]
    subprocess.run(command, check=True)
    built = (tmp_path / "built" / "index.txt").read_text(encoding="utf-8")
    for words in ("Some server in front", "413 Content Too Large", "Upload of a large file"):
        assert words in built
