"""How much findings matter to a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgspec.structs import replace

from affidavit.model.report import Judged
from affidavit.model.settings import Settings
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Unproven


class Scale:
    """Gives findings the severities that the settings have for their codes."""

    def __init__(self, settings: Settings) -> None:
        self._severities = dict(settings.severities)

    def told(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that are to be told."""
        if not self._severities:
            return iter(findings)
        return (self._weighed(each) for each in findings if self._severities.get(each.code, each.severity) is not None)

    def judged(self, judged: Iterable[Judged]) -> Iterable[Judged]:
        """Return verdicts whose findings matter as much as the settings say; one that is not told is information."""
        return map(self._weighed_verdict, judged) if self._severities else judged

    def _weighed_verdict(self, judged: Judged) -> Judged:
        match judged.verdict:
            case Refuted(findings):
                return replace(judged, verdict=Refuted(tuple(map(self._weighed, findings))))
            case Moved(to, found):
                return replace(judged, verdict=Moved(to, self._weighed(found)))
            case Holds() | Unable() | Unproven():
                return judged
            case _:  # pragma: no cover
                assert_never(judged.verdict)

    def _weighed(self, found: Finding) -> Finding:
        if found.code not in self._severities:
            return found
        return replace(found, told_as=self._severities[found.code] or Severity.INFO)
