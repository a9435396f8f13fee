"""What a lock says of versions that records have, and where a record has others. Pure.

Of packages, records have those that the settings name, by the names that an index has for them. What programs say of
themselves is no matter of a lock: it is the machine's, but for the Python that an environment is made with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat

from msgspec import Struct
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from affidavit.examples.environments.lock import Lock, asked_for
from affidavit.model.environments import Environment

PACKAGE = " (package)"
"""What follows the name of a package in a record, where a program has the same name."""

PYTHON = "Python"
"""What stands for the Python of an environment among the names of packages, which have no capitals."""

_PYTHON = re.compile(r"Python ([0-9]+(?:\.[0-9]+)*)")


class Pin(Struct, frozen=True):
    """What a lock has of a package: more than once where that depends on the system or on the version of Python.

    It is ``everywhere`` where none of that keeps it out of an environment. ``line`` is the first that has it.
    """

    name: str
    locked: tuple[SpecifierSet, ...]
    everywhere: bool
    line: int = 0


class Pins(Struct, frozen=True):
    """The version of Python that an environment is for, empty where it names none, and the packages of its lock.

    ``python_line`` is where the lock says for which Python it is.
    """

    python: str = ""
    packages: tuple[Pin, ...] = ()
    python_line: int = 0


UNPINNED = Pins()


class Unlike(Struct, frozen=True):
    """A version of a record that is not the one to be, and the line of the lock that has that.

    ``had`` is empty where the record has none.
    """

    name: str
    had: str
    due: str
    line: int = 0

    def __str__(self) -> str:
        """Return it as a clause on a run."""
        if self.name == PYTHON:
            return f"it ran with {PYTHON} {self.had}, and its environment is for {self.due}"
        ran = f"with {self.name} {self.had}" if self.had else f"without {self.name}"
        return f"it ran {ran}, and the lock has {self.due}"


@lru_cache(maxsize=64)
def pins(environment: Environment, lock: Lock | None) -> Pins:
    """Return what a lock says of the versions that records of an environment have; nothing where there is no lock."""
    return Pins(environment.python, tuple(_pins(environment, lock)), lock.python_line) if lock else UNPINNED


def unlike(pinned: Pins, versions: Sequence[tuple[str, str]], *, tried: bool) -> tuple[Unlike, ...]:
    """Return the versions of a record that are not the pinned ones.

    What was not ``tried`` may lack versions: there may have been no environment to ask.
    """
    known = dict(versions)
    python = _PYTHON.match(known.get("python3", ""))
    if python and pinned.python and not f"{python[1]}.".startswith(f"{pinned.python}."):
        return (Unlike(PYTHON, python[1], pinned.python, pinned.python_line),)
    found = (_unlike(each, _version(each.name, known), tried=tried) for each in pinned.packages)
    return tuple(each for each in found if each)


def _pins(environment: Environment, lock: Lock) -> Iterator[Pin]:
    lines = lock.lines or repeat(0)
    every = [(Requirement(each), line) for each, line in zip(lock.packages, lines, strict=False)]
    for name in asked_for(environment):
        found = [(each, line) for each, line in every if canonicalize_name(each.name) == name]
        if found:
            everywhere = any(each.marker is None for each, _ in found)
            yield Pin(name, tuple(each.specifier for each, _ in found), everywhere, found[0][1])


def _unlike(pin: Pin, version: Version | None, *, tried: bool) -> Unlike | None:
    due = " or ".join(str(each).removeprefix("==") for each in pin.locked)
    if version is None:
        return Unlike(pin.name, "", due, pin.line) if tried and pin.everywhere else None
    # A requirement that names a file instead of a version allows any.
    if any(each.contains(version, prereleases=True) for each in pin.locked):
        return None
    return Unlike(pin.name, str(version), due, pin.line)


def _version(name: str, known: Mapping[str, str]) -> Version | None:
    """Return the version of a package; another text than a version is what a program of that name says of itself."""
    try:
        return Version(known.get(f"{name}{PACKAGE}", known.get(name, "")))
    except InvalidVersion:
        return None
