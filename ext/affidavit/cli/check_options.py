"""What may be said behind ``affidavit check``, and its reading to one value."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

KINDS = ("link", "term", "release-note", "method", "example", "statement")
"""The kinds of claims; a test holds that these are all of them, as importing them here would cost every command."""

FORMATS = ("text", "json", "junit", "sarif", "github", "markdown")
"""The formats of reports; a test holds that these are all of them."""

_EPILOG = """\
The exit status is 0 where nothing is wrong, 1 where something is, 2 where the command cannot work as it was called, 3
with `--fail-on unable` where something could not be told, and 130 after Ctrl-C, which ends the check and reports what
is known by then.
"""


class FailOn(StrEnum):
    """What makes a check fail, besides errors, which always do."""

    ERROR = "error"
    WARNING = "warning"
    UNABLE = "unable"


class CheckOptions(Struct, frozen=True):
    """What a check is about, and how it is to go.

    One of ``sourcedir``, ``site`` and ``urls`` counts: the latter two where they are given, with ``-`` as the file of
    URLs for standard input. ``base_url`` is where the site is published, empty if that is not told, ``config``
    the file of settings of either. ``only`` is empty for all kinds of claims; ``new_only`` is a report's file or
    ``git:REVISION``, empty for everything; ``jobs`` and ``timeout`` are 0 for what is usual.
    """

    sourcedir: Path
    site: Path | None
    urls: Path | None
    base_url: str
    config: Path | None
    offline: bool
    only: frozenset[str]
    new_only: str
    fail_on: frozenset[FailOn]
    jobs: int
    timeout: float
    output: Path | None
    format: str
    allow_private: bool
    cache: bool
    exclude: tuple[str, ...]
    quiet: bool


def read_options(arguments: Namespace) -> CheckOptions:
    """Return what the command line says, as :func:`add_check` lets it."""
    given = dict(vars(arguments))
    for name in ("module", "parser"):
        given.pop(name, None)
    for name in ("only", "fail_on"):
        given[name] = frozenset(given[name])
    return CheckOptions(**given | {"exclude": tuple(given["exclude"])})


def add_check(check: ArgumentParser) -> None:
    """Add what the command takes."""
    check.description = "Check what the pages of a Sphinx project state, a finished html site, or a list of URLs."
    check.epilog = _EPILOG
    _add_subject(check)
    _add_choice(check)
    _add_asking(check)
    _add_report(check)
    check.set_defaults(module="affidavit.cli.check")


def _add_subject(check: ArgumentParser) -> None:
    one = check.add_mutually_exclusive_group()
    one.add_argument(
        "sourcedir",
        metavar="SOURCEDIR",
        nargs="?",
        type=Path,
        default=Path(),
        help="the folder of conf.py (default: .)",
    )
    one.add_argument("--site", metavar="DIR", type=Path, help="check a finished html site, of whatever generator")
    one.add_argument(
        "--urls", metavar="FILE", type=Path, help="check a list of URLs, one a line; `-` is standard input"
    )
    check.add_argument(
        "--base-url",
        metavar="URL",
        default="",
        help="with --site: where it is published, so that links to there are looked up in DIR",
    )
    check.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        help="with --site or --urls: settings in TOML (default: [tool.affidavit] in pyproject.toml)",
    )


def _add_choice(check: ArgumentParser) -> None:
    choice = check.add_argument_group("what is checked")
    choice.add_argument(
        "--only",
        metavar="KIND",
        choices=KINDS,
        action="append",
        default=[],
        help=f"only claims of this kind: {', '.join(KINDS)}; may be given for each",
    )
    choice.add_argument(
        "--new-only",
        metavar="BASE",
        default="",
        help="only what BASE does not have: the JSON report of an earlier check, or `git:REVISION`",
    )
    choice.add_argument(
        "--exclude",
        metavar="REGEX",
        type=_pattern,
        action="append",
        default=[],
        help="ask no URL that this fits from its beginning; may be given more than once",
    )


def _add_asking(check: ArgumentParser) -> None:
    asking = check.add_argument_group("how the web is asked")
    asking.add_argument(
        "--offline", action="store_true", help="ask nobody, compare nothing; links are told as not checked"
    )
    asking.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        type=whole_number,
        default=0,
        help="requests under way at once, and processes at most",
    )
    asking.add_argument("--timeout", metavar="SECONDS", type=_seconds, default=0.0, help="for one request")
    asking.add_argument("--allow-private", action="store_true", help="also ask addresses that are not of the open web")
    asking.add_argument(
        "--no-cache", dest="cache", action="store_false", help="ask about everything anew, and keep nothing"
    )


def _add_report(check: ArgumentParser) -> None:
    report = check.add_argument_group("the report")
    report.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    report.add_argument("--output", metavar="FILE", type=Path, help="write the report there, and a summary here")
    report.add_argument(
        "--fail-on",
        type=_level,
        metavar="LEVEL",
        action="append",
        default=[],
        help="fail on error (always), also on warning, or on what is unable to be told; may be given more than once",
    )
    report.add_argument("-q", "--quiet", action="store_true", help="show no progress")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ArgumentTypeError(f"{text!r} is no regular expression ({error})") from None
    return text


def _level(text: str) -> FailOn:
    try:
        return FailOn(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is none of {', '.join(FailOn)}") from None


def whole_number(text: str) -> int:
    """Read a number from 1 on."""
    return int(_number(text, "a whole number from 1 on", whole=True))


def _seconds(text: str) -> float:
    return _number(text, "a number of seconds above 0", whole=False)


def _number(text: str, wanted: str, *, whole: bool) -> float:
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise ArgumentTypeError(f"{text!r} is not {wanted}")
    return number
