"""What must be there before a run can be tried, and what it is given then."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from affidavit.examples.environments.machine import platform_word, system
from affidavit.examples.environments.made import Unready
from affidavit.examples.environments.pins import PACKAGE
from affidavit.examples.environments.programs import missing
from affidavit.examples.fingerprint import fingerprint, inputs_of
from affidavit.examples.ground import Failed, Ground, Observed, Pairs, Ready
from affidavit.examples.inputs import recorded_inputs
from affidavit.examples.plan import Run
from affidavit.examples.sandbox.sandbox import SandboxError
from affidavit.examples.store import LIMIT, contents_of
from affidavit.examples.survey import ALWAYS, Program, ask
from affidavit.model.evidence import Outcome, Record
from affidavit.model.examples import FileStep, Step
from affidavit.model.runs import Job, Promise


def made_ready(run: Run, ground: Ground) -> Ready | Observed | Failed:
    """Return what is to be tried of a run, or what there is to be known of it without that."""
    try:
        blank = _blank(run, ground)
        if isinstance(ground.made, Unready):
            return _unready(blank, ground.made)
        _require_inputs(run, ground.folder)
        job = _job(run, ground)
        programs = ground.survey.programs((*ALWAYS, *_needs(run, ground)))
        blank = replace(blank, versions=_versions(programs, ground))
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


def _blank(run: Run, ground: Ground) -> Record:
    """Return the record of a run that has only what is known before anything is tried."""
    contents = contents_of(inputs_of(run), ground.folder)
    mark, inputs = fingerprint(run, contents, ground.mark), recorded_inputs(run, contents)
    return Record(mark, Outcome.UNABLE, (), (), system(), ground.sandbox.name, inputs=inputs)


def _unready(blank: Record, why: Unready) -> Observed | Failed:
    """Return what is known of a run whose environment cannot be had."""
    if why.failed:
        return Failed(f"{why.reason[:1].upper()}{why.reason[1:]}.")
    return Observed(replace(blank, reason=why.reason))


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
    packages = ((f"{name}{PACKAGE}" if name in found else name, version) for name, version in ground.packages.versions)
    return tuple(sorted([*found.items(), *packages]))
