"""Running what a plan asks for: from a run to the record of what it saw, or to why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from affidavit.examples.ground import Failed, Ground, Observed, Ready
from affidavit.examples.observed import reason_of, seen_of
from affidavit.examples.plan import Run
from affidavit.examples.readiness import made_ready
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import SandboxError
from affidavit.examples.starts import seconds_before, start_of
from affidavit.model.evidence import Outcome
from affidavit.model.runs import EXCEEDED, End, Ran


def run_one(run: Run, ground: Ground, workspace: Path | None = None) -> Observed | Failed:
    """Run it in a sandbox of its own; what it leaves is kept in ``workspace``, an empty folder, where one is given."""
    ready = made_ready(run, ground)
    return try_one(ready, ground, workspace) if isinstance(ready, Ready) else ready


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
