"""What the command line may say. Imports no subcommand: each is named by its module, see ``affidavit.cli._run``."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass
from pathlib import Path

from affidavit import __version__
from affidavit.cli.check_options import add_check
from affidavit.cli.fix_options import add_fix


@dataclass(frozen=True, slots=True)
class Source:
    """A source that the command line gives for a project, in place of the one in the settings."""

    project: str
    place: str


def parser() -> ArgumentParser:
    """Return the parser; what it returns has the attribute ``module``, whose ``run`` takes it."""
    top = ArgumentParser(prog="affidavit", description="Check what the pages of a Sphinx site state.")
    top.add_argument("--version", action="version", version=f"affidavit {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    add_check(commands.add_parser("check", help="check what pages state, and what they link to"))
    _add_fix(commands.add_parser("fix", help="write the new addresses of pages that moved into the sources"))
    _add_notes(commands.add_parser("notes", help="look after the lock file of the release notes"))
    _add_explain(commands.add_parser("explain", help="say what a code in a message means"))
    return top


def _add_fix(fix: ArgumentParser) -> None:
    _add_sourcedir(fix)
    add_fix(fix)


def _add_notes(notes: ArgumentParser) -> None:
    notes.description = "Look after the lock file that references to release notes are checked against."
    commands = notes.add_subparsers(metavar="COMMAND", required=True)
    _add_lock(commands.add_parser("lock", help="write the lock file"))
    _add_list(commands.add_parser("list", help="show the releases and sections that can be cited"))


def _add_lock(lock: ArgumentParser) -> None:
    lock.description = "Write the lock file from the inventories of all projects in `affidavit_release_notes`."
    _add_sourcedir(lock)
    lock.add_argument(
        "--source",
        metavar="PROJECT=FILE_OR_URL",
        type=_source,
        action="append",
        default=[],
        help="read a project's inventory from here instead of from where conf.py says; may be given for each project",
    )
    lock.set_defaults(module="affidavit.cli.notes_lock")


def _add_list(listing: ArgumentParser) -> None:
    listing.description = "Show the releases and sections in the lock file, in the form that references have."
    _add_sourcedir(listing)
    listing.add_argument("project", metavar="PROJECT", nargs="?", default="", help="only this project")
    listing.set_defaults(module="affidavit.cli.notes_list")


def _add_explain(explain: ArgumentParser) -> None:
    explain.description = "Say what a code in a message means and what to do. Without a code, list all of them."
    explain.add_argument("code", metavar="CODE", nargs="?", default="", help="such as `link-broken`")
    explain.set_defaults(module="affidavit.cli.explain")


def _add_sourcedir(command: ArgumentParser) -> None:
    command.add_argument(
        "sourcedir",
        metavar="SOURCEDIR",
        nargs="?",
        type=Path,
        default=Path(),
        help="the folder of conf.py (default: .)",
    )


def _source(text: str) -> Source:
    project, _, place = text.partition("=")
    if not project or not place:
        raise ArgumentTypeError(f"{text!r} is not of the form PROJECT=FILE_OR_URL, as in glance=objects.inv")
    return Source(project, place)
