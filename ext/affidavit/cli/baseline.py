"""What was there before, so that only what is new is told: an earlier report, or an earlier revision."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from affidavit.check import World, judge
from affidavit.cli.outcome import UsageError
from affidavit.cli.revision import checked_out
from affidavit.cli.selected import identities
from affidavit.cli.selection import Base, stated
from affidavit.cli.urls import STANDARD_INPUT
from affidavit.gathered import Gathered
from affidavit.model.verdicts import Finding
from affidavit.notes.lock import Lock
from affidavit.reports.claims import FORMAT_VERSION
from affidavit.reports.groups import targets

REVISION = "git:"
"""What a base begins with that is a revision, and no file."""

_ADVICE = "Make one with `affidavit check --format json --output FILE`, or name a revision as `git:REVISION`."

Gather = Callable[[Path], tuple[Gathered, Lock | Finding]]
"""Whoever gathers what stands at a path, and reads the lock file that is there."""


def read_base(named: str, path: Path, gather: Gather, today: date) -> Base:
    """Return what a base holds: a report's findings, or what a revision stated at ``path``; nobody is asked about it.

    Raise :class:`UsageError` where there is no such report or revision.
    """
    if not named.startswith(REVISION):
        return _of_report(Path(named))
    if path == STANDARD_INPUT:
        advice = "Name the list's file, or give a JSON report as the base."
        raise UsageError("No revision has what comes from standard input.", advice=advice)
    with checked_out(path, named.removeprefix(REVISION)) as there:
        return _of_revision(gather, there, today) if there.exists() else Base(claims=frozenset())


def _of_revision(gather: Gather, path: Path, today: date) -> Base:
    gathered, lock = gather(path)
    report = judge(gathered, World(lock, today))
    about = targets(report)
    findings = {each for found in report.findings for each in identities(found, about)}
    claims = {stated(each.claim) for each in report.judged}
    return Base(frozenset(findings), frozenset(claims))


def _of_report(path: Path) -> Base:
    told = _read(path)
    try:
        return Base(frozenset(_findings(told)))
    except (KeyError, TypeError, AttributeError):
        raise UsageError(f"`{path}` is no report of a check.", advice=_ADVICE) from None


def _read(path: Path) -> Any:  # noqa: ANN401 -- what a file of JSON may hold
    try:
        told = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"The base `{path}` cannot be read ({error.strerror}).", advice=_ADVICE) from None
    except (ValueError, RecursionError):
        raise UsageError(f"The base `{path}` is no JSON.", advice=_ADVICE) from None
    version = told.get("version") if isinstance(told, dict) else None
    if not isinstance(version, int) or version < 1:
        raise UsageError(f"`{path}` is no report of a check.", advice=_ADVICE)
    if version > FORMAT_VERSION:
        advice = "Upgrade Affidavit, or make the report again."
        raise UsageError(f"The report `{path}` was written by a later version of Affidavit.", advice=advice)
    return told


def _findings(told: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 -- likewise
    """Yield findings by their message, and by the target of the claim that they are about."""
    for found in told["findings"]:
        yield _text(found["code"]), _text(found["message"]), _text(found["place"]["file"])
    for claim in told["claims"]:
        for place in claim["places"]:
            if "code" in claim:
                yield _text(claim["code"]), _text(claim["target"]), _text(place["file"])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
