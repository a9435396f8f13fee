"""The report as ``claims.json``: every claim with its verdict and place, every finding, every cell.

Its shape is described by the JSON Schema beside this file, which the manual publishes. The output holds no machine's
name, and no date but those of the evidence, so that the same sources and the same answers give the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import assert_never

from affidavit.model.claims import Card, Claim, Link, NoteRef, Stage, Term
from affidavit.model.examples import Example
from affidavit.model.place import Place
from affidavit.model.report import Accepted, Judged, Observed, Report, RunState
from affidavit.model.statements import Statement
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Unproven, Verdict
from affidavit.reports.cells import cell
from affidavit.reports.groups import identity
from affidavit.reports.statements import seen, statement
from affidavit.reports.words import target, word

FORMAT_VERSION = 2
"""Counts up with each change that a reader of the file must know about."""

_ENCODER = json.JSONEncoder(ensure_ascii=False)
"""Kept: there may be ten thousands of entries, and making one takes as long as one of them."""

_Json = Mapping[str, object]
_Group = tuple[Judged, list[Place]]


def render(report: Report) -> str:
    """Render a report as JSON with a final newline; each claim and each finding has a line of its own."""
    groups = list(_grouped(report.judged))
    lists = {
        "claims": map(_claim, groups),
        "findings": map(_finding, report.findings),
        "accepted": map(_accepted, report.accepted),
        "cells": map(cell, report.cells),
    }
    head = f'"version": {FORMAT_VERSION},\n"summary": {_line(_summary(report, groups))}'
    return "{\n" + ",\n".join([head, *(f'"{name}": {_lines(each)}' for name, each in lists.items())]) + "\n}\n"


def schema() -> str:
    """Return the JSON Schema (draft 2020-12) that every rendered report conforms to."""
    return files(__package__).joinpath(f"claims-{FORMAT_VERSION}.schema.json").read_text(encoding="utf-8")


def _grouped(judged: Iterable[Judged]) -> Iterator[_Group]:
    """Yield each claim once, with all its places: links and references that say the same and came to the same."""
    groups: dict[object, tuple[Judged, list[Place]]] = {}
    for each in judged:
        groups.setdefault(identity(each), (each, []))[1].append(each.claim.place)
    return iter(groups.values())


def _lines(entries: Iterable[_Json]) -> str:
    # Each is encoded by itself, since with an indent Python's slow encoder would do it.
    told = ",\n".join(map(_line, entries))
    return f"[\n{told}\n]" if told else "[]"


def _line(entry: _Json) -> str:
    return _ENCODER.encode(entry)


def _summary(report: Report, groups: Iterable[_Group]) -> _Json:
    verdicts = Counter(word(judged.verdict) for judged, _ in groups)
    return {
        "claims": verdicts.total(),
        "verdicts": dict(sorted(verdicts.items())),
        "errors": len(report.errors),
        "accepted": len(report.accepted),
        "links_not_checked": report.unchecked,
    }


def _claim(group: _Group) -> _Json:
    judged, places = group
    return {
        "kind": judged.claim.kind,
        "target": target(judged.claim),
        "verdict": word(judged.verdict),
        **_why(judged.verdict),
        "places": list(map(_place, places)),
        **_observed(judged.observed),
        **_details(judged.claim),
        **_runs(judged),
        **seen(judged),
    }


def _observed(observed: Observed | None) -> _Json:
    """Tell what was seen of a link; what is not there is left out."""
    if observed is None:
        return {}
    told = {name: getattr(observed, name) for name in ("final", "status", "redirects", "trouble", "reason")}
    return {"observed": {name: value for name, value in told.items() if value or name in ("final", "status")}}


def _runs(judged: Judged) -> _Json:
    return {"runs": list(map(_run, judged.runs))} if isinstance(judged.claim, Example) else {}


def _run(run: RunState) -> _Json:
    """Tell a run; what is not known of it is left out."""
    record, proof = run.record, run.proof
    seen = record and {
        "fingerprint": record.fingerprint,
        "outcome": str(record.outcome),
        "platform": record.platform,
        "sandbox": record.sandbox,
        "versions": dict(sorted(record.versions)),
    }
    proven = {"date": proof.day.isoformat(), "seconds": proof.seconds} if proof else _took(run)
    told = {"reason": run.reason, "environment": run.environment, "record": run.file}
    kept = {name: text for name, text in told.items() if text}
    return {"key": run.key, "state": str(run.state), **kept, **(seen or {}), **proven}


def _took(run: RunState) -> _Json:
    return {"seconds": run.seconds} if run.seconds else {}


def _why(verdict: Verdict) -> _Json:
    match verdict:
        case Holds():
            return {"resolved": verdict.detail} if verdict.detail else {}
        case Moved():
            return {"code": str(verdict.finding.code), "reason": verdict.finding.message, "resolved": verdict.to}
        case Refuted():
            first = verdict.findings[0]
            return {"code": str(first.code), "reason": first.message}
        case Unable():
            return {"code": str(verdict.code), "reason": verdict.reason}
        case Unproven():
            return {"reason": verdict.detail or "It is declared; no run has shown it yet."}
        case _:  # pragma: no cover
            assert_never(verdict)


def _details(claim: Claim) -> _Json:
    match claim:
        case Card():
            return {
                "title": claim.title,
                "term": claim.term,
                "release_notes": [note.target for note in claim.notes],
                "stages": [_stage(stage) for stage in claim.stages],
            }
        case Statement():
            return statement(claim)
        case Link() | Term() | NoteRef() | Example():
            return {}
        case _:  # pragma: no cover
            assert_never(claim)


def _stage(stage: Stage) -> _Json:
    return {
        "releases": str(stage.interval),
        "status": str(stage.status),
        "reason": stage.reason,
        "fails": [
            {"feature": failure.feature, "symptom": failure.symptom, "variant": failure.variant}
            for failure in stage.fails
        ],
    }


def _finding(found: Finding) -> _Json:
    return {
        "code": str(found.code),
        "severity": str(found.severity),
        "message": found.message,
        "advice": found.advice,
        "place": _place(found.place),
    }


def _accepted(accepted: Accepted) -> _Json:
    return {**_finding(accepted.finding), "accepted_because": accepted.reason}


def _place(place: Place) -> _Json:
    return {"document": place.document, "file": place.file, "line": place.line}
