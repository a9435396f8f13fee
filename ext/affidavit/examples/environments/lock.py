"""The lock of an environment: the exact Python packages that it is made of, as a file of requirements. Pure.

The comments at its head say what it was made for, so that a build, which asks nobody, can tell whether it still fits.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import asdict
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from affidavit.model.environments import Environment

FOLDER = "environments"
"""The folder of locks, beside the pages."""

VERSION = 1
_HEAD = re.compile(r"# (affidavit|declared|python): (\S+)")
_HASH = re.compile(r"\s+--hash=\S+")


class LockTextError(ValueError):
    """A text is no lock; the words complete "It ..."."""


class Lock(Struct, frozen=True):
    """What a lock says: for which declaration and which Python it was made, and the requirements, a line each.

    ``lines`` are those of its file where the requirements begin, ``python_line`` is that of the Python.
    """

    declared: str
    python: str
    requirements: tuple[str, ...]
    lines: tuple[int, ...] = ()
    python_line: int = 0

    @property
    def packages(self) -> tuple[str, ...]:
        """Return the packages with their versions, as they are written."""
        return tuple(_HASH.split(each)[0] for each in self.requirements)


def file_of(name: str) -> str:
    """Return the file of an environment's lock, as pages name files."""
    return f"{FOLDER}/{name}.txt"


def declared(environment: Environment) -> str:
    """Return the hash of all that a lock depends on."""
    told = {
        "packages": sorted(environment.packages),
        "projects": sorted(environment.projects),
        "python": environment.python,
        "resolving": asdict(environment.resolving),
    }
    return _hash(told)


def fits(lock: Lock, environment: Environment) -> bool:
    """Tell whether a lock was made for what an environment is declared to be now, also after its head was edited."""
    return lock.declared == declared(environment) and environment.python in ("", lock.python)


def asked_for(environment: Environment) -> tuple[str, ...]:
    """Return the names of the packages that an environment names itself, as an index has them."""
    return tuple(dict.fromkeys(canonicalize_name(Requirement(each).name) for each in environment.packages))


def lock_text(environment: Environment, python: str, compiled: str) -> str:
    """Return the text of a lock, from what ``uv pip compile`` printed for a version of Python."""
    return (
        f"# The Python packages of the environment `{environment.name}`, written by `affidavit environments lock`.\n"
        f"# affidavit: {VERSION}\n"
        f"# declared: {declared(environment)}\n"
        f"# python: {python}\n"
        f"{compiled.strip()}\n"
    )


def read_lock(text: str) -> Lock:
    """Return what a lock says; raise :class:`LockTextError`, and nothing else, for any other text."""
    places = {found[1]: found for found in _HEAD.finditer(text)}
    head = {name: found[2] for name, found in places.items()}
    if head.get("affidavit") != str(VERSION):
        raise LockTextError(f"has not the format {VERSION} of locks")
    if not head.get("declared") or not head.get("python"):
        raise LockTextError("does not say what it was made for")
    if not text.endswith("\n"):
        raise LockTextError("was cut short: its last line does not end")
    found = dict(_requirements(text))
    line = text.count("\n", 0, places["python"].start()) + 1
    return Lock(head["declared"], head["python"], tuple(found.values()), tuple(found), line)


@lru_cache(maxsize=64)
def mark(environment: Environment, lock: Lock | None) -> str:
    """Return the hash of what an environment is made of, which what runs in it depends on."""
    told = {
        "packages": sorted(lock.requirements) if lock else [],
        "projects": sorted(environment.projects),
        "python": environment.python or (lock.python if lock else ""),
        "variables": sorted(environment.variables),
        "secrets": sorted(environment.secret),
    }
    return _hash(told)


def _requirements(text: str) -> Iterator[tuple[int, str]]:
    """Give the requirements, each with its line."""
    number = 1
    for line in re.split(r"(?<!\\)\n", text):
        words = " ".join(line.replace("\\\n", " ").split())
        if words and not words.startswith("#"):
            _require_requirement(words, number)
            yield number, words
        number += line.count("\n") + 1


def _require_requirement(words: str, number: int) -> None:
    try:
        Requirement(_HASH.split(words)[0])
    except InvalidRequirement:
        raise LockTextError(f"has no requirement in its line {number}") from None


def _hash(told: object) -> str:
    return f"sha256:{hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()}"
