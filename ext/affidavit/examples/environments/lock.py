"""The lock of an environment: the exact Python packages that it is made of, as a file of requirements. Pure.

The comments at its head say what it was made for, so that a build, which asks nobody, can tell whether it still fits.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Lock:
    """What a lock says: for which declaration and which Python it was made, and the requirements, a line each."""

    declared: str
    python: str
    requirements: tuple[str, ...]

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
    head = dict(_HEAD.findall(text))
    if head.get("affidavit") != str(VERSION):
        raise LockTextError(f"has not the format {VERSION} of locks")
    if not head.get("declared") or not head.get("python"):
        raise LockTextError("does not say what it was made for")
    if not text.endswith("\n"):
        raise LockTextError("was cut short: its last line does not end")
    return Lock(head["declared"], head["python"], tuple(_requirements(text)))


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


def _requirements(text: str) -> Iterator[str]:
    for number, line in enumerate(text.replace("\\\n", " ").split("\n"), start=1):
        words = " ".join(line.split())
        if not words or words.startswith("#"):
            continue
        try:
            Requirement(_HASH.split(words)[0])
        except InvalidRequirement:
            raise LockTextError(f"has no requirement in its line {number}, not counting those of hashes") from None
        yield words


def _hash(told: object) -> str:
    return f"sha256:{hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()}"
