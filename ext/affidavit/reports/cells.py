"""The cells of a report as JSON: what is declared of each, and what a run showed."""

from __future__ import annotations

from collections.abc import Mapping

from affidavit.model.cells import Cell, Try

Json = Mapping[str, object]


def cell(each: Cell) -> Json:
    """Return a cell; what no run has shown is left out."""
    return {
        "method": each.method,
        "variant": each.variant,
        "feature": each.feature,
        "release": each.release,
        "status": str(each.stage.status) if each.stage else "",
        "fails": each.failure is not None,
        **({"declared_symptom": each.failure.symptom} if each.failure else {}),
        "state": str(each.state),
        "verdict": str(each.showed),
        **(_tried(each.tried) if each.tried else {}),
    }


def _tried(tried: Try) -> Json:
    """Tell of a run; of one that left no record, what it would be about."""
    recorded = {
        "record": tried.record,
        "versions": dict(sorted(tried.versions)),
        "platform": tried.platform,
        "sandbox": tried.sandbox,
    }
    told = {"symptom": tried.symptom, "reason": tried.reason, "date": tried.day.isoformat() if tried.day else ""}
    return {
        "environment": tried.subject.environment,
        "setup": tried.setup,
        "example": tried.example,
        "run": tried.key,
        **(recorded if tried.record else {}),
        **{name: value for name, value in told.items() if value},
    }
