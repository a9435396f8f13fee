"""How much a finding matters, and what a code of one stands for."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding matters: only an error fails a build under ``-W``; the others are told and counted."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Explanation(Struct, frozen=True):
    """What a code stands for: one sentence of meaning, one of advice."""

    code: str
    severity: Severity
    meaning: str
    advice: str


def error(code: str, meaning: str, advice: str) -> Explanation:
    """Explain a code whose findings fail a build."""
    return Explanation(code, Severity.ERROR, meaning, advice)


def info(code: str, meaning: str, advice: str) -> Explanation:
    """Explain a code whose findings are worth knowing."""
    return Explanation(code, Severity.INFO, meaning, advice)
