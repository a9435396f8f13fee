"""What must be true of the figures: one row each, judged by ratios inside one run."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from benchmarks import notes
from benchmarks.contestants import LYCHEE, OUR_BUILD, OURS, PLAIN_BUILD
from benchmarks.results import Cell, Results

MANY = ("many-now", "many-late")
WARM, NEW = f"{OURS}, warm cache", f"{OURS}, new cache"


class Criterion(Struct, frozen=True):
    """A demand: a figure that must stay at or below ``most``, or, where ``least`` is given, at or above that.

    ``figure`` returns it, or ``None`` where something that it needs was not measured.
    """

    name: str
    figure: Callable[[Results], float | None]
    unit: str
    most: float = 0
    least: float = 0

    def holds(self, figure: float) -> bool:
        """Return whether a figure is good enough."""
        return figure >= self.least if self.least else figure <= self.most

    @property
    def demand(self) -> str:
        """Return what is demanded, in words."""
        return f"at least {self.least:g} {self.unit}" if self.least else f"at most {self.most:g} {self.unit}"


class Ruling(Struct, frozen=True):
    """A criterion beside its figure; ``None`` is that it was not measured."""

    criterion: Criterion
    figure: float | None

    @property
    def word(self) -> str:
        """Return the verdict."""
        if self.figure is None:
            return "not measured"
        return "pass" if self.criterion.holds(self.figure) else "FAIL"


def judge(results: Results) -> tuple[Ruling, ...]:
    """Hold each criterion against what was measured."""
    return tuple(Ruling(each, each.figure(results)) for each in CRITERIA)


Figure = Callable[[Results], float | None]


def _against(scenario: str, some: str, others: str) -> Figure:
    """Make the figure: how many times as long as another one a program takes."""

    def figure(results: Results) -> float | None:
        one, other = _good(results, scenario, some), _good(results, scenario, others)
        return results.ratio(one, other) if one and other else None

    return figure


def _against_floor(scenario: str) -> Figure:
    def figure(results: Results) -> float | None:
        measured, cell = results.scenario(scenario), _good(results, scenario, OURS)
        return results.net(cell, cell.seconds) / measured.floor if cell and measured and measured.floor else None

    return figure


def _cpu(results: Results) -> float | None:
    """Return the microseconds of processor for each URL, in the worse of both scenarios, start-up told apart."""
    start = results.start(OURS)
    figures = [(results.scenario(key), _good(results, key, OURS)) for key in MANY]
    at_first = start.cpu if start else 0
    known = [1e6 * (cell.cpu - at_first) / measured.items for measured, cell in figures if measured and cell]
    return max(known) if len(known) == len(MANY) else None


def _memory(*scenarios: str) -> Figure:
    def figure(results: Results) -> float | None:
        cells = [_good(results, key, OURS) for key in scenarios]
        known = [cell.memory for cell in cells if cell]
        return max(known) if len(known) == len(scenarios) else None

    return figure


def _seconds(scenario: str) -> Figure:
    def figure(results: Results) -> float | None:
        cell = _good(results, scenario, OURS)
        return results.net(cell, cell.seconds) if cell else None

    return figure


def _wrong_links(results: Results) -> float | None:
    """Return how many broken links of the site were missed, or invented."""
    return results.wrong_links


def _good(results: Results, scenario: str, tool: str) -> Cell | None:
    cell = results.cell(scenario, tool)
    return cell if cell and cell.runs and not cell.problem else None


CRITERIA = (
    Criterion("10,000 URLs on 200 hosts at 0 ms", _against("many-now", OURS, LYCHEE), "x lychee", most=1),
    Criterion("10,000 URLs on 200 hosts at 50 ms", _against("many-late", OURS, LYCHEE), "x lychee", most=1),
    Criterion("the same, against the latency", _against_floor("many-late"), "x floor", most=1.25),
    Criterion("the same, processor time of a URL", _cpu, "us", most=200),
    Criterion("the same, memory", _memory(*MANY), "MB", most=100),
    Criterion("one host, defaults, 50 ms", _against_floor("one-host"), "x floor", most=5),
    Criterion("TLS", _against("tls", OURS, LYCHEE), "x lychee", most=1.2),
    Criterion("a warm cache, against a new one", _against("cache", NEW, WARM), "x faster", least=10),
    Criterion("finished site with anchors", _against("site", LYCHEE, OURS), "x faster than lychee", least=6),
    Criterion("the same, memory", _memory("site"), "MB", most=200),
    Criterion("the same, broken links missed or invented", _wrong_links, "links", most=0),
    Criterion("hostile servers, all at once", _seconds("hostile"), "s", most=30),
    Criterion("the same, memory", _memory("hostile"), "MB", most=150),
    Criterion("a build with the extension", _against("build", OUR_BUILD, PLAIN_BUILD), "x a build without", most=1.05),
    Criterion("judging references", _against(notes.RIGHT, notes.JUDGING, notes.BUILD), "x their build", most=0.01),
    Criterion("judging wrong ones", _against(notes.WRONG, notes.JUDGING, notes.BUILD), "x their build", most=0.1),
)
"""What "done" means, row by row."""
