"""What the command line may say. Imports no subcommand: each is named by its module, see ``affidavit.cli._run``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from affidavit import __version__
from affidavit.cli.check_options import add_check
from affidavit.cli.diff_options import add_diff as add_run_diff
from affidavit.cli.environments_options import add_environments
from affidavit.cli.fix_options import add_fix
from affidavit.cli.notes_options import add_diff, add_list, add_lock, add_sourcedir
from affidavit.cli.run_options import add_run


def parser() -> ArgumentParser:
    """Return the parser; what it returns has the attribute ``module``, whose ``run`` takes it.

    Its attribute ``parser`` is that of the subcommand, which says how it is used.
    """
    top = ArgumentParser(prog="affidavit", description="Check what the pages of a Sphinx site state.")
    top.add_argument("--version", action="version", version=f"affidavit {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    add_check(commands.add_parser("check", help="check what pages state, and what they link to"))
    _add_fix(commands.add_parser("fix", help="write the new addresses of pages that moved into the sources"))
    _add_notes(commands.add_parser("notes", help="look after the lock file of the release notes"))
    add_run(commands.add_parser("run", help="run the examples of pages, and hold what they print against them"))
    add_run_diff(commands.add_parser("diff", help="show what examples give beside what the evidence has"))
    _add_export(commands.add_parser("export", help="write what runs showed as statements that can be signed"))
    environments = commands.add_parser("environments", help="look after the environments that examples run in")
    add_environments(environments)
    _add_explain(commands.add_parser("explain", help="say what a code in a message means"))
    for each in commands.choices.values():
        each.set_defaults(parser=each)
    return top


def _add_fix(fix: ArgumentParser) -> None:
    add_sourcedir(fix)
    add_fix(fix)


def _add_notes(notes: ArgumentParser) -> None:
    notes.description = "Look after the lock file that references to release notes are checked against."
    commands = notes.add_subparsers(metavar="COMMAND", required=True)
    add_lock(commands.add_parser("lock", help="write the lock file"))
    add_list(commands.add_parser("list", help="show the releases and sections that can be cited"))
    add_diff(commands.add_parser("diff", help="show what changed upstream since the lock file was written"))


def _add_export(export: ArgumentParser) -> None:
    export.description = "Write what the evidence knows of runs as in-toto statements, a line each; nothing runs."
    add_sourcedir(export)
    export.add_argument("--output", metavar="FILE", type=Path, help="write them there, and how many here")
    export.set_defaults(module="affidavit.cli.export")


def _add_explain(explain: ArgumentParser) -> None:
    explain.description = "Say what a code in a message means and what to do. Without a code, list all of them."
    explain.add_argument("code", metavar="CODE", nargs="?", default="", help="such as `link-broken`")
    explain.set_defaults(module="affidavit.cli.explain")
