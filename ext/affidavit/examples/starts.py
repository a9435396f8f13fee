"""What runs have before their own steps, and how long it took. Pure."""

from __future__ import annotations

from msgspec import Struct

from affidavit.examples.plan import Run
from affidavit.model.runs import Ran


class Start(Struct, frozen=True, eq=False):
    """One start of what some runs have before their own steps, the same one for all of them, and its seconds."""

    seconds: float


def start_of(seconds: float) -> Start | None:
    """Return the start that took so long, ``None`` where there was none."""
    return Start(round(seconds, 2)) if seconds else None


def seconds_before(run: Run, ran: Ran) -> float:
    """Return how long it was until the steps began of the example that a run is about."""
    return ran.until(steps_before(run)) if len(run.chain) > 1 else 0


def steps_before(run: Run) -> int:
    """Return how many steps a run has before those of the example that it is about."""
    return sum(len(example.steps) for example in run.chain[:-1])
