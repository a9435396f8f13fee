"""How long runs took: each by itself, and what was started for it, which may have been for several. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct, field

from affidavit.examples.ground import Failed, Observed
from affidavit.examples.plan import Run
from affidavit.examples.starts import Start
from affidavit.model.environments import MACHINE


class What(StrEnum):
    """What took its time."""

    START = "start"
    """What was done before some runs: their setups."""
    RUN = "run"
    """The example that a run is about, without what was before it."""


class Durations(Struct):
    """Takes note of how long runs took, each as often as it ran."""

    _runs: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _starts: dict[str, dict[Start, None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, run: Run, found: Observed | Failed) -> None:
        """Take note of a run that was tried."""
        if isinstance(found, Failed) or not found.seconds:
            return
        self._runs[run.key].append(found.own)
        if found.start is not None:
            self._starts[_before(run)][found.start] = None

    def lines(self, most: int) -> Iterator[str]:
        """Give what took longest, with its seconds: so many lines at most, 0 for all."""
        starts = ((What.START, name, [each.seconds for each in starts]) for name, starts in self._starts.items())
        rows = [*starts, *((What.RUN, key, seconds) for key, seconds in self._runs.items())]
        shown = sorted(rows, key=lambda row: (-max(row[2]), row[0], row[1]))[: most or None]
        if shown:
            yield "Longest first:" if len(shown) == len(rows) else f"The {len(shown)} of {len(rows)} that took longest:"
        width = max((len(f"{max(seconds):.2f}") for _, _, seconds in shown), default=0)
        for what, name, seconds in shown:
            yield f"  {max(seconds):{width}.2f} s  {what:<5}  {name}{_more(seconds)}"


def _before(run: Run) -> str:
    """Return the name of what is before the example that a run is about."""
    name = run.setup.name if run.setup else run.chain[-2].name
    return f"{name}/{run.environment or MACHINE}"


def _more(seconds: list[float]) -> str:
    """Return how often something took its time, and how little at least, where that was more than once."""
    return f" ({len(seconds)} times, from {min(seconds):.2f} s on)" if len(seconds) > 1 else ""
