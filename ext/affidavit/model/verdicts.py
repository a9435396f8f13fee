"""What judging a claim can come to."""

from __future__ import annotations

from msgspec import Struct

from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.severity import Severity


class Finding(Struct, frozen=True):
    """A statement of a page, or a setting, that is false or cannot be right.

    ``message`` says what is wrong here; ``advice`` what to do next. ``told_as`` is the severity that the
    site's settings give to its code, if they do.
    """

    code: Code
    place: Place
    message: str
    advice: str
    told_as: Severity | None = None

    @property
    def severity(self) -> Severity:
        """Return how much it matters."""
        return self.told_as or self.code.severity

    def __str__(self) -> str:
        """Return both sentences on one line."""
        return f"{self.message} {self.advice}"


def finding(code: Code, place: Place, message: str, advice: str = "") -> Finding:
    """Build a finding with the advice of its code, unless there is a better one for this case."""
    return Finding(code, place, message, advice or code.value.advice)


class Holds(Struct, frozen=True):
    """The claim is true; ``detail`` says what it came to, such as the address a reference resolved to."""

    detail: str = ""


class Moved(Struct, frozen=True):
    """The link is true, but its page has the new address ``to``, and the finding says so."""

    to: str
    finding: Finding


class Refuted(Struct, frozen=True):
    """The claim is false, and the findings say why."""

    findings: tuple[Finding, ...]


class Unable(Struct, frozen=True):
    """Whether the claim is true could not be told; ``reason`` says why.

    ``code`` is that of the finding by which it is told, of a link that was looked at.
    """

    reason: str
    code: Code = Code.LINK_UNABLE


class Unproven(Struct, frozen=True):
    """Somebody declares it, and no run has shown it yet, or not all of it: ``detail`` says what is lacking."""

    detail: str = ""


Verdict = Holds | Moved | Refuted | Unable | Unproven
