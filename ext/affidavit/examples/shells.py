"""A run as somebody has it who wants to look into it: all is there that its own commands would find. Pure."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from affidavit.examples.plan import Run
from affidavit.model.examples import ConsoleStep, FileStep, HttpStep, PyconStep, ServiceStep, Step
from affidavit.model.runs import Console, Job

LONG = 24 * 60 * 60
"""Seconds that a shell may be open."""


def prepared(run: Run) -> Run:
    """Return a run that does what comes before its own commands: its setups, its files, its services."""
    own = replace(run.example, steps=tuple(each for each in run.example.steps if _prepares(each)))
    return replace(run, chain=(*run.chain[:-1], own))


def with_shell(job: Job, console: Console) -> Job:
    """Return a job with a shell at its end, which has time."""
    return replace(job, limits=replace(job.limits, seconds=LONG, cpu_seconds=LONG), console=console)


def _prepares(step: Step) -> bool:
    match step:
        case FileStep() | ServiceStep():
            return True
        case ConsoleStep() | PyconStep() | HttpStep():
            return False
        case _:  # pragma: no cover
            assert_never(step)
