"""From directives as they are written to values, with every problem found on the way. Nothing raises.

A part that cannot be used (a stage of an unreadable interval, say) is left out, and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from affidavit.methods.options import DIRECTIVES
from affidavit.model.claims import Card, Failure, Feature, NoteRef, Stage, Status
from affidavit.model.codes import Code
from affidavit.model.directives import Declaration, examine
from affidavit.model.examples import Symptom
from affidavit.model.releases import Interval
from affidavit.model.symptoms import FORM, parts_of, read_symptom
from affidavit.model.verdicts import Finding, finding

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"[^\s.]+(\.[^\s.]+)*")


class Reading(Struct):
    """Collects the findings of one document while its declarations become values."""

    findings: list[Finding] = field(default_factory=list)

    def feature(self, told: Declaration, title: str) -> Feature | None:
        """Read a ``deployment-feature``, whose title comes as the page shows it; ``None`` without a usable name."""
        self.options(told)
        return Feature(told.argument, title or told.argument, told.place) if self.name(told) else None

    def failure(self, told: Declaration, symptom: str, code: Sequence[str] = ()) -> Failure | None:
        """Read a ``fails``, whose symptom comes as the text that the page shows; ``code`` is what it sets as code."""
        self.options(told)
        looks = self._looks(told, code or parts_of(symptom))
        return Failure(told.argument, symptom, told.option("variant"), told.place, looks) if self.name(told) else None

    def stage(self, told: Declaration, reason: str, fails: Sequence[Failure]) -> Stage | None:
        """Read a ``stage``; ``None`` if its interval cannot be read. A status that is not known is ``unknown``."""
        self.options(told)
        interval = self._interval(told)
        return Stage(interval, self._status(told), reason, tuple(fails), told.place) if interval else None

    def card(self, told: Declaration, title: str, stages: Sequence[Stage], notes: Sequence[NoteRef]) -> Card | None:
        """Read a ``deployment-method``, whose title comes as the page shows it; ``None`` without a usable name."""
        self.options(told)
        if not self.name(told):
            return None
        return Card(told.argument, title or told.argument, told.option("term"), tuple(stages), tuple(notes), told.place)

    def matrix(self, told: Declaration) -> None:
        """Read a ``deployment-matrix``, which declares nothing."""
        self.options(told)

    def options(self, told: Declaration) -> None:
        """Keep what is wrong with the options that a directive has, and lacks."""
        self.findings.extend(examine(told, DIRECTIVES[told.directive]))

    def _looks(self, told: Declaration, parts: Sequence[str]) -> Symptom:
        found = read_symptom(parts)
        if found is None:
            message = f"The option `symptom` of `fails` must be {FORM}, or set as code what is to be read of it."
            self.findings.append(told.problem(Code.OPTION_INVALID, message))
        return found or Symptom()

    def _argument(self, told: Declaration, what: str, such_as: str) -> bool:
        if not told.argument:
            message = f"This `{told.directive}` lacks its {what}."
            advice = f"Write it on the line of the directive, such as `{told.directive}` with `{such_as}` behind it."
            self.findings.append(finding(Code.ARGUMENT_MISSING, told.place, message, advice))
        return bool(told.argument)

    def name(self, told: Declaration) -> bool:
        """Tell whether the argument is a usable name, and keep what is wrong with it."""
        if not self._argument(told, "name", "proxy"):
            return False
        if _NAME.fullmatch(told.argument) is None:
            self.findings.append(told.problem(Code.ARGUMENT_INVALID, f"`{told.argument}` is no name for a page part."))
            return False
        return True

    def _interval(self, told: Declaration) -> Interval | None:
        if not self._argument(told, "releases", "1.0..2.4"):
            return None
        interval = parse_interval(told.argument)
        if interval is None:
            message = f"`{told.argument}` is no interval of releases."
            self.findings.append(told.problem(Code.ARGUMENT_INVALID, message))
        return interval

    def _status(self, told: Declaration) -> Status:
        word = told.option("status")
        if word in set(Status):
            return Status(word)
        if word:
            self.findings.append(told.problem(Code.STATUS_UNKNOWN, f"`{word}` is no status."))
        return Status.UNKNOWN


def parse_interval(text: str) -> Interval | None:
    """Read ``a..b``, ``a..``, ``..b`` or ``a``; ``None`` if it is none of them."""
    first, dots, last = (part.strip() for part in text.partition(".."))
    ends = [end for end in (first, last) if end]
    if not ends or any(_VERSION.fullmatch(end) is None for end in ends):
        return None
    return Interval(first, last) if dots else Interval(first, first)
