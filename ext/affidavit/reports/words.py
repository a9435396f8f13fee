"""The words of claims and verdicts that all formats have in common. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from affidavit.model.claims import Card, Claim, Link, NoteRef, Term
from affidavit.model.codes import Code
from affidavit.model.examples import Example
from affidavit.model.statements import Statement
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable, Unproven, Verdict

REFUTED: Mapping[Code, str] = MappingProxyType(
    {
        Code.LINK_BROKEN: "broken",
        Code.URL_MALFORMED: "broken",
        Code.ANCHOR_MISSING: "anchor-missing",
        Code.SOFT_404: "soft-404",
    }
)
"""What is said of a claim that is false, by the code of what refutes it; of any other it is ``refuted``."""


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)+[^\s,;]*")


def versioned(name: str, said: str) -> str:
    """Return a name with the number in what a program said of its version; with all of it, where there is none."""
    number = _NUMBER.search(said)
    return f"{name} {number[0] if number else said}".strip()


def target(claim: Claim) -> str:
    """Return what a claim is about, as its page has it: a URL, a term, a reference or a name."""
    match claim:
        case Link():
            return claim.written or claim.url
        case Term():
            return claim.names[0] if claim.names else ""
        case NoteRef():
            return claim.target
        case Card() | Example() | Statement():
            return claim.name
        case _:  # pragma: no cover
            assert_never(claim)


def word(verdict: Verdict) -> str:
    """Return the word for a verdict."""
    match verdict:
        case Holds():
            return "holds"
        case Moved():
            return "moved"
        case Refuted(findings):
            return REFUTED.get(findings[0].code, "refuted") if findings else "refuted"
        case Unable():
            return "unable"
        case Unproven():
            return "not-yet-proven"
        case _:  # pragma: no cover
            assert_never(verdict)


def count(number: int, what: str) -> str:
    """Return a number with its noun, ``1 error`` or ``2 errors``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
