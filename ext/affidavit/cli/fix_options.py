"""What may be said behind ``affidavit fix``."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError

_EPILOG = """\
The exit status is 0 where nothing is left to fix, 1 where something could be changed and was not, and 2 where the
command cannot work as it was called. Where nobody sits before a terminal to be asked, nothing is changed without --yes.
"""


def add_fix(fix: ArgumentParser) -> None:
    """Add what the command takes, besides the folder."""
    fix.description = (
        "Ask the web about all links of a Sphinx project; show, and on request write, the new addresses of pages that"
        " moved for good, and https where it answers as http does. Only sources that hold the URL are touched."
    )
    fix.epilog = _EPILOG
    one = fix.add_mutually_exclusive_group()
    one.add_argument("-y", "--yes", action="store_true", help="change the files without asking")
    one.add_argument("--diff", action="store_true", help="only show what would be changed")
    fix.add_argument("-j", "--jobs", metavar="N", type=_count, default=0, help="requests under way at once")
    fix.add_argument("--allow-private", action="store_true", help="also ask addresses that are not of the open web")
    fix.add_argument("--no-cache", dest="cache", action="store_false", help="ask about everything anew")
    fix.add_argument("-q", "--quiet", action="store_true", help="show no progress")
    fix.set_defaults(module="affidavit.cli.fix")


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)
