"""The report as SARIF 2.1.0, which code scanning services and editors read. Pure.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; the numbers in this file are its sections.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from posixpath import isabs
from types import MappingProxyType
from urllib.parse import quote

from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Accepted, Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding
from affidavit.reports.groups import RANK, FindingKey, key, targets, unchecked
from affidavit.reports.origin import HERE, Origin
from affidavit.reports.words import count

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
FINGERPRINT = "affidavitFinding/v1"
LEVELS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
)
"""The level of a result for each severity (3.27.10)."""

_Json = Mapping[str, object]


def render(report: Report, origin: Origin = HERE) -> str:
    """Render a report as a SARIF log with one run, each result on a line."""
    every = sorted([*report.findings, *(each.finding for each in report.accepted)], key=_order)
    codes = {code: at for at, code in enumerate(sorted({each.code for each in every}, key=str))}
    results = _Results(codes, origin, targets(report), report.accepted)
    run = {
        "tool": {"driver": _driver(codes, origin)},
        "originalUriBaseIds": {BASE: {"description": {"text": "The folder that the command ran in."}}},
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
    }
    head = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1).removesuffix("\n  }\n ]\n}")
    # Each is encoded by itself, since with an indent Python's slow encoder would do it.
    lines = ",\n".join(map(json.dumps, results.of(every)))
    return f'{head},\n   "results": [\n{lines}\n   ]\n  }}\n ]\n}}\n'


def _driver(codes: Iterable[Code], origin: Origin) -> _Json:
    version = {"version": origin.version} if origin.version else {}
    return {"name": "Affidavit", **version, "rules": [_rule(code) for code in codes]}


def _rule(code: Code) -> _Json:
    return {
        "id": str(code),
        "name": "".join(part.capitalize() for part in str(code).split("-")),
        "shortDescription": {"text": code.value.meaning},
        "fullDescription": {"text": code.value.meaning},
        "help": {"text": code.value.advice},
        "defaultConfiguration": {"level": LEVELS[code.severity]},
    }


def _invocation(report: Report) -> _Json:
    """Say that the run came to its end, and what it could not tell (3.20.21): results speak of what is false only."""
    told = [
        {"level": "note", "message": {"text": f"{count(number, 'claim')}: {reason}"}}
        for reason, number in unchecked(report)
    ]
    return {"executionSuccessful": True, **({"toolExecutionNotifications": told} if told else {})}


def _order(found: Finding) -> tuple[int, str, Place, str, str]:
    return RANK[found.severity], str(found.code), found.place, found.message, found.advice


class _Results:
    """Writes findings as results; one at each place (3.27.12), with a fingerprint that does not count lines."""

    def __init__(
        self, codes: Mapping[Code, int], origin: Origin, targets: Mapping[FindingKey, str], accepted: Iterable[Accepted]
    ) -> None:
        self._codes = codes
        self._origin = origin
        self._targets = targets
        self._accepted = {key(each.finding): each.reason for each in accepted}
        self._seen: Counter[str] = Counter()

    def of(self, findings: Iterable[Finding]) -> Iterator[_Json]:
        """Yield a result for each finding."""
        return map(self._result, findings)

    def _result(self, found: Finding) -> _Json:
        return {
            "ruleId": str(found.code),
            "ruleIndex": self._codes[found.code],
            "level": LEVELS[found.severity],
            "message": {"text": str(found).strip() or str(found.code)},
            **self._location(found.place),
            "partialFingerprints": {FINGERPRINT: self._fingerprint(found)},
            **self._suppression(found),
        }

    def _location(self, place: Place) -> _Json:
        file = self._origin.file(place)
        if not file:
            return {}
        region = {"region": {"startLine": place.line}} if place.line else {}
        return {"locations": [{"physicalLocation": {"artifactLocation": _artifact(file), **region}}]}

    def _fingerprint(self, found: Finding) -> str:
        """Return what tells that a later run found the same: code, file and target, and which of several it is."""
        about = self._targets.get(key(found), found.message)
        digest = _digest(str(found.code), found.place.file, about)
        self._seen[digest] += 1
        return f"{digest}:{self._seen[digest]}"

    def _suppression(self, found: Finding) -> _Json:
        reason = self._accepted.get(key(found))
        if reason is None:
            return {}
        return {"suppressions": [{"kind": "external", "status": "accepted", "justification": reason}]}


def _artifact(file: str) -> _Json:
    """Return a location relative to where the command ran, or as a file URI where it is not below that (3.4.3)."""
    path = quote(file, safe="/", errors="backslashreplace")
    return {"uri": f"file://{path}"} if isabs(file) else {"uri": path, "uriBaseId": BASE}


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
