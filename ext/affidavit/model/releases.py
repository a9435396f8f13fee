"""The releases of the subject that a site documents, in their order."""

from __future__ import annotations

from msgspec import Struct


class Release(Struct, frozen=True):
    """A release as pages name it: ``15.0.0``, and the series that it belongs to, ``pike``."""

    version: str
    series: str = ""

    def __str__(self) -> str:
        """Return the version, with its series where there is one."""
        return f"{self.version} ({self.series})" if self.series else self.version


class Interval(Struct, frozen=True):
    """Releases from ``first`` to ``last``, both included; an empty end is open."""

    first: str
    last: str

    def __str__(self) -> str:
        """Return the interval as authors write it."""
        return self.first if self.first == self.last else f"{self.first}..{self.last}"


class Releases(Struct, frozen=True):
    """The known releases, oldest first; the order is the author's, no version is parsed."""

    items: tuple[Release, ...] = ()

    def position(self, version: str) -> int | None:
        """Return where a release stands in the order, ``None`` if it is not known."""
        return next((at for at, known in enumerate(self.items) if known.version == version), None)

    def span(self, interval: Interval) -> range:
        """Return the positions that an interval covers; empty if an end is unknown or they are reversed."""
        first = self.position(interval.first) if interval.first else 0
        last = self.position(interval.last) if interval.last else len(self.items) - 1
        return range(0) if first is None or last is None else range(first, last + 1)

    def __str__(self) -> str:
        """Return the versions in order, for messages."""
        return ", ".join(known.version for known in self.items)
