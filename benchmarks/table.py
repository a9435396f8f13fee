"""Results for people, as Markdown, and for programs, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec import to_builtins

from benchmarks.criteria import Ruling, judge
from benchmarks.results import Cell, Measured, Results, problems

FORMAT_VERSION = 1

_INTRODUCTION = """\
# Link checks, side by side

Made by `tox -e bench`. Figures are comparable inside one table alone: the programs ran in turn, on one machine, or at
once where that is said.
*Seconds* is the median of the runs by the wall clock, *start-up* what the same program takes for a single URL: it is in
the seconds of the table, and not in the figures that are held against the demands. *Floor* is
the time that the latency alone takes with 128 requests under way. Processor time and memory are those of the program
with all its processes; the server is not in them. The *bare client* reads every body and does nothing with it: it shows
what the server and the machine are good for.
"""

_HEAD = """\
| scenario | program | seconds | start-up | x floor | us of CPU per item | MB | runs |
|---|---|--:|--:|--:|--:|--:|--:|
"""


def markdown(results: Results) -> str:
    """Return all of it: what it ran on, the table, and the criteria."""
    parts = [
        _INTRODUCTION,
        "".join(f"- {name}: {value}\n" for name, value in results.surroundings),
        _HEAD + "".join(row for each in results.scenarios for row in _rows(each, results)),
        "## What is demanded\n\n" + criteria(results),
    ]
    remarks = [*results.missing, *problems(results)]
    if remarks:
        parts.append("## Remarks\n\n" + "".join(f"- {_escaped(each)}\n" for each in remarks))
    return "\n".join(parts)


def criteria(results: Results) -> str:
    """Return the criteria as a table."""
    lines = "".join(f"| {_ruling(each)} |\n" for each in judge(results))
    return f"| criterion | demand | figure | verdict |\n|---|---|--:|---|\n{lines}"


def _ruling(ruling: Ruling) -> str:
    figure = "" if ruling.figure is None else f"{ruling.figure:.{2 if ruling.figure >= _SMALL else 4}f}"
    return f"{ruling.criterion.name} | {ruling.criterion.demand} | {figure} | {ruling.word}"


_SMALL = 0.1
"""Below it two digits behind the point say too little."""


def _rows(measured: Measured, results: Results) -> Iterator[str]:
    for cell in measured.cells:
        yield f"| {measured.title} | {cell.tool} | {' | '.join(_figures(measured, cell, results))} |\n"


def _figures(measured: Measured, cell: Cell, results: Results) -> Iterator[str]:
    start = results.start(cell.tool)
    yield f"{cell.seconds:.2f}{' (failed)' if cell.problem else ''}"
    yield "" if start is None or measured.key == "start" else f"{start.seconds:.2f}"
    yield f"{cell.seconds / measured.floor:.2f}" if measured.floor else ""
    yield f"{1e6 * cell.cpu / measured.items:,.0f}"
    yield f"{cell.memory:.0f}"
    yield str(len(cell.runs))


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def as_json(results: Results) -> str:
    """Return every run's figures."""
    told = {
        "format": FORMAT_VERSION,
        "surroundings": dict(results.surroundings),
        "scenarios": to_builtins(results.scenarios),
        "criteria": [_as_dict(each) for each in judge(results)],
        "missing": list(results.missing),
    }
    return json.dumps(told, indent=1) + "\n"


def _as_dict(ruling: Ruling) -> dict[str, object]:
    known = ruling.criterion
    return {"name": known.name, "demand": known.demand, "figure": ruling.figure, "verdict": ruling.word}
