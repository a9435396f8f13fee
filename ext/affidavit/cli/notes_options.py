"""What may be said behind the commands that look after the lock file of release notes."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from msgspec import Struct

from affidavit.cli.check_options import whole_number


class Source(Struct, frozen=True):
    """A source that the command line gives for a project, in place of the one in the settings."""

    project: str
    place: str


def add_lock(lock: ArgumentParser) -> None:
    """Add what ``affidavit notes lock`` takes."""
    lock.description = (
        "Write the lock file from the sources of all projects in `affidavit_release_notes`, all of it or nothing."
    )
    add_sourcedir(lock)
    _add_reading(lock)
    lock.set_defaults(module="affidavit.cli.notes_lock")


def add_list(listing: ArgumentParser) -> None:
    """Add what ``affidavit notes list`` takes."""
    listing.description = "Show the releases and sections in the lock file, in the form that references have."
    add_sourcedir(listing)
    _add_project(listing)
    listing.add_argument("--urls", action="store_true", help="print the address of each section, too")
    listing.set_defaults(module="affidavit.cli.notes_list")


def add_diff(diff: ArgumentParser) -> None:
    """Add what ``affidavit notes diff`` takes."""
    diff.description = "Show what changed upstream since the lock file was written, and which references that concerns."
    diff.epilog = (
        "The exit status is 0 where nothing changed, 1 where something did, and 3 where nothing is known to have"
        " changed, but some source could not be read."
    )
    add_sourcedir(diff)
    _add_project(diff)
    _add_reading(diff)
    diff.add_argument("-v", "--verbose", action="store_true", help="also list the releases of new and removed series")
    diff.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    diff.set_defaults(module="affidavit.cli.notes_diff")


def add_sourcedir(command: ArgumentParser) -> None:
    """Add the folder that a command is about."""
    command.add_argument(
        "sourcedir",
        metavar="SOURCEDIR",
        nargs="?",
        type=Path,
        default=Path(),
        help="the folder of conf.py (default: .)",
    )


def _add_project(command: ArgumentParser) -> None:
    command.add_argument("project", metavar="PROJECT", nargs="?", default="", help="only this project")


def _add_reading(command: ArgumentParser) -> None:
    command.add_argument(
        "--source",
        metavar="PROJECT=FILE_OR_URL",
        type=_source,
        action="append",
        default=[],
        help="read a project's release notes from here instead of from where conf.py says; may be given for each",
    )
    command.add_argument(
        "-j", "--jobs", metavar="N", type=whole_number, default=0, help="processes that read the pages at most"
    )


def _source(text: str) -> Source:
    project, _, place = text.partition("=")
    if not project or not place:
        raise ArgumentTypeError(f"{text!r} is not of the form PROJECT=FILE_OR_URL, as in glance=objects.inv")
    return Source(project, place)
