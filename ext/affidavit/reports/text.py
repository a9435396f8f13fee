"""The report for people, as a terminal or a log shows it: every finding with all its places, the summary last. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from affidavit.model.report import Accepted, Report
from affidavit.model.visible import visible
from affidavit.reports.groups import Group, grouped, summary, unchecked
from affidavit.reports.origin import HERE, Origin
from affidavit.reports.words import count


def render(report: Report, origin: Origin = HERE) -> str:
    """Render a report as plain text with a final newline."""
    return "\n".join([*_lines(report, origin), visible(summary(report)), ""])


def _lines(report: Report, origin: Origin) -> Iterator[str]:
    for _, same in groupby(grouped(report.findings), key=_heading):
        yield from _section(list(same), origin)
        yield ""
    if report.accepted:
        yield from _set_aside(report.accepted, origin)
    if reasons := unchecked(report):
        yield "not checked"
        yield from (f"  {count(number, 'claim')}: {visible(reason)}" for reason, number in reasons)
        yield ""


def _heading(group: Group) -> tuple[str, str]:
    found = group.finding
    return f"{found.severity} [{found.code}]", found.advice


def _section(groups: list[Group], origin: Origin) -> Iterator[str]:
    """Give what has one code and one advice: what is wrong, where, and at its end what to do."""
    heading, advice = _heading(groups[0])
    yield heading
    for group in groups:
        yield f"  {visible(group.finding.message)}"
        yield from (f"    {visible(origin.shown(place))}" for place in group.places)
    if advice:
        yield f"  -> {visible(advice)}"


def _set_aside(accepted: tuple[Accepted, ...], origin: Origin) -> Iterator[str]:
    yield "set aside by the settings"
    for each in accepted:
        found = each.finding
        yield f"  {visible(origin.shown(found.place))}: {found.code}: {visible(each.reason)}"
    yield ""
