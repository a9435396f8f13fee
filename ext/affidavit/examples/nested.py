"""Runs that begin as another one does and end before it: that one shows on its way what they show.

Setups nest so: each chapter of a tutorial begins where the one before it ended. A step cannot know what comes behind
it, so the longest run serves all that it has passed. What it showed counts for a shorter one only if that is what its
page shows; any other is run again, alone, and that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from affidavit.examples.ground import Failed, Ground, Observed, Ready
from affidavit.examples.plan import Run
from affidavit.examples.readiness import made_ready
from affidavit.examples.running import folder_for, observed, try_one
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import SandboxError
from affidavit.examples.starts import Start, seconds_before, start_of
from affidavit.examples.together import is_as_shown
from affidavit.model.runs import USED_TOGETHER, End, Ran

Way = tuple[tuple[str, ...], str, bool]


def outermost(runs: Iterable[Run]) -> dict[str, Run]:
    """Return for each run, by its key, the longest one that begins as it does, or itself; cells are left out."""
    longest: dict[Way, Run] = {}
    plain = [run for run in runs if run.setup is None]
    for run in plain:
        for length in range(1, len(run.chain) + 1):
            way = _way(run, length)
            if way not in longest or len(longest[way].chain) < len(run.chain):
                longest[way] = run
    return {run.key: longest[_way(run, len(run.chain))] for run in plain}


def run_nested(runs: Sequence[Run], ground: Ground) -> tuple[Observed | Failed, ...]:
    """Run what begins alike, the longest first; each of the others is one that it may have passed."""
    found = {run: made_ready(run, ground) for run in runs}
    ready = sorted((each for each in found.values() if isinstance(each, Ready)), key=_steps, reverse=True)
    came = {run: each for run, each in found.items() if not isinstance(each, Ready)}
    passed = _passed(ready, ground) if ready else None
    for each in ready:
        own = passed.found(each, ground) if passed else None
        came[each.run] = own or try_one(each, ground)
    return tuple(came[run] for run in runs)


class _Passed(Struct, frozen=True):
    """What the longest run showed, in which folder, and how many of its steps were over when it ended.

    ``start`` is what came before the first of the examples that all these runs are about.
    """

    whole: Ready
    ran: Ran
    folder: Path
    steps: int
    start: Start | None

    def found(self, ready: Ready, ground: Ground) -> Observed | Failed | None:
        """Return what a run came to on that way; ``None`` where it has to be run alone to know."""
        if ready is self.whole:
            return self._started(observed(ready, self.ran, ground, self.folder))
        if _steps(ready) > self.steps or self.ran.seconds > ready.job.limits.seconds or self.ran.end in USED_TOGETHER:
            return None
        shown = tuple(each for each in self.ran.shown if each.step < _steps(ready))
        until = self.ran.until(_steps(ready))
        ran = Ran(End.FINISHED, shown, sandbox=self.ran.sandbox, seconds=until, begun=self.ran.begun)
        own = observed(ready, ran, ground, self.folder)
        return self._started(own, shared=True) if is_as_shown(ready.run, own, ground) else None

    def _started(self, found: Observed | Failed, *, shared: bool = False) -> Observed | Failed:
        return replace(found, shared=shared, start=self.start) if isinstance(found, Observed) else found


def _passed(ready: Sequence[Ready], ground: Ground) -> _Passed | None:
    """Do the steps of the first one; what is used is looked at where each of the others ends, as it would be alone."""
    whole, *others = ready
    try:
        with folder_for(None) as folder:
            ran = run_job(replace(whole.job, looks=tuple(map(_steps, others))), folder, ground.sandbox)
    except SandboxError:
        return None
    over = _steps(whole) if ran.end is End.FINISHED else ran.step or 0
    earliest = min(seconds_before(each.run, ran) for each in ready)
    return _Passed(whole, ran, folder, over, start_of(earliest))


def _way(run: Run, length: int) -> Way:
    return tuple(each.name for each in run.chain[:length]), run.environment, any(each.network for each in run.chain)


def _steps(ready: Ready) -> int:
    return len(ready.job.steps)
