"""Whether a failure is the one that is declared. Pure."""

from __future__ import annotations

from affidavit.examples.ansi import plain
from affidavit.examples.patterns.pattern import Refused, read_pattern
from affidavit.examples.verdict import Held, Mismatch, Rule, Unusable, Verdict
from affidavit.model.examples import Symptom


def compare_symptom(
    symptom: Symptom, *, exit_status: int | None = None, http_status: int | None = None, output: str = ""
) -> Verdict:
    """Compare a declared failure with what was seen: every part that is declared must be there.

    The pattern is a regular expression for a part of a line. ``None`` is that there was no such status.
    """
    lacking = [*_status("exit status", symptom.exit_status, exit_status)]
    lacking += _status("HTTP status", symptom.http_status, http_status)
    if symptom.pattern:
        pattern = read_pattern(symptom.pattern)
        if isinstance(pattern, Refused):
            return Unusable(1, f"The pattern of the symptom cannot be used: {pattern.why}.")
        if not any(map(pattern.is_in, plain(output).split("\n"))):
            lacking.append(f"no line of the output has “{symptom.pattern}”")
    if not lacking:
        return Held()
    told = "; ".join(lacking)
    return Mismatch(
        Rule.SYMPTOM, f"It fails in another way than declared: {told}.", seen=tuple(plain(output).split("\n"))
    )


def _status(kind: str, declared: int | None, seen: int | None) -> list[str]:
    if declared is None or declared == seen:
        return []
    return [f"the {kind} is {'not known' if seen is None else seen}, not {declared}"]
