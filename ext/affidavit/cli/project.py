"""The Sphinx project that a command is about."""

from __future__ import annotations

from pathlib import Path

from affidavit.cli.outcome import tell
from affidavit.cli.site import conf_of
from affidavit.gathered import Gathered
from affidavit.model.verdicts import Finding
from affidavit.notes.lock import Lock, lock_or_finding
from affidavit.project.reading import read_project


def gather(folder: Path, jobs: int, *, warn: bool = True) -> Gathered:
    """Return all that the site in a source folder states, reading it with ``jobs`` processes; nobody is asked.

    What Sphinx warns of is passed on to standard error, unless it is of no use there. Raise
    :class:`~affidavit.cli.outcome.UsageError` where there is no conf.py, :class:`AffidavitError` where Sphinx cannot
    read the site.
    """
    conf_of(folder)
    return read_project(folder, jobs, tell if warn else _in_silence)


def read_lock_of(gathered: Gathered, folder: Path) -> Lock | Finding:
    """Return what the site's lock file of release notes holds, or what is wrong with it."""
    name = gathered.settings.lock
    return lock_or_finding(folder / name, Path(name).as_posix())


def _in_silence(warning: str) -> None:
    """Tell nobody."""
