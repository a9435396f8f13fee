"""The end of ``affidavit check``: what was seen is judged, and the report written.

It is a module of its own since all that it imports is loaded while the first answers are waited for.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

import affidavit
from affidavit.check import World, judge
from affidavit.cli.check import Compared
from affidavit.cli.check_options import CheckOptions, FailOn
from affidavit.cli.check_output import publish
from affidavit.cli.check_subject import Subject, origin_folder
from affidavit.cli.outcome import Status, tell
from affidavit.cli.progress import Asked
from affidavit.cli.selected import reported
from affidavit.cli.selection import Selection
from affidavit.clock import today
from affidavit.gathered import Gathered
from affidavit.links.early import Early
from affidavit.links.judge import INTERRUPTED, NOT_ASKED
from affidavit.model.codes import Code
from affidavit.model.report import Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding, Unable
from affidavit.notes.facts import Lock
from affidavit.reports.origin import Origin
from affidavit.reports.words import count


class Known(Struct, frozen=True):
    """All that a check came to know, before anything is judged but by ``early``."""

    gathered: Gathered
    lock: Lock | Finding
    asked: Asked
    compared: Compared
    early: Early


def early_of(gathered: Gathered) -> Early:
    """Return what judges the links of pages as they are seen."""
    return Early(gathered.corpus.links, gathered.settings)


def finish(known: Known, selection: Selection, options: CheckOptions, subject: Subject) -> Status:
    """Judge what is known, write the report as the options want it, and return the exit status."""
    world = World(known.lock, today(), known.asked.observations, known.compared.fresh, known.early)
    judged = judge(known.gathered, world)
    report = reported(_interrupted(judged) if known.asked.interrupted else judged, selection)
    _tell_of_known(judged, report, selection)
    origin = Origin(origin_folder(subject.folder), affidavit.__version__)
    publish(report, origin, name=options.format, path=options.output)
    interrupted = known.asked.interrupted or known.compared.interrupted
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
    if FailOn.UNABLE not in fail_on:
        return Status.FINE
    accepted = {each.finding.message for each in report.accepted}
    unable = any(isinstance(each.verdict, Unable) and each.verdict.reason not in accepted for each in report.judged)
    unread = any(each.code is Code.LOCK_UNCHECKED for each in report.findings)
    return Status.UNABLE if unable or unread else Status.FINE


def _tell_of_known(judged: Report, report: Report, selection: Selection) -> None:
    """Say how much is left out because it was there before: a short report should not pass for a clean one."""
    if selection.base is None:
        return
    every = reported(judged, Selection(selection.kinds))
    if left := len(every.findings) - len(report.findings):
        tell(f"Left out, since the base has {'it' if left == 1 else 'them'}: {count(left, 'finding')}.")
