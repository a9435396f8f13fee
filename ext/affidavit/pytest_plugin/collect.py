"""From a conf.py to one test for each run of the examples on its pages."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pytest

from affidavit.cells import expected
from affidavit.clock import today
from affidavit.examples.ground import Ground
from affidavit.examples.planned import Planned, Wanted
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.sites import Site, site_in
from affidavit.model.errors import AffidavitError
from affidavit.model.place import Place
from affidavit.project.reading import read_project
from affidavit.pytest_plugin.items import PageItem, ProblemItem, RunItem


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take each conf.py for that of a Sphinx project."""
    return Project.from_parent(parent, path=file_path) if file_path.name == "conf.py" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a run that could not be tried point to its page, and not to a line of ours."""
    report = yield
    if isinstance(item, PageItem) and report.skipped and isinstance(report.longrepr, tuple):
        file, line, _ = item.reportinfo()
        report.longrepr = (str(file), line + 1, report.longrepr[2])
    return report


class Project(pytest.File):
    """A Sphinx project: its tests are the runs that its examples ask for."""

    def collect(self) -> Iterator[pytest.Item]:
        """Read the pages, and give a test for each run, in their order; and one that fails for what cannot be run."""
        plans = self.site.plans(today(), Wanted(slow=self.config.getoption("--affidavit-slow")))
        for each in plans.planned:
            yield RunItem.from_parent(self, name=each.run.key, planned=each, ground=self.ground_of)
        for problem in plans.problems:
            found = problem.finding
            told = f"{found.message} {found.advice} [{found.code}]"
            yield ProblemItem.from_parent(self, name=problem.example.name, place=found.place, told=told)
        for sentence in plans.unreadable:
            yield ProblemItem.from_parent(self, name="evidence", place=Place("conf.py"), told=sentence)

    @cached_property
    def site(self) -> Site:
        """Return what its runs start from; what Sphinx warns of is for builds to tell."""
        folder = self.path.parent
        try:
            with _undisturbed():
                gathered = read_project(folder, 1, _in_silence)
        except AffidavitError as error:
            raise self.CollectError(str(error)) from None
        corpus, settings = gathered.corpus, gathered.settings
        return site_in(folder, folder, corpus.examples, settings, expected(corpus, settings))

    def ground_of(self, planned: Planned) -> Ground | Unable:
        """Return what a run has in common with the others in its environment, or why none can be tried here."""
        environment = planned.run.environment
        if environment not in self._grounds:
            sandbox = choose_sandbox()
            if isinstance(sandbox, Unable):
                return sandbox
            self._grounds[environment] = self.site.work([planned], sandbox, 1).ground_of(planned.run)
        return self._grounds[environment]

    @cached_property
    def _grounds(self) -> dict[str, Ground]:
        return {}


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep what reading a site does to Python from the other tests, and their filters of warnings from the site."""
    path, writer = [*sys.path], warnings.showwarning
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        sys.path[:] = path
        warnings.showwarning = writer


def _in_silence(warning: str) -> None:
    """Tell nobody."""
