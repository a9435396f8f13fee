"""The project of all cases: in both markups, run once."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from io import StringIO

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from tests.examples.cases.project import PAGES, Project, write
from tests.examples.cases.wholes import WRONG
from tests.examples.cases.writers import WRITERS

from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.model.examples import Example
from affidavit.sphinx.domain import AffidavitDomain


@pytest.fixture(scope="session")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Project]:
    """Return the site of all cases that are right, in each markup."""
    return {suffix: write(tmp_path_factory.mktemp(suffix) / "doc", suffix, PAGES) for suffix in WRITERS}


@pytest.fixture(scope="session")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Project]:
    """Return the site of all cases that are wrong, in each markup."""
    return {
        suffix: write(tmp_path_factory.mktemp(f"wrong-{suffix}") / "doc", suffix, {"wrong": WRONG})
        for suffix in WRITERS
    }


@pytest.fixture(scope="session")
def _runs_here(require_program):
    require_program("bash", install="apt-get install bash")
    require_program("bwrap", install="apt-get install bubblewrap")
    sandbox = choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")


@pytest.fixture(scope="session")
def recorded(projects, _runs_here) -> tuple[Mapping[str, Project], str]:
    """Return both sites with the evidence of one run, that of the first, and what was said of it."""
    told = projects["rst"].run("--record", "-j2")
    shutil.copytree(projects["rst"].folder / "evidence", projects["md"].folder / "evidence")
    return projects, told


@pytest.fixture(scope="session")
def examples(projects) -> Mapping[str, tuple[Example, ...]]:
    """Return what Sphinx reads from the pages of each markup."""
    return {suffix: examples_of(project) for suffix, project in projects.items()}


def examples_of(project: Project) -> tuple[Example, ...]:
    """Return the examples that Sphinx reads from a site."""
    places = (
        project.folder,
        project.folder,
        project.folder.parent / "out",
        project.folder.parent / "doctrees",
        "dummy",
    )
    warnings = StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(*places, status=None, warning=warnings)
        app.build()
        return AffidavitDomain.of(app.env).corpus.examples
