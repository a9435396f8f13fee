"""The runs that a command line names, and how they are done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from affidavit.cli import notes_progress
from affidavit.cli.outcome import UsageError
from affidavit.cli.processes import processes
from affidavit.clock import today
from affidavit.examples.planned import Planned, Plans, UnknownEnvironmentError, UnknownExampleError, Wanted
from affidavit.examples.sandbox.sandbox import Sandbox
from affidavit.examples.sites import Site
from affidavit.examples.told import placed
from affidavit.examples.work import Work
from affidavit.model.verdicts import Finding


def plans_of(site: Site, wanted: Wanted) -> Plans:
    """Return what is to run; raise :class:`UsageError` for a name that no example and no environment has."""
    try:
        return site.plans(today(), wanted)
    except (UnknownEnvironmentError, UnknownExampleError) as error:
        raise UsageError(error.problem, advice=error.advice) from None


def told_of(plans: Plans, folder: str) -> Iterator[str]:
    """Give what cannot be planned, and what evidence cannot be read; ``folder`` stands before the files of places."""
    for problem in plans.problems:
        yield line_of(problem.finding, folder)
    yield from plans.unreadable


def line_of(told: Finding, folder: str) -> str:
    """Return a finding as it is told before anything runs."""
    return f"{placed(told.place, folder)}: {told.message} {told.advice} [{told.code}]"


def shown_folder(folder: Path) -> str:
    """Return what stands before the files of places; nothing for the current folder."""
    return "" if folder == Path() else folder.as_posix()


def work_of(site: Site, waiting: Sequence[Planned], sandbox: Sandbox, jobs: int, kept: Path | None = None) -> Work:
    """Return how runs are done, with what is being made for them told on a terminal."""
    return site.work(waiting, sandbox, jobs or processes(0), kept, told=notes_progress.watch().step)
