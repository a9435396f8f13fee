"""Which release the heading of a change log is about: its version as displayed, without brackets and dates. Pure.

Headings are of the forms ``1.2.0``, ``[1.2.0] - 2024-01-01``, ``v1.2.0 (2024-01-01)``, ``Project 21.0 (2021-01-23)``,
``Release 7.3 (released Oct 13, 2024)``, ``2013-11-05, Version 0.10.22``, ``3.13.0 alpha 1`` or ``[Unreleased]``.
"""

from __future__ import annotations

import re

from msgspec import Struct

_BRACKETED = re.compile(r"(?:version |release )?\[([^\[\]]*)\]", re.IGNORECASE)
_VERSION = re.compile(r"@?(?:[^\s/@:]+[/@])*[vV]?\d[\w+~!]*(?:[.-][\w+~!]+)+|[vV]\d\w*")
_NUMBER = re.compile(r"\d+(?:a|b|rc|alpha|beta|dev)?\d*")
_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}-[a-z]{3}-\d{4}", re.IGNORECASE)
_STAGE = re.compile(
    r"\s+(?:(?:alpha|beta|rc|dev|pre|preview|release candidate)(?:[ .]?\d+)?|[abc]\d+|final)(?![\w.])", re.IGNORECASE
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_BEHIND = re.compile(
    rf"\s*(?:[^\w\s]|(?:released?|on|notes|change ?log|changes|unreleased|\d+|(?:{_MONTHS})[a-z]*)\b)", re.IGNORECASE
)
_TO_COME = re.compile(
    r"unreleased(?: changes| version)?|upcoming(?: (?:release|version|changes))?|v?next(?: (?:release|version))?"
    r"|(?:in|under) development|development(?: version)?|to be released|not (?:yet )?released|head|main|master|trunk",
    re.IGNORECASE,
)
_QUOTES = "()[]{},;:\"'`“”*"
_FEW = 4
"""Words that may stand before a version in a title that is about it, as in ``What's New in Python 3.13``."""


class Name(Struct, frozen=True):
    """The release that a heading names.

    ``plain`` says that the heading is about nothing else, ``first`` that the version stands at its very beginning.
    """

    version: str
    plain: bool
    first: bool


def name_in(title: str) -> Name | None:
    """Return the release that a heading names; ``None`` for a heading of anything else."""
    text = " ".join(title.split())
    return _bracketed(text) or _versioned(text) or _to_come(text)


def _bracketed(text: str) -> Name | None:
    """Return what stands in brackets at the beginning: all of it is the name, whatever it is made of."""
    match = _BRACKETED.match(text)
    name = match[1].strip() if match else ""
    known = _versioned(name) or _to_come(name)
    return Name(name, plain=True, first=True) if known else None


def _versioned(text: str) -> Name | None:
    words = list(re.finditer(r"\S+", text))
    cores = [word[0].strip(_QUOTES).rstrip(".") for word in words]
    versions = [at for at, core in enumerate(cores) if _is_version(core, cores[:at])]
    dated = [0] if cores and _DATE.fullmatch(cores[0]) else []
    at = next(iter(versions or dated), None)
    return None if at is None else _named(text, cores, at, words[at])


def _is_version(core: str, before: list[str]) -> bool:
    """Tell a version; a mere number is one at the beginning only, or behind the word."""
    if _DATE.fullmatch(core):
        return False
    introduced = not before or before[-1].lower() in ("version", "release")
    return bool(_VERSION.fullmatch(core) or (introduced and _NUMBER.fullmatch(core)))


def _named(text: str, cores: list[str], at: int, word: re.Match[str]) -> Name | None:
    start = word.start() + word[0].find(cores[at])
    end = start + len(cores[at])
    if stage := _STAGE.match(text, end):
        end = stage.end()
    version, behind = text[start:end], text[end:]
    plain = at <= _FEW and bool(not behind.strip(_QUOTES) or _BEHIND.match(behind))
    weak = "." not in version and version[0] not in "vV"
    return Name(version, plain, first=at == 0) if plain or not weak else None


def _to_come(text: str) -> Name | None:
    """Return the name that the heading of changes has which are in no release yet."""
    bare = re.sub(r"[\s(\[-]*(?:" + _DATE.pattern + r"|[yx]{4}-[mx]{2}-[dx]{2})?[)\]]*$", "", text, flags=re.IGNORECASE)
    name = bare.strip(f"{_QUOTES} -")
    if _TO_COME.fullmatch(name):
        return Name(name, plain=True, first=True)
    last = name.rpartition(" ")[2]
    return Name(last, plain=True, first=False) if last.lower() == "unreleased" else None
