"""What may be said behind ``affidavit diff``, and its reading to one value."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from msgspec import Struct

from affidavit.cli.check_options import whole_number
from affidavit.cli.outcome import UsageError
from affidavit.cli.run_options import add_names, folder_and_names

_EPILOG = """\
Nothing is written. The exit status is 0 where nothing differs, 1 where something does or could not be tried, 2 where
the command cannot work as it was called, and 3 where nothing is known to differ, but some example cannot be run here.
"""


class DiffOptions(Struct, frozen=True):
    """What is compared, and how it is shown; ``base`` is a revision, empty for a run of now."""

    sourcedir: Path
    names: tuple[str, ...]
    base: str
    unified: bool
    jobs: int
    slow: bool = False


def add_diff(diff: ArgumentParser) -> None:
    """Add what ``affidavit diff`` takes."""
    diff.description = "Run examples, and show what they give beside what the evidence has."
    diff.epilog = _EPILOG
    add_names(diff)
    diff.add_argument("--base", metavar="REVISION", default=None, help="run nothing; show what an earlier revision has")
    diff.add_argument("--unified", action="store_true", help="show both as one, also on a wide terminal")
    diff.add_argument("-j", "--jobs", metavar="N", type=whole_number, default=0, help="how many run at a time at most")
    diff.add_argument("--slow", action="store_true", help="also what is marked as slow")
    diff.set_defaults(module="affidavit.cli.diff")


def read_options(arguments: Namespace) -> DiffOptions:
    """Return what the command line says."""
    sourcedir, names = folder_and_names(arguments)
    base = (arguments.base or "").removeprefix("git:")
    if arguments.base is not None and not base:
        raise UsageError("`--base` names no revision.", advice="Name one, such as `HEAD`, or leave it out.")
    return DiffOptions(sourcedir, names, base, arguments.unified, arguments.jobs, arguments.slow)
