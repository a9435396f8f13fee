"""What a comparison comes to. Pure."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Rule(StrEnum):
    """The rule that was not kept, in words for readers."""

    LINES = "each line as shown, “...” for anything"
    GLOB = "each line as shown, with “*”, “?” and “[...]”"
    REGEX = "each line as the regular expression shown"
    UNORDERED = "the lines shown, in any order"
    NOTHING = "no output"
    JSON = "JSON that has at least what is shown"
    STATUS = "the exit status shown, 0 where none is shown"
    HTTP_STATUS = "the HTTP status shown"
    FIELD = "the fields shown, among others"
    SYMPTOM = "the symptom that is declared"
    STEADY = "the same each time"
    RECORDED = "what was recorded, where the page shows no output"


class Held(Struct, frozen=True):
    """What was seen is what is expected."""


class Mismatch(Struct, frozen=True):
    """What was seen is not what is expected.

    ``line`` is that of the expected text at which it shows, from 1; 0 is that no line of it is to blame. ``expected``
    and ``seen`` are the lines of both sides, ``at`` where they part in ``seen``, from 1. ``detail`` is a sentence.
    """

    rule: Rule
    detail: str
    line: int = 0
    at: int = 0
    expected: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


class Unusable(Struct, frozen=True):
    """What is expected cannot be compared with anything, whatever was seen: the author's line, from 1, and why."""

    line: int
    sentence: str


Verdict = Held | Mismatch | Unusable
