"""The environments of a site beside their locks: what runs in them depends on, and what is wrong with them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from affidavit.examples.environments.lock import Lock, file_of, fits, mark
from affidavit.examples.environments.pins import UNPINNED, Pins, pins
from affidavit.model.codes import Code
from affidavit.model.environments import Environment
from affidavit.model.place import Place
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, finding


class NoLock(Struct, frozen=True):
    """A lock that cannot be used; the words complete "It ..."."""

    why: str


Locks = Mapping[str, Lock | NoLock]
"""The locks there are, by the names of environments."""


class Declared(Struct, frozen=True):
    """The environments that a site declares, with their locks."""

    items: tuple[Environment, ...] = ()
    locks: Locks = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names that examples may use."""
        return tuple(each.name for each in self.items)

    def of(self, name: str) -> Environment | None:
        """Return the environment of a name; ``None`` for the machine's own, and for one that nobody declared."""
        return next((each for each in self.items if each.name == name), None)

    def lock(self, name: str) -> Lock | None:
        """Return a lock that can be used."""
        found = self.locks.get(name)
        return found if isinstance(found, Lock) else None

    def mark(self, name: str) -> str:
        """Return the hash of what an environment is made of; empty for the machine's own."""
        environment = self.of(name)
        return mark(environment, self.lock(name)) if environment else ""

    def pins(self, name: str) -> Pins:
        """Return what the lock of an environment says of versions; nothing of the machine's own."""
        environment = self.of(name)
        return pins(environment, self.lock(name)) if environment else UNPINNED


def of_locks(settings: Settings, locks: Locks) -> Iterator[Finding]:
    """Yield what is wrong with the locks of the environments that a site declares."""
    for environment in settings.environments:
        if environment.is_locked:
            yield from _of_lock(environment, locks.get(environment.name), settings)


def _of_lock(environment: Environment, lock: Lock | NoLock | None, settings: Settings) -> Iterator[Finding]:
    name, place = environment.name, Place(file_of(environment.name))
    if lock is None:
        message = f"The Python packages of the environment `{name}` are not locked."
        yield finding(Code.ENVIRONMENT_UNLOCKED, settings.place, message)
    elif isinstance(lock, NoLock):
        yield finding(Code.ENVIRONMENT_UNREADABLE, place, f"The lock of the environment `{name}` {lock.why}.")
    elif not fits(lock, environment):
        message = f"The lock of the environment `{name}` was made for another declaration than `conf.py` has."
        yield finding(Code.ENVIRONMENT_OUTDATED, place, message)
