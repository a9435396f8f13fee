"""The report as JUnit XML, as continuous integration shows test results. Pure.

A claim is a test case: what is stated of one target in one file, wherever it stands there. An error is its failure;
what could not be told, or was set aside, is skipped with the reason; lesser findings are its output. Findings that are
about no claim, such as those of settings, are test cases of their own. The form is that of the schema known as
junit-10, with no times and no names of machines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from msgspec import Struct, field

from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Unproven
from affidavit.model.visible import visible
from affidavit.reports.groups import RANK, FindingKey, findings_of, key
from affidavit.reports.origin import HERE, Origin
from affidavit.reports.words import target

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to hold, not even as a reference (section 2.2)."""

_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


class _Case(Struct):
    """What is told of one claim while its places are gone through."""

    place: Place
    name: str
    errors: list[Finding] = field(default_factory=list)
    others: list[Finding] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def render(report: Report, origin: Origin = HERE) -> str:
    """Render a report as one test suite."""
    cases = _cases(report)
    failed = sum(bool(case.errors) for case in cases)
    skipped = sum(bool(case.skipped and not case.errors) for case in cases)
    counts = {"tests": len(cases), "failures": failed, "errors": 0}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _tag("testsuites", {"name": "affidavit", **counts}),
        _tag("testsuite", {"name": "affidavit", **counts, "skipped": skipped}),
        *(_case(case, origin) for case in cases),
        "</testsuite>",
        "</testsuites>",
        "",
    ]
    return "\n".join(lines)


def _cases(report: Report) -> list[_Case]:
    cases: dict[tuple[str, str], _Case] = {}
    # Of two that differ in severity alone the worse one counts.
    counted = {key(each): each for each in sorted(report.findings, key=lambda each: -RANK[each.severity])}
    accepted = {key(each.finding): each.reason for each in report.accepted}
    for judged in report.judged:
        place = judged.claim.place
        name = f"{judged.claim.kind} {target(judged.claim)}"
        _take(cases.setdefault((place.file, name), _Case(place, name)), judged, counted, accepted)
    told = {key(each) for judged in report.judged for each in findings_of(judged)}
    for found in (each for each in report.findings if key(each) not in told):
        name = f"{found.code}: {found.message}"
        _add(cases.setdefault((found.place.file, name), _Case(found.place, name)), found)
    return list(cases.values())


def _take(case: _Case, judged: Judged, counted: dict[FindingKey, Finding], accepted: dict[FindingKey, str]) -> None:
    """Take a verdict into its case; what is neither counted nor set aside is told to nobody."""
    keys = [key(each) for each in findings_of(judged)]
    for each in keys:
        if each in counted:
            _add(case, counted[each])
    case.skipped += [f"set aside: {accepted[each]}" for each in keys if each in accepted]
    match judged.verdict:
        case Unable(reason):
            case.skipped.append(reason)
        case Unproven():
            case.skipped.append("It is declared; no run has shown it yet.")
        case Holds() | Moved() | Refuted():
            pass
        case _:  # pragma: no cover
            assert_never(judged.verdict)


def _add(case: _Case, found: Finding) -> None:
    (case.errors if found.severity is Severity.ERROR else case.others).append(found)


def _case(case: _Case, origin: Origin) -> str:
    file, line = origin.file(case.place), case.place.line
    where = {"line": line} if line else {}
    inner = "".join(_results(case, origin))
    return f"{_tag('testcase', {'classname': file, 'name': case.name, 'file': file, **where})}{inner}</testcase>"


def _results(case: _Case, origin: Origin) -> Iterator[str]:
    if case.errors:
        first = case.errors[0]
        head = _tag("failure", {"type": str(first.code), "message": visible(first.message)})
        yield f"{head}{_text(_told(case.errors, origin))}</failure>"
    elif case.skipped:
        yield _tag("skipped", {"message": visible(case.skipped[0])}, empty=True)
    if case.others:
        yield f"<system-out>{_text(_told(case.others, origin))}</system-out>"


def _told(findings: Iterable[Finding], origin: Origin) -> str:
    lines = (f"{origin.shown(each.place)}: {each.severity}: {each} [{each.code}]" for each in findings)
    return "\n".join(map(visible, lines))


def _tag(name: str, attributes: Mapping[str, object], *, empty: bool = False) -> str:
    shown = "".join(f' {each}="{_attribute(str(value))}"' for each, value in attributes.items())
    return f"<{name}{shown}{'/' if empty else ''}>"


def _attribute(text: str) -> str:
    return _allowed(text).translate(_ENTITIES)


def _text(text: str) -> str:
    return _allowed(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _allowed(text: str) -> str:
    """Return text with what XML cannot hold as Python's escape of it."""
    return _FORBIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
