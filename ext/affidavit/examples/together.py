"""Several probes of one setup in one start: its files, its services and what its sessions are by then serve them all.

Each probe has the sessions as the setup left them, its own services and its own time. The files and what the services
remember they share, so a probe can come out otherwise than alone. So what it did in this start counts only if that is
what its page shows, or the failure that is declared of it; any other is run again, alone, and that counts. Where one
ends early, the others go on in a new start. The setup itself is what all of them pass first; where already that ends
early, and does so again alone, no probe has anything else to show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from affidavit.examples.compared import differences, failure
from affidavit.examples.ground import Failed, Ground, Observed, Ready
from affidavit.examples.plan import Run
from affidavit.examples.readiness import made_ready
from affidavit.examples.running import folder_for, observed, try_one
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import SandboxError
from affidavit.examples.starts import Start, start_of
from affidavit.examples.verdict import Held
from affidavit.model.examples import Example, PyconStep
from affidavit.model.runs import EXCEEDED, USED_TOGETHER, End, Job, Part, Ran

Key = tuple[tuple[Example, ...], str, bool]
Declares = Callable[[Run, Observed | Failed], bool]


def key_of(run: Run) -> Key | None:
    """Return what runs have in common that can be done in one start; ``None`` for one that cannot be with others.

    It is the key of the setup's own run, too. A probe with setups of its own would have them run again and again in one
    folder. A Python session cannot be copied.
    """
    setup = run.setup or run.example
    before = _before(run)
    if not setup.setup_for or not before or before[-1] != setup or run.example.skips:
        return None
    if any(isinstance(step, PyconStep) for example in before for step in example.steps):
        return None
    return before, run.environment, any(example.network for example in run.chain)


def _before(run: Run) -> tuple[Example, ...]:
    """Return what is done before a probe, which is all of the setup's own run."""
    return run.chain[:-1] if run.setup else run.chain


def run_together(
    runs: Sequence[Run], ground: Ground, is_declared: Declares = lambda _run, _found: False
) -> tuple[Observed | Failed, ...]:
    """Run what has one key, in as few starts as that can be done with; ``is_declared`` tells declared failures."""
    found = {run: made_ready(run, ground) for run in runs}
    came: dict[Run, Observed | Failed] = {run: each for run, each in found.items() if not isinstance(each, Ready)}
    waiting = [each for each in found.values() if isinstance(each, Ready)]
    while waiting:
        start = _started(waiting, ground) if len(waiting) > 1 else _NOTHING
        for ready, shared in zip(waiting, start.found, strict=False):
            own = start.counts and (is_as_shown(ready.run, shared, ground) or is_declared(ready.run, shared))
            came[ready.run] = shared if own else try_one(ready, ground)
        waiting = waiting[len(start.found) :]
        if waiting and start.broken:
            first, *waiting = waiting
            came[first.run] = try_one(first, ground)
            if start.fell and _went_alike(came[first.run], start.fell[0]):
                came |= {each.run: found for each, found in zip(waiting, start.fell[1:], strict=True)}
                waiting = []
    return tuple(came[run] for run in runs)


class _Start(Struct, frozen=True):
    """What came of those that were done in one start; ``broken`` tells that the one behind them ended it, or nobody.

    It ``counts`` unless together they used more than they may: which of them that was is not known. Where the setup
    ended early, ``fell`` is what each of them showed.
    """

    found: tuple[Observed | Failed, ...] = ()
    broken: bool = True
    counts: bool = True
    fell: tuple[Observed | Failed, ...] = ()


_NOTHING = _Start()


def _started(ready: Sequence[Ready], ground: Ground) -> _Start:
    joined = _Joined.of(ready)
    try:
        with folder_for(None) as folder:
            ran = run_job(joined.whole, folder, ground.sandbox)
    except SandboxError:
        return _NOTHING
    if joined.fell(ran):
        return _Start(fell=tuple(_shared(observed(each, ran, ground, folder)) for each in ready))
    own = (joined.own(ran, number, seconds) for number, seconds in enumerate(ran.parts))
    found = tuple(observed(each, one, ground, folder) for each, one in zip(ready, own, strict=False))
    start = start_of(ran.until(joined.before))
    shared = tuple(_shared(each, start if one.run.setup else None) for one, each in zip(ready, found, strict=False))
    return _Start(shared, not shared or joined.is_within(ran.step, len(shared)), ran.end not in USED_TOGETHER)


def _shared(found: Observed | Failed, start: Start | None = None) -> Observed | Failed:
    """Return what came of one among others; of probes the ``start`` is one and the same."""
    return replace(found, shared=True, start=start or found.start) if isinstance(found, Observed) else found


def _went_alike(one: Observed | Failed, other: Observed | Failed) -> bool:
    """Tell whether two runs got as far, with the same statuses on the way."""
    if isinstance(one, Failed) or isinstance(other, Failed) or one.record.outcome is not other.record.outcome:
        return False
    first, second = ([(each.given, each.status) for each in found.record.seen] for found in (one, other))
    return first == second


class _Joined(Struct, frozen=True):
    """Jobs put together: the steps of the setup once, and those of each probe as a part."""

    whole: Job
    before: int

    @classmethod
    def of(cls, ready: Sequence[Ready]) -> _Joined:
        first = ready[0]
        before = sum(len(example.steps) for example in _before(first.run))
        steps, parts = list(first.job.steps[:before]), []
        for each in ready:
            parts.append(Part(len(steps), each.job.limits.seconds))
            steps += each.job.steps[before:]
        most = max((each.job.limits for each in ready), key=lambda limits: limits.seconds)
        return cls(replace(first.job, steps=tuple(steps), parts=tuple(parts), limits=most), before)

    def fell(self, ran: Ran) -> bool:
        """Tell whether already the setup ended early, other than by a limit: of those each probe has its own."""
        return ran.step is not None and ran.step < self.before and ran.end not in {*EXCEEDED, End.RUNNER_FAILED}

    def is_within(self, step: int | None, number: int) -> bool:
        """Tell whether a step is one of a part, or of one behind it."""
        return step is not None and number < len(self.whole.parts) and step >= self.whole.parts[number].first

    def own(self, ran: Ran, number: int, seconds: float) -> Ran:
        """Return what a part showed, as if it had run alone."""
        firsts = [*(part.first for part in self.whole.parts), len(self.whole.steps)]
        first, end = firsts[number : number + 2]
        shown = [each for each in ran.shown if each.step < self.before]
        shown += [replace(each, step=each.step - first + self.before) for each in ran.shown if first <= each.step < end]
        begun = ran.begun[: self.before + 1]
        return Ran(End.FINISHED, tuple(shown), sandbox=ran.sandbox, seconds=seconds, begun=begun)


def is_as_shown(run: Run, found: Observed | Failed, ground: Ground) -> bool:
    """Tell whether what a run showed that shared its start is what its page shows, so that it counts."""
    if isinstance(found, Failed) or differences(run, found.record.seen, ground.own):
        return False
    symptom = run.example.symptom
    return symptom is None or isinstance(failure(run, found.record.seen, symptom), Held)
