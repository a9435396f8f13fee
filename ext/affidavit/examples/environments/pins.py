"""What a lock says of versions that records have, and where a record has others. Pure.

Of packages, records have those that the settings name, by the names that an index has for them. What programs say of
themselves is no matter of a lock: it is the machine's, but for the Python that an environment is made with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from affidavit.examples.environments.lock import Lock, asked_for
from affidavit.model.environments import Environment

PACKAGE = " (package)"
"""What follows the name of a package in a record, where a program has the same name."""

_PYTHON = re.compile(r"Python ([0-9]+(?:\.[0-9]+)*)")


@dataclass(frozen=True, slots=True)
class Pin:
    """What a lock has of a package: more than once where that depends on the system or on the version of Python.

    It is ``everywhere`` where none of that keeps it out of an environment.
    """

    name: str
    locked: tuple[SpecifierSet, ...]
    everywhere: bool


@dataclass(frozen=True, slots=True)
class Pins:
    """The version of Python that an environment is for, empty where it names none, and the packages of its lock."""

    python: str = ""
    packages: tuple[Pin, ...] = ()


UNPINNED = Pins()


@lru_cache(maxsize=64)
def pins(environment: Environment, lock: Lock | None) -> Pins:
    """Return what a lock says of the versions that records of an environment have; nothing where there is no lock."""
    return Pins(environment.python, tuple(_pins(environment, lock))) if lock else UNPINNED


def unlike(pinned: Pins, versions: Sequence[tuple[str, str]], *, tried: bool) -> str:
    """Return a clause on the first version of a record that is not the pinned one; empty where there is none.

    What was not ``tried`` may lack versions: there may have been no environment to ask.
    """
    known = dict(versions)
    python = _PYTHON.match(known.get("python3", ""))
    if python and pinned.python and not f"{python[1]}.".startswith(f"{pinned.python}."):
        return f"it ran with Python {python[1]}, and its environment is for {pinned.python}"
    return next(filter(None, (_unlike(each, _version(each.name, known), tried=tried) for each in pinned.packages)), "")


def _pins(environment: Environment, lock: Lock) -> Iterator[Pin]:
    every = [Requirement(each) for each in lock.packages]
    for name in asked_for(environment):
        found = [each for each in every if canonicalize_name(each.name) == name]
        if found:
            everywhere = any(each.marker is None for each in found)
            yield Pin(name, tuple(each.specifier for each in found), everywhere)


def _unlike(pin: Pin, version: Version | None, *, tried: bool) -> str:
    locked = " or ".join(str(each).removeprefix("==") for each in pin.locked)
    if version is None:
        return f"it ran without {pin.name}, and the lock has {locked}" if tried and pin.everywhere else ""
    # A requirement that names a file instead of a version allows any.
    if any(each.contains(version, prereleases=True) for each in pin.locked):
        return ""
    return f"it ran with {pin.name} {version}, and the lock has {locked}"


def _version(name: str, known: Mapping[str, str]) -> Version | None:
    """Return the version of a package; another text than a version is what a program of that name says of itself."""
    try:
        return Version(known.get(f"{name}{PACKAGE}", known.get(name, "")))
    except InvalidVersion:
        return None
