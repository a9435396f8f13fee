"""Whether runs have shown what a card declares."""

from __future__ import annotations

from collections.abc import Sequence

from affidavit.model.cells import Cell
from affidavit.model.claims import Card
from affidavit.model.evidence import State
from affidavit.model.verdicts import Finding, Holds, Refuted, Unproven, Verdict

SHOWN = frozenset({State.PROVEN, State.PROVEN_ELSEWHERE})


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
    untried = next((stage for stage in card.stages if all(cell.stage != stage for cell in shown)), None)
    if untried is not None:
        return Unproven(f"No run speaks of the stage `{untried.interval}` yet.")
    return Holds(f"{len(shown)} runs have shown it" if len(shown) > 1 else "1 run has shown it")
