"""The outcome of judging everything that a site states."""

from __future__ import annotations

from msgspec import Struct

from affidavit.model.cells import Borne, Cell
from affidavit.model.claims import Claim
from affidavit.model.evidence import Proof, Record, State
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding, Verdict


class Observed(Struct, frozen=True):
    """What was seen when a link's address was asked, as far as readers of a report need it.

    ``status`` is the last HTTP status, 0 where none came; then ``trouble`` is the word for why, and ``reason`` has the
    details. ``final`` is the address that was asked last.
    """

    final: str
    status: int
    redirects: int = 0
    trouble: str = ""
    reason: str = ""


class RunState(Struct, frozen=True):
    """A run of an example, what it came to, and what that rests on.

    ``file`` is that of the record, relative to conf.py; it is empty, and there is no ``proof``, where nothing was kept.
    ``seconds`` is how long it took, where it ran for this report.
    """

    key: str
    state: State
    reason: str = ""
    environment: str = ""
    record: Record | None = None
    proof: Proof | None = None
    file: str = ""
    seconds: float = 0


class Judged(Struct, frozen=True):
    """A claim and what judging it came to.

    ``observed`` is there for links that were asked, ``runs`` for examples, ``borne`` for statements, by release.
    """

    claim: Claim
    verdict: Verdict
    observed: Observed | None = None
    runs: tuple[RunState, ...] = ()
    borne: tuple[Borne, ...] = ()


class Accepted(Struct, frozen=True):
    """A finding that the settings set aside, and the reason they give."""

    finding: Finding
    reason: str


class Report(Struct, frozen=True):
    """Every claim with its verdict, and every finding, both sorted by place.

    ``findings`` are those that count, ``accepted`` those set aside; ``unchecked`` is the number of links
    that nobody asked for want of a network or by setting. ``cells`` are what runs made of the cards.
    """

    judged: tuple[Judged, ...] = ()
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    unchecked: int = 0
    cells: tuple[Cell, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that fail a build under ``-W``."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    def of_document(self, document: str) -> tuple[Finding, ...]:
        """Return the findings that stand on one document."""
        return tuple(each for each in self.findings if each.place.document == document)
