"""The findings of a report as readers want them: each once, with every place it stands at, the worst first. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import assert_never

from msgspec import Struct

from affidavit.model.claims import Link, NoteRef
from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Unproven, Verdict
from affidavit.reports.words import count, target, word

RANK: Mapping[Severity, int] = MappingProxyType({Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2})
"""The order in which findings are told."""

_HOLD = {"holds": "hold"}


class Group(Struct, frozen=True):
    """The same finding at one or more places, in their order; ``finding`` is the first of them."""

    finding: Finding
    places: tuple[Place, ...]


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Return findings that say the same as one group, sorted by severity, code, advice and first place."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        found.setdefault((each.severity, each.code, each.message, each.advice), []).append(each)
    groups = (_group(same) for same in found.values())
    return tuple(sorted(groups, key=_order))


def _group(same: Iterable[Finding]) -> Group:
    ordered = sorted(same, key=lambda each: each.place)
    return Group(ordered[0], tuple(dict.fromkeys(each.place for each in ordered)))


def _order(group: Group) -> tuple[int, str, str, Place, str]:
    found = group.finding
    return RANK[found.severity], str(found.code), found.advice, group.places[0], found.message


def unchecked(report: Report) -> tuple[tuple[str, int], ...]:
    """Return why claims were left open of which no finding says so, each reason with the number of claims."""
    told = {each.message for each in report.findings} | {each.finding.message for each in report.accepted}
    distinct = {
        identity(each): each.verdict.reason
        for each in report.judged
        if isinstance(each.verdict, Unable) and each.verdict.reason not in told
    }
    return tuple(sorted(Counter(distinct.values()).items()))


def summary(report: Report) -> str:
    """Return all counts on one line."""
    return "; ".join(filter(None, [_claims(report), _found(report), _left_out(report)])) + "."


def _claims(report: Report) -> str:
    verdicts = _verdicts(report)
    parts = [f"{number} {_HOLD.get(name, name)}" for name, number in sorted(verdicts.items())]
    return count(verdicts.total(), "claim") + (f": {', '.join(parts)}" if parts else "")


def _verdicts(report: Report) -> Counter[str]:
    """Count the claims by the words for their verdicts; most are links that hold, and there may be ten thousands."""
    good: set[tuple[str, str, str]] = set()
    others: dict[object, Verdict] = {}
    for each in report.judged:
        if isinstance(each.claim, Link) and isinstance(each.verdict, Holds):
            good.add((each.claim.url, each.claim.written, each.verdict.detail))
        else:
            others[identity(each)] = each.verdict
    verdicts = Counter(map(word, others.values()))
    return verdicts + Counter({word(Holds()): len(good)})


def identity(judged: Judged) -> object:
    """Return what is equal for claims that are told as one: links and references that say and come to the same."""
    claim = judged.claim
    if not isinstance(claim, (Link, NoteRef)):
        return claim.place, claim.kind, target(claim)  # two methods of one name are two claims
    # From two folders, one relative address leads to two pages.
    what = claim.kind, target(claim), claim.url if isinstance(claim, Link) else ""
    if isinstance(judged.verdict, (Holds, Unable)):  # which name no place
        return what, judged.verdict
    why = next(((str(each.code), each.message) for each in findings_of(judged)), None)
    return what, word(judged.verdict), why


def _found(report: Report) -> str:
    severities = Counter(each.severity for each in report.findings)
    parts = [
        count(severities[Severity.ERROR], "error"),
        count(severities[Severity.WARNING], "warning") if severities[Severity.WARNING] else "",
        f"{severities[Severity.INFO]} for information" if severities[Severity.INFO] else "",
    ]
    return ", ".join(filter(None, parts))


def _left_out(report: Report) -> str:
    parts = [
        f"{count(len(report.accepted), 'finding')} set aside" if report.accepted else "",
        f"{count(report.unchecked, 'link')} not checked" if report.unchecked else "",
    ]
    return ", ".join(filter(None, parts))


FindingKey = tuple[str, Place, str]
"""Code, place and message: what makes a finding of a report one and the same."""


def key(found: Finding) -> FindingKey:
    """Return what makes a finding one and the same, however much it matters."""
    return str(found.code), found.place, found.message


def targets(report: Report) -> dict[FindingKey, str]:
    """Return what claim each finding is about; one that is about no claim is left out."""
    return {key(found): target(each.claim) for each in report.judged for found in findings_of(each)}


def findings_of(judged: Judged) -> Iterator[Finding]:
    """Yield the findings by which a verdict is told."""
    match judged.verdict:
        case Refuted(findings):
            yield from findings
        case Moved(_, found):
            yield found
        case Unable(reason, code):
            yield Finding(code, judged.claim.place, reason, "")
        case Holds() | Unproven():
            pass
        case _:  # pragma: no cover
            assert_never(judged.verdict)
