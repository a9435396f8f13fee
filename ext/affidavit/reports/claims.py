"""The report as ``claims.json``: every claim with its verdict and place, every finding.

Its shape is described by the JSON Schema beside this file, which the manual publishes. The output holds
no date and no machine's name, so that the same sources and the same answers give the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from typing import assert_never

from affidavit.model.claims import Card, Claim, Link, NoteRef, Stage, Term
from affidavit.model.place import Place
from affidavit.model.report import Accepted, Judged, Report
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Unproven, Verdict

FORMAT_VERSION = 1
"""Counts up with each change that a reader of the file must know about."""

_Json = Mapping[str, object]


def render(report: Report) -> str:
    """Render a report as JSON with a final newline."""
    claims = [_claim(judged) for judged in report.judged]
    return (
        json.dumps(
            {
                "version": FORMAT_VERSION,
                "summary": _summary(report),
                "claims": claims,
                "findings": [_finding(each) for each in report.findings],
                "accepted": [_accepted(each) for each in report.accepted],
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    )


def schema() -> str:
    """Return the JSON Schema (draft 2020-12) that every rendered report conforms to."""
    return files(__package__).joinpath(f"claims-{FORMAT_VERSION}.schema.json").read_text(encoding="utf-8")


def _summary(report: Report) -> _Json:
    verdicts = Counter(_verdict(each.verdict) for each in report.judged)
    return {
        "claims": len(report.judged),
        "verdicts": dict(sorted(verdicts.items())),
        "errors": len(report.errors),
        "accepted": len(report.accepted),
        "links_not_checked": report.unchecked,
    }


def _claim(judged: Judged) -> _Json:
    return {
        "kind": judged.claim.kind,
        "target": _target(judged.claim),
        "verdict": _verdict(judged.verdict),
        **_why(judged.verdict),
        "places": [_place(judged.claim.place)],
        **_details(judged.claim),
    }


def _target(claim: Claim) -> str:
    match claim:
        case Link():
            return claim.url
        case Term():
            return claim.names[0]
        case NoteRef():
            return claim.target
        case Card():
            return claim.name
        case _:
            assert_never(claim)


def _verdict(verdict: Verdict) -> str:
    match verdict:
        case Holds():
            return "holds"
        case Moved():
            return "moved"
        case Refuted():
            return "refuted"
        case Unable():
            return "unable"
        case Unproven():
            return "not-yet-proven"
        case _:
            assert_never(verdict)


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
            return {"reason": verdict.reason}
        case Unproven():
            return {"reason": "It is declared; no run has shown it yet."}
        case _:
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
        case Link() | Term() | NoteRef():
            return {}
        case _:
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
