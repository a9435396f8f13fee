"""What may be said behind ``affidavit run``, and its reading to one value."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from affidavit.cli.check_options import whole_number
from affidavit.cli.outcome import UsageError

if TYPE_CHECKING:
    from affidavit.examples.planned import Wanted

_EPILOG = """\
Running executes what the pages say, as tests do. The exit status is 0 where all that ran is as the pages show and the
evidence has it, 1 where something is not or could not be tried, 2 where the command cannot work as it was called, 3
with `--fail-on unable` where an example cannot be run here, and 130 after Ctrl-C, which ends what runs and keeps what
was recorded by then.
"""


class RunOptions(Struct, frozen=True):
    """What is to be run, and how.

    ``jobs`` is how many may run at a time, 0 for as many as there are processors. ``shell`` is what to open a shell in.
    ``durations`` is how many of what took longest are told, 0 for all;
    ``repeat`` is how often each run is done, 0 for once without a word on that.
    """

    sourcedir: Path
    wanted: Wanted
    jobs: int
    record: bool
    keep: bool
    listing: bool
    fail_on_unable: bool
    shell: str = ""
    durations: int | None = None
    repeat: int = 0
    reports: tuple[Path, ...] = ()


def add_run(run: ArgumentParser) -> None:
    """Add what ``affidavit run`` takes."""
    run.description = "Run the examples of a site, each in a sandbox, and hold what they print against its pages."
    run.epilog = _EPILOG
    add_names(run)
    _add_choice(run)
    run.add_argument("-j", "--jobs", metavar="N", type=whole_number, default=0, help="how many run at a time at most")
    run.add_argument(
        "--repeat", metavar="N", type=whole_number, default=0, help="do each N times, and say what came out otherwise"
    )
    run.add_argument("--record", action="store_true", help="write what was seen to the folder of evidence")
    run.add_argument("--keep", action="store_true", help="keep the workspaces, and a log of each run")
    run.add_argument("--shell", metavar="NAME", default="", help="run nothing; open a shell where this run would be")
    run.add_argument("--list", dest="listing", action="store_true", help="say what would run, and run nothing")
    _add_telling(run)
    run.set_defaults(module="affidavit.cli.run")


def _add_choice(run: ArgumentParser) -> None:
    inside = "only in this environment, `here` for that of the machine itself; may be given several times"
    run.add_argument("--environment", metavar="E", action="append", default=[], help=inside)
    of_release = "only in environments of this release; may be given several times"
    run.add_argument("--release", metavar="R", action="append", default=[], help=of_release)
    run.add_argument("--failed", action="store_true", help="only what the evidence has as failed")
    run.add_argument("--changed", action="store_true", help="only what has no evidence, or changed since")
    run.add_argument("--slow", action="store_true", help="also what is marked as slow")


def _add_telling(run: ArgumentParser) -> None:
    longest = "say at the end what took longest, and how long: the N longest, all without N or with 0"
    run.add_argument("--durations", metavar="N", nargs="?", type=_count, const=0, help=longest)
    forms = "write what came there as well: as .json, .md, .sarif, .txt or .xml (JUnit); may be given several times"
    run.add_argument("--report", metavar="FILE", type=Path, action="append", default=[], help=forms)
    run.add_argument("--fail-on", choices=("unable",), default="", help="fail where an example cannot be run here")


def add_names(command: ArgumentParser) -> None:
    """Add the folder that a command is about, and the examples in it."""
    command.add_argument("first", metavar="SOURCEDIR", nargs="?", default="", help="the folder of conf.py (default: .)")
    command.add_argument("names", metavar="NAME", nargs="*", default=[], help="only the examples of these names")


def read_options(arguments: Namespace) -> RunOptions:
    """Return what the command line says."""
    from affidavit.examples.planned import Wanted  # noqa: PLC0415 -- no other command need wait for it

    _require_fitting(arguments)
    sourcedir, names = folder_and_names(arguments)
    asked = (arguments.shell,) if arguments.shell else names
    return RunOptions(
        sourcedir=sourcedir,
        wanted=Wanted(
            asked,
            tuple(arguments.environment),
            tuple(arguments.release),
            failed=arguments.failed,
            changed=arguments.changed,
            slow=arguments.slow,
        ),
        jobs=arguments.jobs,
        record=arguments.record,
        keep=arguments.keep,
        listing=arguments.listing,
        fail_on_unable=arguments.fail_on == "unable",
        shell=arguments.shell,
        durations=arguments.durations,
        repeat=arguments.repeat,
        reports=tuple(arguments.report),
    )


_ALONE = {
    "--repeat": ("--record", "--shell", "--list", "--report"),
    "--shell": ("--record", "--list", "--keep", "--durations", "--report", "--fail-on"),
    "--list": ("--record", "--keep", "--durations", "--report", "--fail-on"),
}
"""What cannot be given with what: nothing could come of it."""


def _require_fitting(arguments: Namespace) -> None:
    """Raise :class:`UsageError` for two options of which one would be of no effect."""
    given = {
        "--repeat": bool(arguments.repeat),
        "--record": arguments.record,
        "--shell": bool(arguments.shell),
        "--list": arguments.listing,
        "--keep": arguments.keep,
        "--durations": arguments.durations is not None,
        "--report": bool(arguments.report),
        "--fail-on": bool(arguments.fail_on),
    }
    for one, others in _ALONE.items():
        for other in others:
            if given[one] and given[other]:
                raise UsageError(f"`{one}` cannot be given with `{other}`.", advice="Call the command once for each.")


def _count(text: str) -> int:
    """Read a number from 0 on."""
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)


def folder_and_names(arguments: Namespace) -> tuple[Path, tuple[str, ...]]:
    """Return the source folder and the names behind it; the first word is a name as well, where it is no folder."""
    if not arguments.first or _is_folder(arguments.first):
        return Path(arguments.first), tuple(arguments.names)
    return Path(), (arguments.first, *arguments.names)


def _is_folder(word: str) -> bool:
    """Tell whether a word is a folder, or written as one; none is the current one."""
    return Path(word).is_dir() or word.startswith(("/", "./", "../")) or word.endswith("/")
