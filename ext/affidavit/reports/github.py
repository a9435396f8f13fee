"""The report as workflow commands of GitHub Actions, which become annotations beside the changed lines. Pure.

GitHub shows only some of each severity for a step, so the errors come first; the summary is a plain last line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from affidavit.model.place import Place
from affidavit.model.report import Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding
from affidavit.model.visible import visible
from affidavit.reports.groups import grouped, summary, unchecked
from affidavit.reports.origin import HERE, Origin
from affidavit.reports.words import count

COMMANDS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
)
"""The workflow command for each severity."""


def render(report: Report, origin: Origin = HERE) -> str:
    """Render a report as one command for each place of each finding, and the summary."""
    return "\n".join([*_commands(report, origin), visible(summary(report)), ""])


def _commands(report: Report, origin: Origin) -> Iterator[str]:
    for group in grouped(report.findings):
        yield from (_command(group.finding, place, origin) for place in group.places)
    for reason, number in unchecked(report):
        claims = count(number, "claim")
        yield f"::notice title=not checked::{_data(f'{claims}: {visible(reason)}')}"


def _command(found: Finding, place: Place, origin: Origin) -> str:
    properties = {"file": origin.file(place), "line": str(place.line or ""), "title": str(found.code)}
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{COMMANDS[found.severity]} {shown}::{_data(visible(str(found)))}"


def _data(text: str) -> str:
    """Escape the message of a command: its line must not end, and ``%`` begins an escape."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property, which a comma or a colon would end as well."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
