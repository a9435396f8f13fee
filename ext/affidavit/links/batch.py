"""Observations on their way to another process: many in one message."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from affidavit.links.packed import pack
from affidavit.links.seen import Observation

_FLUSH_SECONDS, _FLUSH_SIZE = 0.15, 256


class Batch:
    """Brings observations together on their way to another process, but holds none back for long."""

    def __init__(self, tell: Callable[[bytes], object]) -> None:
        self._tell = tell
        self._observations: list[Observation] = []
        self._most = _FLUSH_SIZE
        self._flushed = monotonic()

    def add(self, observation: Observation) -> None:
        """Take in an observation, and tell all once there are many."""
        self._observations.append(observation)
        if len(self._observations) >= self._most:
            self.flush()

    def flush_if_due(self) -> None:
        """Tell all if nothing was told for a while."""
        if monotonic() - self._flushed >= _FLUSH_SECONDS:
            self.flush()

    def hurry(self) -> None:
        """Hold nothing back any more: an end that is slow, as libcurl's may be, may be cut short."""
        self._most = 1

    def flush(self) -> None:
        """Tell all."""
        self._flushed = monotonic()
        if self._observations:
            self._tell(pack(self._observations))
            self._observations.clear()
