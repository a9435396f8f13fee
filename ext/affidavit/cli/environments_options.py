"""What may be said behind the commands that look after environments of examples."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from msgspec import Struct

from affidavit.cli.run_options import folder_and_names


class EnvironmentOptions(Struct, frozen=True):
    """Which environments of which site are meant, all where none is named; ``upgrade`` leaves no version as it is."""

    sourcedir: Path
    names: tuple[str, ...]
    upgrade: bool = False


def add_environments(environments: ArgumentParser) -> None:
    """Add the commands behind ``affidavit environments``."""
    environments.description = "Look after the environments that examples run in."
    commands = environments.add_subparsers(metavar="COMMAND", required=True)
    _add_lock(commands.add_parser("lock", help="write the exact versions of their Python packages"))
    _add_list(commands.add_parser("list", help="show which there are, and what is known of each"))
    _add_create(commands.add_parser("create", help="make them stand, so that runs need not wait for that"))


def read_options(arguments: Namespace) -> EnvironmentOptions:
    """Return what the command line says."""
    folder, names = folder_and_names(arguments)
    return EnvironmentOptions(folder, names, getattr(arguments, "upgrade", False))


def _add_lock(lock: ArgumentParser) -> None:
    lock.description = (
        "Choose the versions of the environments' Python packages, with uv, and write them to their locks."
    )
    _add_names(lock)
    lock.add_argument("--upgrade", action="store_true", help="take the newest versions, also where the lock still fits")
    lock.set_defaults(module="affidavit.cli.environments_lock")


def _add_list(listing: ArgumentParser) -> None:
    listing.description = "Show the environments of a site, with their releases and the states of their locks."
    _add_names(listing)
    listing.set_defaults(module="affidavit.cli.environments_list")


def _add_create(create: ArgumentParser) -> None:
    create.description = "Make environments stand as their locks say, where they do not yet."
    create.epilog = (
        "The exit status is 0 where all stand, 1 where making one failed, and 3 where one cannot be had here."
    )
    _add_names(create)
    create.set_defaults(module="affidavit.cli.environments_create")


def _add_names(command: ArgumentParser) -> None:
    command.add_argument("first", metavar="SOURCEDIR", nargs="?", default="", help="the folder of conf.py (default: .)")
    command.add_argument("names", metavar="NAME", nargs="*", default=[], help="only the environments of these names")
