"""Running what a plan asks for: from a run to the record of what it saw, or to why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from affidavit.examples.environments.machine import platform_word, system
from affidavit.examples.environments.made import Made, Unready
from affidavit.examples.environments.programs import missing
from affidavit.examples.fingerprint import fingerprint, inputs_of
from affidavit.examples.observed import Keeping, reason_of, seen_of
from affidavit.examples.plan import Run
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import Sandbox, SandboxError
from affidavit.examples.secrets import Redactor
from affidavit.examples.settle import Own
from affidavit.examples.starts import Start, seconds_before, start_of
from affidavit.examples.store import LIMIT, contents_of
from affidavit.examples.survey import ALWAYS, LIMITS, Program, Survey, ask
from affidavit.model.environments import ProgramSpec
from affidavit.model.evidence import Outcome, Record
from affidavit.model.examples import FileStep, Step
from affidavit.model.runs import EXCEEDED, End, Job, Limits, Promise, Ran

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ground:
    """What all runs of a site have in common that run in one environment.

    ``folder`` is that of the sources, in which the files of ``:source:`` stand. ``variables`` are given to the steps;
    of those named in ``secret``, the values are kept out of everything. ``asked`` are the promises without which the
    site's examples are not to be run. ``own`` are the site's patterns. ``mark`` is the hash of what the environment is
    made of, empty for the machine's own, and ``made`` what stands for it. Of ``programs`` something is known, and the
    ``needed`` ones must be there.
    """

    folder: Path
    sandbox: Sandbox
    variables: Pairs = ()
    secret: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)
    asked: frozenset[Promise] = frozenset()
    own: tuple[Own, ...] = ()
    mark: str = ""
    made: Made | Unready = Made()  # noqa: RUF009 -- frozen, as all values here
    programs: tuple[ProgramSpec, ...] = ()
    needed: tuple[str, ...] = ()

    @cached_property
    def survey(self) -> Survey:
        """Return what looks up programs, which is done once for all runs."""
        commands = {each.name: each.version_command for each in self.programs if each.version_command}
        return Survey(self.sandbox, self.job((), LIMITS), commands, self.keeping())

    @property
    def packages(self) -> Made:
        """Return what stands for the environment; nothing where that could not be made."""
        return self.made if isinstance(self.made, Made) else Made()

    def keeping(self, folder: str = "") -> Keeping:
        """Return how outputs of runs in a folder are made fit to be kept."""
        return Keeping(self.redactor, self.own, folder, self.packages.folder)

    def job(self, steps: tuple[Step, ...], limits: Limits, *, network: bool = False) -> Job:
        """Return a job in this environment."""
        made = self.packages
        return Job(steps, self.variables, limits, network, made.visible, made.folder)

    @cached_property
    def redactor(self) -> Redactor:
        """Return what takes secrets out of texts."""
        return Redactor(value for name, value in self.variables if name in self.secret)


@dataclass(frozen=True, slots=True)
class Observed:
    """A run as it is to be recorded, and how many seconds it took; ``shared`` as in :class:`Proof`.

    Of these, ``own`` are those of the example that it is about. What was before them is a ``start``, if anything was.
    """

    record: Record
    seconds: float = 0
    shared: bool = False
    own: float = field(default=0, compare=False)
    start: Start | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Ready:
    """A run that can be tried: what is to be done, and the record that has only what is known before."""

    run: Run
    job: Job
    blank: Record


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing is known of a run, since trying it failed: a sentence on why."""

    reason: str


def fingerprint_of(run: Run, folder: Path, mark: str = "") -> str:
    """Return the fingerprint of a run whose files stand below a folder, in the environment that has a mark."""
    return fingerprint(run, contents_of(inputs_of(run), folder), mark)


def run_one(run: Run, ground: Ground, workspace: Path | None = None) -> Observed | Failed:
    """Run it in a sandbox of its own; what it leaves is kept in ``workspace``, an empty folder, where one is given."""
    ready = made_ready(run, ground)
    return try_one(ready, ground, workspace) if isinstance(ready, Ready) else ready


def made_ready(run: Run, ground: Ground) -> Ready | Observed | Failed:
    """Return what is to be tried of a run, or what there is to be known of it without that."""
    try:
        mark = fingerprint_of(run, ground.folder, ground.mark)
        if isinstance(ground.made, Unready):
            return _unready(mark, ground.made, ground)
        _require_inputs(run, ground.folder)
        job = _job(run, ground)
        programs = ground.survey.programs((*ALWAYS, *_needs(run, ground)))
        blank = Record(mark, Outcome.UNABLE, (), _versions(programs, ground), system(), ground.sandbox.name)
        reason = _unable(run, ground, programs, job)
        if reason:
            return Observed(replace(blank, reason=reason))
        return Ready(run, job, blank)
    except (SandboxError, _MissingError) as error:
        return Failed(str(error))


def job_of(run: Run, ground: Ground) -> Job | Failed:
    """Return what a run is given, or why it cannot be tried here."""
    if isinstance(ground.made, Unready):
        return Failed(ground.made.reason)
    try:
        _require_inputs(run, ground.folder)
        job = _job(run, ground)
        reason = _unable(run, ground, ground.survey.programs((*ALWAYS, *_needs(run, ground))), job)
    except (SandboxError, _MissingError) as error:
        return Failed(str(error))
    return Failed(reason) if reason else job


