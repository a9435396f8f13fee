"""The runs that a command line names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from affidavit.cli.outcome import UsageError
from affidavit.clock import today
from affidavit.examples.planned import Plans, UnknownExampleError, Wanted
from affidavit.examples.sites import Site


def plans_of(site: Site, wanted: Wanted) -> Plans:
    """Return what is to run; raise :class:`UsageError` for a name that no example has."""
    try:
        return site.plans(today(), wanted)
    except UnknownExampleError as error:
        raise UsageError(error.problem, advice=error.advice) from None


def told_of(plans: Plans) -> Iterator[str]:
    """Give what cannot be planned, and what evidence cannot be read."""
    yield from (f"{problem.example.place}: {problem.message}" for problem in plans.problems)
    yield from plans.unreadable


def folder_and_names(first: str, rest: list[str]) -> tuple[Path, tuple[str, ...]]:
    """Return the folder and the names of examples; the first word is a name as well, where it is no folder."""
    is_folder = _is_folder(first)
    return Path(first) if is_folder else Path(), (*([] if is_folder else [first]), *rest)


def _is_folder(word: str) -> bool:
    """Tell whether a word is a folder, or written as one; none is the current one."""
    return Path(word).is_dir() or word.startswith(("/", "./", "../")) or word.endswith("/")
