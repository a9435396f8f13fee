"""What was measured, as values. Pure but for the types of a run."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from benchmarks.measure import Usage


class Cell(Struct, frozen=True):
    """The runs of one program in one scenario; ``problem`` says why they do not count, where they do not."""

    tool: str
    runs: tuple[Usage, ...]
    problem: str = ""

    @property
    def seconds(self) -> float:
        """Return the median of the wall clock's seconds."""
        return median(each.seconds for each in self.runs)

    @property
    def cpu(self) -> float:
        """Return the median of the processors' seconds."""
        return median(each.cpu for each in self.runs)

    @property
    def memory(self) -> float:
        """Return the most memory of all runs, in MB."""
        return max(each.memory for each in self.runs)


class Measured(Struct, frozen=True):
    """A scenario that was run: ``key`` names it for criteria, ``title`` for people.

    ``items`` is how many URLs, links or pages it was about. ``floor`` is the time in seconds that nobody can go below
    who has 128 requests under way, 0 where there is none.
    """

    key: str
    title: str
    items: int
    cells: tuple[Cell, ...]
    floor: float = 0
    notes: tuple[str, ...] = ()


class Results(Struct, frozen=True):
    """All scenarios of a run, and what they ran on.

    ``missing`` says which programs could not take part, and why; ``wrong_links`` how many broken links of the finished
    site ours missed or invented, ``None`` where it gave no report.
    """

    surroundings: tuple[tuple[str, str], ...]
    scenarios: tuple[Measured, ...]
    missing: tuple[str, ...] = ()
    wrong_links: int | None = None

    def cell(self, scenario: str, tool: str) -> Cell | None:
        """Return the runs of a program in a scenario, if both were there."""
        for each in self.scenarios:
            if each.key == scenario:
                return next((cell for cell in each.cells if cell.tool == tool), None)
        return None

    def scenario(self, key: str) -> Measured | None:
        """Return a scenario, if it was run."""
        return next((each for each in self.scenarios if each.key == key), None)

    def start(self, tool: str) -> Cell | None:
        """Return what a program takes for one URL, if that was measured: its start-up."""
        cell = self.cell("start", tool)
        return cell if cell and not cell.problem else None

    def net(self, cell: Cell, seconds: float) -> float:
        """Return seconds of a program without those of its start-up."""
        start = self.start(cell.tool)
        return max(seconds - start.seconds, _LEAST) if start else seconds

    def ratio(self, some: Cell, others: Cell) -> float:
        """Return how much longer one program takes than another, their start-up told apart.

        It is the median over the rounds, each run beside its neighbour: whatever else the machine does then weighs on
        both alike.
        """
        pairs = zip(some.runs, others.runs, strict=False)
        return median(self.net(some, one.seconds) / self.net(others, other.seconds) for one, other in pairs)


_LEAST = 0.001
"""Seconds; where start-up is all that a run takes, noise could make it take less."""


def problems(results: Results) -> Sequence[str]:
    """Return what went wrong in any scenario, one line each."""
    cells = [(scenario, cell) for scenario in results.scenarios for cell in scenario.cells]
    return [f"{scenario.title}: {cell.tool}: {cell.problem}" for scenario, cell in cells if cell.problem]