def _unready(mark: str, why: Unready, ground: Ground) -> Observed | Failed:
    """Return what is known of a run whose environment cannot be had."""
    if why.failed:
        return Failed(f"{why.reason[:1].upper()}{why.reason[1:]}.")
    return Observed(Record(mark, Outcome.UNABLE, (), (), system(), ground.sandbox.name, why.reason))


def try_one(ready: Ready, ground: Ground, workspace: Path | None = None) -> Observed | Failed:
    """Try a run in a sandbox of its own."""
    try:
        with folder_for(workspace) as folder:
            ran = run_job(ready.job, folder, ground.sandbox, keep=workspace is not None)
    except SandboxError as error:
        return Failed(str(error))
    return observed(ready, ran, ground, folder)


def observed(ready: Ready, ran: Ran, ground: Ground, folder: Path) -> Observed | Failed:
    """Return what a run saw that ran in a folder, as it is to be recorded."""
    keeping = ground.keeping(str(folder))
    if ran.end is End.RUNNER_FAILED:
        return Failed(f"What runs the steps failed: {keeping.raw(ran.detail).strip() or 'no more is known'}.")
    reason = reason_of(ready.run, ran, ready.job.limits, keeping)
    outcome = Outcome.FINISHED if ran.end is End.FINISHED else _early(ran.end)
    seen = seen_of(ready.run, ran, keeping)
    record = replace(ready.blank, outcome=outcome, seen=seen, reason=reason)
    before = seconds_before(ready.run, ran)
    own = round(ran.seconds - before, 2)
    return Observed(record, round(ran.seconds, 2), own=own, start=start_of(before))


def _early(end: End) -> Outcome:
    return Outcome.EXCEEDED if end in EXCEEDED else Outcome.BROKE_OFF


@contextmanager
def folder_for(workspace: Path | None) -> Iterator[Path]:
    """Give the folder that is to be kept, or one that is gone afterwards."""
    if workspace is not None:
        yield workspace
        return
    with TemporaryDirectory(prefix="affidavit-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


class _MissingError(Exception):
    """A file that the page takes from the repository cannot be had."""


def _require_inputs(run: Run, folder: Path) -> None:
    """Raise an error where a file is gone on which the outcome is said to depend."""
    for name in (name for example in run.chain for name in example.files):
        if not (folder / name).is_file():
            message = f"The file `{name}`, on which it depends, cannot be read."
            raise _MissingError(message)


def _job(run: Run, ground: Ground) -> Job:
    seconds = run.example.timeout
    limits = replace(ground.limits, seconds=seconds, cpu_seconds=max(ground.limits.cpu_seconds, seconds))
    steps = tuple(_filled(step, ground.folder) for example in run.chain for step in example.steps)
    return ground.job(steps, limits, network=any(example.network for example in run.chain))


def _filled(step: Step, folder: Path) -> Step:
    """Return a step with the text of the repository's file that it shows, byte for byte."""
    if not (isinstance(step, FileStep) and step.source):
        return step
    path = folder / step.source
    try:
        if path.stat().st_size > LIMIT:
            raise _MissingError(f"The file `{step.source}` has more than {LIMIT // 2**20} MiB.")
        return replace(step, text=path.read_bytes().decode("utf-8", "surrogateescape"))
    except (OSError, ValueError) as error:
        told = (isinstance(error, OSError) and error.strerror) or str(error)
        raise _MissingError(f"The file `{step.source}` cannot be read: {told}.") from None


def _unable(run: Run, ground: Ground, programs: tuple[Program, ...], job: Job) -> str:
    """Return why a run cannot be tried here, empty where it can."""
    lacking = sorted(ground.asked - ground.sandbox.promises)
    if lacking:
        return f"the sandbox “{ground.sandbox.name}” does not keep what is asked for: {', '.join(lacking)}"
    copied = [each.at for each in ground.packages.visible if each.source]
    if copied and Promise.FILES not in ground.sandbox.promises:
        return f"the user of the steps cannot enter {copied[0]}, and there is no sandbox that shows a copy in its place"
    needs = _needs(run, ground)
    lacking_programs = [each.name for each in programs if each.name in needs and not each.found]
    if lacking_programs:
        return missing(lacking_programs, {each.name: each for each in ground.programs}, platform_word())
    return _skipped(run, ground, job)


def _skipped(run: Run, ground: Ground, job: Job) -> str:
    """Return the reason of the first condition that holds; each is tried in a shell of its own."""
    for skip in (each for example in run.chain for each in example.skips):
        shown = ask([f"( {skip.condition}\n)"], ground.sandbox, replace(job, steps=()))
        if not shown:
            raise _MissingError(f"Whether it is to be skipped cannot be told: `{skip.condition}` did not end.")
        if shown[0].status == 0:
            return ground.redactor.redact(skip.reason)
    return ""


def _needs(run: Run, ground: Ground) -> tuple[str, ...]:
    return (*(name for example in run.chain for name in example.needs), *ground.needed)


def _versions(programs: tuple[Program, ...], ground: Ground) -> Pairs:
    """Return the versions of programs, and of the packages that the settings name."""
    found = {each.name: each.version for each in programs if each.found}
    packages = ((f"{name} (package)" if name in found else name, version) for name, version in ground.packages.versions)
    return tuple(sorted([*found.items(), *packages]))
