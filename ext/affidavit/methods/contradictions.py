"""Which outcomes of runs contradict what a stage declares: a table, and the findings that it gives. Pure.

What speaks against a card is told at the line of the card that is to be changed, and names the example; whether the
card or the example is wrong is for people to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from affidavit.model.cells import Cell, Showed
from affidavit.model.claims import Stage, Status
from affidavit.model.codes import Code
from affidavit.model.evidence import State
from affidavit.model.verdicts import Finding, finding


class Came(StrEnum):
    """What came of a cell, or of all cells of a stage."""

    PROBE_HOLDS = "a probe works"
    PROBE_FAILS = "a probe fails, and no `fails` declares it"
    FAILURE_HOLDS = "a probe fails as a `fails` declares"
    FAILURE_GONE = "a probe works, though a `fails` declares a failure"
    FAILURE_DIFFERS = "a probe fails in another way than its `fails` declares"
    SETUP_RUNS = "a setup runs"
    SETUP_FAILS = "a setup fails"
    ALL_HOLD = "all setups and probes of the stage work"


class Row(Struct, frozen=True):
    """An outcome that contradicts stages of some statuses, and the code by which it is told."""

    came: Came
    statuses: tuple[Status, ...]
    code: Code


_USABLE = (Status.RECOMMENDED, Status.SUPPORTED, Status.DISCOURAGED, Status.UNKNOWN)
TABLE = (
    Row(Came.PROBE_FAILS, _USABLE, Code.FEATURE_FAILS),
    Row(Came.FAILURE_GONE, tuple(Status), Code.FAILURE_GONE),
    Row(Came.FAILURE_DIFFERS, tuple(Status), Code.FAILURE_DIFFERS),
    Row(Came.SETUP_FAILS, _USABLE, Code.METHOD_FAILS),
    Row(Came.SETUP_RUNS, (Status.REMOVED,), Code.METHOD_THERE),
    Row(Came.PROBE_HOLDS, (Status.REMOVED,), Code.METHOD_THERE),
    Row(Came.ALL_HOLD, (Status.BROKEN,), Code.METHOD_WORKS),
)
"""Whatever is not in the table contradicts nothing."""

_CODES = {(row.came, status): row.code for row in TABLE for status in row.statuses}


class Contradiction(Struct, frozen=True):
    """A finding against the card of a method; ``keys`` are those of the runs that it speaks of."""

    method: str
    finding: Finding
    keys: tuple[str, ...] = ()


def contradictions(cells: Sequence[Cell]) -> Iterator[Contradiction]:
    """Give what speaks against cards; of a setup that is wrong itself, nothing is told of the probes under it."""
    of_setups: dict[tuple[str, str], Finding] = {}
    for cell in sorted(cells, key=lambda each: each.feature != ""):  # setups first
        found = _finding(cell)
        if found is None or cell.tried is None:
            continue
        under = (cell.tried.setup, cell.tried.subject.environment)
        if not cell.feature:
            of_setups[under] = found
        yield Contradiction(cell.method, of_setups.get(under, found), (cell.tried.key,))
    yield from _of_stages(cells)


def came_of(cell: Cell) -> Came | None:
    """Return what came of a cell, ``None`` where that is not known, or no stage speaks of it."""
    if cell.stage is None or cell.showed is Showed.NOTHING:
        return None
    works = cell.showed is Showed.WORKS
    if not cell.feature:
        return Came.SETUP_RUNS if works else Came.SETUP_FAILS
    if cell.failure is None:
        return Came.PROBE_HOLDS if works else Came.PROBE_FAILS
    if works:
        return Came.FAILURE_GONE
    return Came.FAILURE_DIFFERS if cell.state is State.CONTRADICTED else Came.FAILURE_HOLDS


def _finding(cell: Cell) -> Finding | None:
    came = came_of(cell)
    code = _CODES.get((came, cell.stage.status)) if came and cell.stage else None
    if code is None or cell.stage is None:
        return None
    place = cell.failure.place if cell.failure else cell.stage.place
    return finding(code, place, _message(cell, code), _advice(cell, code))


def _message(cell: Cell, code: Code) -> str:
    """Say what a run showed, and which line of which page tells otherwise."""
    seen = f"shows “{cell.tried.symptom}”" if cell.tried else ""
    declared = f"`{cell.method}` is declared {cell.stage.status} for {cell.stage.interval}" if cell.stage else ""
    match code:
        case Code.FEATURE_FAILS:
            return f"{declared}, and no `fails` names `{cell.feature}`, but {run_of(cell)} fails: it {seen}."
        case Code.FAILURE_GONE:
            return f"`{cell.feature}` is declared to fail, but {run_of(cell)} works."
        case Code.FAILURE_DIFFERS:
            looks = cell.failure.looks if cell.failure else ""
            return f"`{cell.feature}` is declared to fail with {looks}, but {run_of(cell)} {seen}."
        case Code.METHOD_FAILS:
            return f"{declared}, but {run_of(cell)} fails: it {seen}."
        case _:
            return f"{declared}, but {run_of(cell)} works."


def _advice(cell: Cell, code: Code) -> str:
    """Say which line is to be changed."""
    part = cell.failure or cell.stage
    line = part.place if part else ""
    example = cell.tried.at or cell.tried.place if cell.tried else ""
    match code:
        case Code.FEATURE_FAILS:
            return f"Declare it with `fails` below {line}, or correct the example at {example}."
        case Code.FAILURE_GONE:
            return f"Remove the `fails` at {line}, or end its stage before {cell.release}."
        case Code.FAILURE_DIFFERS:
            return f"Correct the `symptom` at {line}, or the example at {example}."
        case Code.METHOD_FAILS:
            return f"Change the status at {line}, or correct the example at {example}."
        case _:
            return f"Change the status at {line}, or end the stage before {cell.release}."


def run_of(cell: Cell) -> str:
    """Name a run by its example, with its line, and by what that ran under."""
    if cell.tried is None:
        return ""
    under = f" under `{cell.tried.setup}`" if cell.feature else ""
    where = f" in `{cell.tried.subject.environment}`" if cell.tried.subject.environment else ""
    return f"`{cell.tried.example}`{under}{where} ({cell.tried.place})"


def _of_stages(cells: Sequence[Cell]) -> Iterator[Contradiction]:
    """Give the stages that are declared broken and in which all that was tried works."""
    by_stage: dict[tuple[str, Stage], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.stage and cell.tried and (Came.ALL_HOLD, cell.stage.status) in _CODES:
            by_stage[cell.method, cell.stage].append(cell)
    for (method, stage), tried in by_stage.items():
        probes = [cell for cell in tried if cell.feature]
        # One that is declared to fail, and works, is told by itself.
        if probes and all(cell.showed is Showed.WORKS and cell.failure is None for cell in tried):
            yield Contradiction(method, _all_hold(method, stage, probes))


def _all_hold(method: str, stage: Stage, probes: Sequence[Cell]) -> Finding:
    message = f"`{method}` is declared {stage.status} for {stage.interval}, but everything that was tried works"
    advice = f"Change the status at {stage.place}, or add an example that shows what is broken."
    code = _CODES[Came.ALL_HOLD, stage.status]
    return finding(code, stage.place, f"{message}, such as {run_of(probes[0])}.", advice)
