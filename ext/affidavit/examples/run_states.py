"""A run as reports tell it. Pure."""

from __future__ import annotations

from pathlib import PurePath

from affidavit.examples.plan import Run
from affidavit.examples.states import Evidence, Standing
from affidavit.model.report import RunState


def run_state(run: Run, standing: Standing, evidence: Evidence, folder: str) -> RunState:
    """Return a run as reports tell it; ``folder`` is that of the evidence, from conf.py."""
    file = f"{PurePath(folder).as_posix()}/{run.key}.json" if evidence.record else ""
    proof = evidence.proof if evidence.record else None
    return RunState(run.key, standing.state, standing.reason, run.environment, evidence.record, proof, file)
