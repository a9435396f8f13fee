"""Whether runs have shown what a card declares."""

from __future__ import annotations

from collections.abc import Sequence

from affidavit.model.cells import Cell, Showed
from affidavit.model.claims import Card, Stage, Status
from affidavit.model.evidence import State
from affidavit.model.verdicts import Finding, Holds, Refuted, Unproven, Verdict

SHOWN = frozenset({State.PROVEN, State.PROVEN_ELSEWHERE})


def missing(stage: Stage, shown: Sequence[Cell]) -> str:
    """Return what no run has shown of a stage, as a sentence: all of it, a failure, or that it is broken."""
    own = [cell for cell in shown if cell.stage == stage]
    if not own:
        return f"No run speaks of the stage `{stage.interval}` yet."
    failures = {cell.failure for cell in own}
    untried = next((failure for failure in stage.fails if failure not in failures), None)
    if untried is not None:
        return f"No run has shown yet that `{untried.feature}` fails in the stage `{stage.interval}`."
    if stage.status is Status.BROKEN and not any(cell.showed is Showed.FAILS for cell in own):
        return f"No run has shown yet what is broken in the stage `{stage.interval}`."
    return ""


def verdict(card: Card, cells: Sequence[Cell], against: Sequence[Finding]) -> Verdict:
    """Judge a card by its cells: it holds where all its runs were seen to be as declared, and some in each stage."""
    if against:
        return Refuted(tuple(against))
    tried = [cell for cell in cells if cell.tried and cell.stage]
    shown = [cell for cell in tried if cell.state in SHOWN]
    if not shown:
        return Unproven()
    if len(shown) < len(tried):
        return Unproven(f"{len(shown)} of {len(tried)} runs have shown what it declares.")
    lacking = next(filter(None, (missing(stage, shown) for stage in card.stages)), "")
    if lacking:
        return Unproven(lacking)
    return Holds(f"{len(shown)} runs have shown it" if len(shown) > 1 else "1 run has shown it")
