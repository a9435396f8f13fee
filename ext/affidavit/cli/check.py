"""``affidavit check``: gather what is stated, ask the web, judge, report."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from affidavit.cli.check_options import CheckOptions, read_options
from affidavit.cli.check_settings import settings_of
from affidavit.cli.check_subject import Subject, subject_of
from affidavit.cli.collector import few_collections, leave_at_once
from affidavit.cli.outcome import Status, tell
from affidavit.cli.processes import processes
from affidavit.cli.progress import Asked, display
from affidavit.cli.selection import Base, Selection, to_ask
from affidavit.clock import today
from affidavit.gathered import Gathered, questions
from affidavit.links.interrupts import Interrupts
from affidavit.links.seen import Observation
from affidavit.model.verdicts import Finding
from affidavit.notes.facts import Lock
from affidavit.reports.words import count

if TYPE_CHECKING:
    from affidavit.links.early import Early
    from affidavit.notes.drift import Fresh


class Compared(Struct, frozen=True):
    """What the sources of release notes have now, and whether somebody ended reading them before all was read."""

    fresh: Fresh
    interrupted: bool = False


def run(arguments: Namespace) -> Status:
    """Check what the command line names, and write the report, also of what is known when Ctrl-C ends it."""
    leave_at_once()
    options = read_options(arguments)
    if options.output is not None:
        from affidavit.cli.check_output import require_writable  # noqa: PLC0415 -- see _Judging

        require_writable(options.output)
    subject = subject_of(options)
    selection = Selection(options.only, _base(options, subject))
    gathered, lock = _gather(subject.path, options, subject)
    with few_collections():
        return _check(gathered, lock, selection, options, subject)


class _Judging:
    """Judges links as soon as their pages are seen; what that takes is loaded while the first are waited for."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered

    @cached_property
    def early(self) -> Early:
        from affidavit.cli.check_report import early_of  # noqa: PLC0415 -- see there

        return early_of(self._gathered)

    def load(self) -> None:
        """Have ready what judges."""
        self.early  # noqa: B018 -- made by being asked for

    def seen(self, url: str, observation: Observation) -> None:
        """Judge the links to a page."""
        self.early.seen(url, observation)


def _check(
    gathered: Gathered, lock: Lock | Finding, selection: Selection, options: CheckOptions, subject: Subject
) -> Status:
    judging = _Judging(gathered)
    asked = _ask(to_ask(gathered, selection), options, subject, judging)
    compared = _compare(gathered, lock, selection, options, subject) if not asked.interrupted else Compared({})
    from affidavit.cli.check_report import Known, finish  # noqa: PLC0415 -- see there

    known = Known(gathered, lock, asked, compared, judging.early)
    return _to_its_end(lambda: finish(known, selection, options, subject))


def _to_its_end(finish: Callable[[], Status]) -> Status:
    """Write the report although Ctrl-C came: all is known by then. Pressed again, it ends that as well."""
    status = None
    try:
        with Interrupts(once=True):
            status = finish()
    except KeyboardInterrupt:
        if status is None:
            raise
        return Status.INTERRUPTED
    return status


def _base(options: CheckOptions, subject: Subject) -> Base | None:
    if not options.new_only:
        return None
    from affidavit.cli.baseline import read_base  # noqa: PLC0415 -- few checks have a base, and it costs start-up time

    return read_base(options.new_only, subject.path, lambda path: _gather(path, options, subject), today())


def _gather(path: Path, options: CheckOptions, subject: Subject) -> tuple[Gathered, Lock | Finding]:
    gathered, lock = subject.gather(path, processes(options.jobs))
    return replace(gathered, settings=settings_of(gathered.settings, options)), lock


def _ask(gathered: Gathered, options: CheckOptions, subject: Subject, judging: _Judging) -> Asked:
    wanted = questions(gathered)
    if options.offline or not wanted:
        return Asked({})
    from affidavit.cli.asking import ask  # noqa: PLC0415 -- who asks nobody need not load libcurl

    shown = display(quiet=options.quiet)
    asked = ask(
        wanted,
        gathered.settings,
        subject.home,
        shown,
        jobs=options.jobs,
        begun=judging.load,
        seen=judging.seen,
    )
    if asked.interrupted:
        left = count(len(wanted) - len(asked.observations), "page")
        tell(f"Interrupted: {left} not asked, or without an answer yet. The report has what is known.")
    return asked


def _compare(
    gathered: Gathered, lock: Lock | Finding, selection: Selection, options: CheckOptions, subject: Subject
) -> Compared:
    if options.offline or not gathered.corpus.notes:
        return Compared({})
    from affidavit.cli.check_notes import read_now  # noqa: PLC0415 -- few checks are about release notes

    return read_now(gathered, lock, selection, subject.home, quiet=options.quiet)
