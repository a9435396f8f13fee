"""``affidavit check``: gather what is stated, ask the web, judge, report."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import affidavit
from affidavit.check import Gathered, World, judge, questions
from affidavit.cli.check_notes import Compared, read_now
from affidavit.cli.check_options import CheckOptions, FailOn, read_options
from affidavit.cli.check_output import publish, require_writable
from affidavit.cli.check_settings import settings_of
from affidavit.cli.check_subject import Subject, origin_folder, subject_of
from affidavit.cli.collector import few_collections, leave_at_once
from affidavit.cli.outcome import Status, tell
from affidavit.cli.processes import processes
from affidavit.cli.progress import Asked, display
from affidavit.cli.selection import Base, Selection, reported, to_ask
from affidavit.clock import today
from affidavit.links.early import Early
from affidavit.links.judge import INTERRUPTED, NOT_ASKED
from affidavit.model.codes import Code
from affidavit.model.report import Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding, Unable
from affidavit.notes.lock import Lock
from affidavit.reports.origin import Origin
from affidavit.reports.words import count


def run(arguments: Namespace) -> Status:
    """Check what the command line names, and write the report, also of what is known when Ctrl-C ends it."""
    leave_at_once()
    options = read_options(arguments)
    if options.output is not None:
        require_writable(options.output)
    subject = subject_of(options)
    selection = Selection(options.only, _base(options, subject))
    gathered, lock = _gather(subject.path, options, subject)
    with few_collections():
        return _check(gathered, lock, selection, options, subject)


def _check(
    gathered: Gathered, lock: Lock | Finding, selection: Selection, options: CheckOptions, subject: Subject
) -> Status:
    early = Early(gathered.corpus.links, gathered.settings)
    asked = _ask(to_ask(gathered, selection), options, subject, early)
    compared = _compare(gathered, lock, selection, options, subject) if not asked.interrupted else Compared({})
    judged = judge(gathered, World(lock, today(), asked.observations, compared.fresh, early))
    report = reported(_interrupted(judged) if asked.interrupted else judged, selection)
    _tell_of_known(judged, report, selection)
    origin = Origin(origin_folder(subject.folder), affidavit.__version__)
    publish(report, origin, name=options.format, path=options.output)
    interrupted = asked.interrupted or compared.interrupted
    return Status.INTERRUPTED if interrupted else status_of(report, options.fail_on)


def _interrupted(report: Report) -> Report:
    """Return a report that says of what has no answer that there was no time for one: it may well have been asked."""
    judged = (replace(each, verdict=INTERRUPTED) if each.verdict == NOT_ASKED else each for each in report.judged)
    return replace(report, judged=tuple(judged))


def status_of(report: Report, fail_on: frozenset[FailOn]) -> Status:
    """Return the exit status that a report comes to; what is false comes before what could not be told."""
    failing = {Severity.ERROR} | ({Severity.WARNING} if FailOn.WARNING in fail_on else set())
    if any(each.severity in failing for each in report.findings):
        return Status.ERRORS
    accepted = {each.finding.message for each in report.accepted}
    unable = any(isinstance(each.verdict, Unable) and each.verdict.reason not in accepted for each in report.judged)
    unread = any(each.code is Code.LOCK_UNCHECKED for each in report.findings)
    return Status.UNABLE if (unable or unread) and FailOn.UNABLE in fail_on else Status.FINE


def _base(options: CheckOptions, subject: Subject) -> Base | None:
    if not options.new_only:
        return None
    from affidavit.cli.baseline import read_base  # noqa: PLC0415 -- few checks have a base, and it costs start-up time

    return read_base(options.new_only, subject.path, lambda path: _gather(path, options, subject), today())


def _gather(path: Path, options: CheckOptions, subject: Subject) -> tuple[Gathered, Lock | Finding]:
    gathered, lock = subject.gather(path, processes(options.jobs))
    return replace(gathered, settings=settings_of(gathered.settings, options)), lock


def _ask(gathered: Gathered, options: CheckOptions, subject: Subject, early: Early) -> Asked:
    wanted = questions(gathered)
    if options.offline or not wanted:
        return Asked({})
    from affidavit.cli.asking import ask  # noqa: PLC0415 -- who asks nobody need not load libcurl

    shown = display(quiet=options.quiet)
    asked = ask(wanted, gathered.settings, subject.home, shown, jobs=options.jobs, seen=early.seen)
    if asked.interrupted:
        left = count(len(wanted) - len(asked.observations), "page")
        tell(f"Interrupted: {left} not asked, or without an answer yet. The report has what is known.")
    return asked


def _compare(
    gathered: Gathered, lock: Lock | Finding, selection: Selection, options: CheckOptions, subject: Subject
) -> Compared:
    if options.offline or not gathered.corpus.notes:
        return Compared({})
    return read_now(gathered, lock, selection, subject.home, quiet=options.quiet)


def _tell_of_known(judged: Report, report: Report, selection: Selection) -> None:
    """Say how much is left out because it was there before: a short report should not pass for a clean one."""
    if selection.base is None:
        return
    every = reported(judged, Selection(selection.kinds))
    if left := len(every.findings) - len(report.findings):
        tell(f"Left out, since the base has {'it' if left == 1 else 'them'}: {count(left, 'finding')}.")
