"""``affidavit diff``: a record beside what a run gives now, or beside that of an earlier revision. Writes nothing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from affidavit.cells import expected
from affidavit.cli.diff_options import DiffOptions, read_options
from affidavit.cli.diff_told import print_all
from affidavit.cli.outcome import Status, UsageError, say, tell
from affidavit.cli.processes import processes
from affidavit.cli.project import gather
from affidavit.cli.revision import checked_out
from affidavit.cli.run_names import plans_of, shown_folder, told_of, work_of
from affidavit.cli.run_progress import watch
from affidavit.examples.ground import Failed, Observed
from affidavit.examples.planned import Planned, Plans, Wanted
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.sides import Sides, is_named, of_records, of_run
from affidavit.examples.sites import Site, site_in
from affidavit.examples.states import Kept
from affidavit.examples.store import read_evidence
from affidavit.examples.work import work
from affidavit.gathered import Gathered
from affidavit.model.evidence import Outcome

EVIDENCE, NOW = "evidence", "this run"


def run(arguments: Namespace) -> Status:
    """Show what differs."""
    options = read_options(arguments)
    gathered = gather(options.sourcedir, processes(0))
    found = _since(gathered, options) if options.base else _now(gathered, options)
    print_all(found.sides, options.base or EVIDENCE, EVIDENCE if options.base else NOW, as_one=options.unified)
    return _told(found)


class _Found(Struct):
    """What was compared: what differs, how many are the same, and whether some could not be told, or tried."""

    sides: list[Sides] = field(default_factory=list)
    same: int = 0
    unable: bool = False
    failed: bool = False

    def add(self, sides: Sides | None) -> None:
        """Count a comparison."""
        if sides is None:
            self.same += 1
        else:
            self.sides.append(sides)


def _now(gathered: Gathered, options: DiffOptions) -> _Found:
    """Compare the evidence with runs of now."""
    home, expectations = options.sourcedir, expected(gathered.corpus, gathered.settings)
    site = site_in(home, home, gathered.corpus.examples, gathered.settings, expectations)
    plans = plans_of(site, Wanted(options.names, slow=options.slow))
    found = _Found(failed=bool(plans.problems or plans.unreadable))
    for problem in told_of(plans, shown_folder(home)):
        tell(problem)
    came = _came(site, plans, options.jobs)
    if came is None:
        return _Found(unable=True, failed=found.failed)
    for planned in plans.waiting:
        _compare(planned, came[planned.run.key], found)
    return found


def _came(site: Site, plans: Plans, jobs: int) -> Mapping[str, Observed | Failed] | None:
    """Return what came of all runs, by their keys; ``None`` where nothing can be run."""
    if not plans.waiting:
        return {}
    sandbox = choose_sandbox()
    if isinstance(sandbox, Unable):
        tell(f"No example can be run here. {sandbox.reason} {sandbox.advice}")
        return None
    came: dict[str, Observed | Failed] = {}

    def hear(planned: Planned, found: Observed | Failed) -> None:
        came[planned.run.key] = found

    work(plans.waiting, work_of(site, plans.waiting, sandbox, jobs), watch(), hear)
    return came


def _compare(planned: Planned, came: Observed | Failed, found: _Found) -> None:
    key, old = planned.run.key, planned.evidence.record
    if isinstance(came, Failed):
        tell(f"`{key}` could not be tried: {came.reason}")
        found.failed = True
    elif came.record.outcome is Outcome.UNABLE and not (old and old.outcome is Outcome.UNABLE):
        tell(f"`{key}` cannot be run here: {came.record.reason}.")
        found.unable = True
    else:
        found.add(of_run(planned.run, old, came.record, planned.own, planned.declared))


def _since(gathered: Gathered, options: DiffOptions) -> _Found:
    """Compare the evidence with that of an earlier revision."""
    folder = gathered.settings.evidence
    new = read_evidence(options.sourcedir / folder)
    with checked_out(options.sourcedir, options.base, "origin/main") as there:
        old = read_evidence(there / folder)
    found = _Found()
    for kept, where in ((new, ""), (old, f" of {options.base}")):
        for name, why in kept.unreadable.items():
            tell(f"The evidence `{name}`{where} cannot be read: {why}.")
            found.failed = True
    for key in _keys(old, new, options.names):
        before, after = (kept.evidence[key].record if key in kept.evidence else None for kept in (old, new))
        found.add(of_records(key, before, after))
    return found


def _keys(old: Kept, new: Kept, names: Sequence[str]) -> Iterator[str]:
    keys = sorted({*old.evidence, *new.evidence})
    for name in names:
        if not any(is_named(key, (name,)) for key in keys):
            raise UsageError(f"Neither has a record of `{name}`.", advice="`affidavit run --list` shows all examples.")
    return (key for key in keys if is_named(key, names))


def _told(found: _Found) -> Status:
    different = f"{len(found.sides)} different, " if found.sides else ""
    say(f"{different}{found.same} the same")
    if found.sides or found.failed:
        return Status.ERRORS
    return Status.UNABLE if found.unable else Status.FINE
