"""Jobs as plain values, and what is typed at a console as JSON: what a supervisor is told. Pure."""

from __future__ import annotations

import base64
import json
from typing import Any, assert_never

from msgspec.structs import asdict

from affidavit.examples.sandbox.program import parcel
from affidavit.examples.sandbox.sandbox import Started
from affidavit.model.examples import ConsoleStep, Exchange, FileStep, HttpStep, PyconStep, ServiceStep, Step
from affidavit.model.runs import Console, Job


def job_parcel(job: Job, started: Started, *, keep: bool) -> bytes:
    """Return a job as the supervisor reads it."""
    told = {
        "steps": [*map(_step, job.steps), *_terminal(job.console)],
        "limits": job.limits,
        "variables": dict(started.variables),
        "workspace": started.workspace,
        "full": started.full,
        "folders": started.folders,
        "others": started.others,
        "private": started.private,
        "keep": keep and started.kept,
        "parts": job.parts,
        "looks": job.looks,
    }
    return parcel(told)


def _step(step: Step) -> dict[str, Any]:
    """Return what a step does; what its page expects of it stays outside."""
    match step:
        case FileStep():
            return {"kind": step.kind, **{name: getattr(step, name) for name in ("path", "text", "source", "mode")}}
        case ConsoleStep() | PyconStep():
            return {"kind": step.kind, "given": _given(step.exchanges)}
        case HttpStep():
            return {"kind": step.kind, "given": _given(step.exchanges), "base": step.base}
        case ServiceStep():
            return {"kind": step.kind, **asdict(step)}
        case _:  # pragma: no cover
            assert_never(step)


def _given(exchanges: tuple[Exchange, ...]) -> list[str]:
    return [each.given for each in exchanges]


def _terminal(console: Console | None) -> list[dict[str, Any]]:
    """Return the step that gives somebody at a terminal a shell."""
    return [{"kind": "terminal", "size": console.size, "variables": dict(console.variables)}] if console else []


def typed_line(data: bytes) -> bytes:
    """Return what somebody typed as the supervisor reads it."""
    return json.dumps({"typed": base64.b64encode(data).decode()}).encode() + b"\n"


def size_line(rows: int, columns: int) -> bytes:
    """Return the size of a terminal as the supervisor reads it."""
    return json.dumps({"size": [rows, columns]}).encode() + b"\n"
