"""The report as a table in GitHub's Markdown, for the summary of a workflow run or a comment. Pure.

A summary may hold 1 MiB, so only so many rows are shown, and no cell is endless. Text of pages is escaped: it is
shown as it is, whatever Markdown or HTML would make of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from affidavit.model.report import Report
from affidavit.model.visible import visible
from affidavit.reports.groups import Group, grouped, summary, unchecked
from affidavit.reports.origin import HERE, Origin
from affidavit.reports.words import count

MOST_ROWS = 200
MOST_PLACES = 5
MOST_CHARACTERS = 400

_URL = re.compile(r"(https?://[^\s<>|\\`]*[^\s<>|\\`.,:;!?)\"'])")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$@])")


def render(report: Report, origin: Origin = HERE) -> str:
    """Render a report as a summary in bold, a table of findings, and what was not checked."""
    return "\n".join(
        [f"**{_escaped(summary(report))}**", "", *_table(grouped(report.findings), origin), *_open(report)]
    )


def _table(groups: tuple[Group, ...], origin: Origin) -> Iterator[str]:
    if not groups:
        return
    yield "| | Code | What is wrong, and what to do | Where |"
    yield "|---|---|---|---|"
    yield from (_row(group, origin) for group in groups[:MOST_ROWS])
    yield ""
    if len(groups) > MOST_ROWS:
        yield f"... and {count(len(groups) - MOST_ROWS, 'more finding')}."
        yield ""


def _row(group: Group, origin: Origin) -> str:
    found = group.finding
    places = [_escaped(_cut(origin.shown(place))) for place in group.places[:MOST_PLACES]]
    more = len(group.places) - len(places)
    where = "<br>".join([*places, *([f"... and {more} more"] if more else [])])
    what = " ".join(_linked(_cut(each)) for each in (found.message, found.advice) if each)
    return f"| {found.severity} | `{found.code}` | {what} | {where} |"


def _open(report: Report) -> Iterator[str]:
    reasons = unchecked(report)
    for reason, number in reasons:
        yield f"- {count(number, 'claim')}: {_linked(_cut(reason))}"
    if reasons:
        yield ""


def _cut(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= MOST_CHARACTERS else f"{shown[:MOST_CHARACTERS]}..."


def _linked(text: str) -> str:
    """Escape text, and make its URLs links: within one an escape would become a part of it."""
    parts = _URL.split(text)
    return "".join(f"<{part}>" if at % 2 else _escaped(part) for at, part in enumerate(parts))


def _escaped(text: str) -> str:
    """Put a backslash before whatever could mean something (CommonMark 0.31.2, 2.4)."""
    return _SPECIAL.sub(r"\\\1", text)
