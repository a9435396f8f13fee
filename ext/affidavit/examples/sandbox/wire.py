"""Jobs as plain values, and events as JSON. What comes back is not trusted: it is read field by field. Pure."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, assert_never

from msgspec import to_builtins

from affidavit.examples.sandbox.program import parcel
from affidavit.examples.sandbox.sandbox import Started
from affidavit.model.examples import ConsoleStep, Exchange, FileStep, HttpStep, PyconStep, ServiceStep, Step
from affidavit.model.runs import Console, End, Job, Shown

_DECODER = json.JSONDecoder()


def job_parcel(job: Job, started: Started, *, keep: bool) -> bytes:
    """Return a job as the supervisor reads it."""
    told = {
        "steps": [*map(_step, job.steps), *_terminal(job.console)],
        "limits": to_builtins(job.limits),
        "variables": dict(started.variables),
        "workspace": started.workspace,
        "full": started.full,
        "folders": started.folders,
        "others": started.others,
        "private": started.private,
        "keep": keep and started.kept,
        "parts": [to_builtins(each) for each in job.parts],
        "looks": job.looks,
    }
    return parcel(told)


def _step(step: Step) -> dict[str, Any]:
    """Return what a step does; what its page expects of it stays outside."""
    match step:
        case FileStep():
            return {"kind": step.kind, **{name: getattr(step, name) for name in ("path", "text", "source", "mode")}}
        case ConsoleStep() | PyconStep():
            return {"kind": step.kind, "exchanges": _given(step.exchanges)}
        case HttpStep():
            return {"kind": step.kind, "exchanges": _given(step.exchanges), "base": step.base}
        case ServiceStep():
            return {"kind": step.kind, **to_builtins(step)}
        case _:  # pragma: no cover
            assert_never(step)


def _given(exchanges: tuple[Exchange, ...]) -> list[dict[str, str]]:
    return [{"given": each.given} for each in exchanges]


def _terminal(console: Console | None) -> list[dict[str, Any]]:
    """Return the step that gives somebody at a terminal a shell."""
    return [{"kind": "terminal", "size": console.size, "variables": dict(console.variables)}] if console else []


def typed_line(data: bytes) -> bytes:
    """Return what somebody typed as the supervisor reads it."""
    return json.dumps({"typed": base64.b64encode(data).decode()}).encode() + b"\n"


def size_line(rows: int, columns: int) -> bytes:
    """Return the size of a terminal as the supervisor reads it."""
    return json.dumps({"size": [rows, columns]}).encode() + b"\n"


def event_of(line: bytes) -> dict[str, Any]:
    """Return an event; raise `ValueError` where a line is none."""
    text = line.decode()
    try:
        found, end = _DECODER.raw_decode(text)
    except RecursionError:
        raise ValueError("It is nested too deep.") from None
    if end < len(text):
        raise ValueError("A line is one event.")
    if not isinstance(found, dict) or not isinstance(found.get("event"), str):
        raise ValueError("An event is an object with a name.")  # noqa: TRY004 - of a line that is wrong
    return found


def shown_of(event: dict[str, Any]) -> Shown:
    """Return what an exchange printed; raise `ValueError` where the event tells no such thing."""
    return Shown(_count(event, "step"), _count(event, "exchange"), _text(event, "output"), _number(event, "status"))


def end_of(event: dict[str, Any]) -> tuple[End, int | None, str]:
    """Return how a run ended, at which step, and what is known of that; raise `ValueError` likewise."""
    return End(_text(event, "end")), _number(event, "step"), _text(event, "detail")


def kept_of(event: dict[str, Any]) -> bytes:
    """Return a piece of the archive of the workspace, or of what a terminal shows; raise `ValueError` likewise."""
    try:
        return base64.b64decode(_text(event, "data"), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def step_of(event: dict[str, Any]) -> int:
    """Return the step that an event is about; raise `ValueError` likewise."""
    return _count(event, "step")


def seconds_of(event: dict[str, Any]) -> float:
    """Return how long a part took, or how long it was until a step began; raise `ValueError` likewise."""
    return _count(event, "milliseconds") / 1000


def _count(event: dict[str, Any], key: str) -> int:
    found = _number(event, key)
    if found is None or found < 0:
        raise ValueError(f"{key} counts from 0.")
    return found


def _number(event: dict[str, Any], key: str) -> int | None:
    found = event.get(key)
    if found is not None and type(found) is not int:
        raise ValueError(f"{key} is a number.")
    return found


def _text(event: dict[str, Any], key: str) -> str:
    found = event.get(key)
    if not isinstance(found, str):
        raise ValueError(f"{key} is text.")  # noqa: TRY004 - likewise
    return found
