"""``affidavit run``: run the examples of a site, hold what they print against its pages, and record it where asked."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from affidavit.cells import expected
from affidavit.cli.outcome import Status, say, tell
from affidavit.cli.processes import processes
from affidavit.cli.project import gather
from affidavit.cli.run_book import Book
from affidavit.cli.run_desk import Desk, desk_for
from affidavit.cli.run_findings import findings_before
from affidavit.cli.run_names import line_of, plans_of, shown_folder, work_of
from affidavit.cli.run_options import RunOptions, read_options
from affidavit.cli.run_progress import watch
from affidavit.cli.run_report import require_reports, write_reports
from affidavit.cli.run_shell import open_shell, require_terminal
from affidavit.examples.came import WRONG, Came, Word
from affidavit.examples.evidence import PROOFS
from affidavit.examples.planned import Planned, Plans
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.sites import Site, site_in
from affidavit.examples.told import list_lines, plan_lines
from affidavit.examples.work import Work, work
from affidavit.gathered import Gathered
from affidavit.model.codes import Code
from affidavit.model.errors import AffidavitError
from affidavit.model.examples import Example
from affidavit.model.verdicts import Finding


def run(arguments: Namespace) -> Status:
    """Run what the command line names; what was recorded stays where Ctrl-C ends it."""
    options = read_options(arguments)
    if options.shell:
        require_terminal()
    require_reports(options.reports)
    gathered = gather(options.sourcedir, processes(0))
    folder, expectations = options.sourcedir, expected(gathered.corpus, gathered.settings)
    site = site_in(folder, folder, examples_of(gathered), gathered.settings, expectations)
    found = plans_of(site, options.wanted)
    wrong = findings_before(gathered, found, site.examples, options.wanted.names)
    for line in (*(line_of(each, shown_folder(folder)) for each in wrong), *found.unreadable):
        tell(line)
    status = _done(found, options, site, wrong)
    return Status.ERRORS if wrong and status is Status.FINE else status


def _done(found: Plans, options: RunOptions, site: Site, wrong: Sequence[Finding]) -> Status:
    """Do what is asked for; ``wrong`` is what keeps examples from being run, for reports."""
    if options.shell:
        return open_shell(found, site)
    if options.listing:
        return _listed(found, options)
    if options.record:
        _require_whole(found, site)
    return _run(found, options, site, wrong)


def _require_whole(found: Plans, site: Site) -> None:
    """Raise an error where recording would take away what the evidence says of other runs."""
    if found.later:
        code = Code.EVIDENCE_VERSION
        named = ", ".join(f"`{each}`" for each in sorted(found.later))
        problem = f"Nothing is recorded: a later Affidavit wrote {named}."
        raise AffidavitError(problem, advice=code.value.advice, code=code)
    others = site.kept.evidence.keys() - {each.run.key for each in found.waiting}
    if PROOFS in site.kept.unreadable and others:
        problem = f"Nothing is recorded: `{PROOFS}` cannot be read, and would lose the days of other runs."
        raise AffidavitError(problem, advice="Restore it from version control, or record all runs at once.")


def examples_of(gathered: Gathered) -> tuple[Example, ...]:
    """Return the examples of a site, in the order of its pages."""
    return gathered.corpus.examples


def _listed(found: Plans, options: RunOptions) -> Status:
    for line in list_lines(found.planned, shown_folder(options.sourcedir)):
        say(line)
    return Status.ERRORS if found.problems or found.unreadable else Status.FINE


def _run(found: Plans, options: RunOptions, site: Site, wrong: Sequence[Finding]) -> Status:
    waiting = found.waiting
    for line in plan_lines(found.planned):
        say(line)
    if not waiting:
        write_reports(options.reports, options.sourcedir, (), wrong)
        return _status(found, (), options)
    sandbox = choose_sandbox()
    if isinstance(sandbox, Unable):
        tell(f"No example can be run here. {sandbox.reason} {sandbox.advice}")
        return Status.UNABLE
    kept = _folder_to_keep() if options.keep else None
    desk = desk_for(options, Book(site.home / site.settings.evidence), kept)
    how = work_of(site, waiting, sandbox, options.jobs, kept)
    try:
        interrupted = _is_interrupted(waiting, how, desk, max(options.repeat, 1))
    finally:  # also where evidence cannot be written: what ran is known all the same
        desk.tell_end()
        write_reports(options.reports, options.sourcedir, desk.came, wrong)
        if kept is not None:
            say(f"Workspaces and logs: {kept}")
    if interrupted:
        tell(desk.interrupted(len(waiting)))
        return Status.INTERRUPTED
    return Status.ERRORS if desk.is_unsteady else _status(found, desk.came, options)


def _is_interrupted(waiting: list[Planned], how: Work, desk: Desk, rounds: int) -> bool:
    """Do the work, once or in several rounds; return whether somebody ended it before it was done."""
    try:
        for number in range(1, rounds + 1):
            desk.begin(number)
            work(waiting, replace(how, kept=desk.kept), watch(), desk.hear)
    except KeyboardInterrupt:
        return True
    return False


def _folder_to_keep() -> Path:
    """Make the folder of workspaces; the user that root's steps run as must be able to enter it."""
    folder = Path(tempfile.mkdtemp(prefix="affidavit-run-"))
    folder.chmod(0o755)
    return folder


def _status(found: Plans, came: Iterable[Came], options: RunOptions) -> Status:
    """Return the exit status; what is wrong comes before what could not be told."""
    words = {each.word for each in came}
    if found.problems or words & WRONG or (found.unreadable and not options.record):
        return Status.ERRORS
    return Status.UNABLE if Word.UNABLE in words and options.fail_on_unable else Status.FINE
