"""Output of a program as it comes, bounded."""

from __future__ import annotations

import fcntl
import os

from .ending import EndedError
from .watch import Watch

PIECE = 64 * 1024
PIPE = 1024 * 1024
"""How much a pipe holds at most: more cannot have been waiting in it."""


class Budget:
    """How much all steps together may still print."""

    def __init__(self, size: int) -> None:
        self._left = size

    def give(self, size: int) -> None:
        """Allow for more: for what is not the steps' own output, and goes the same way."""
        self._left += size

    def take(self, piece: bytes) -> bytes:
        """Return what of a piece is within the budget."""
        kept = piece[: max(self._left, 0)]
        self._left -= len(piece)
        return kept

    def check(self) -> None:
        """Raise :class:`EndedError` where more was printed."""
        if self._left < 0:
            raise EndedError("output-exceeded", "The steps printed more than they may.")


class Stream:
    """The reading end of a pipe.

    ``last`` bounds what is kept, from the end, for a log that nobody takes; 0 keeps all.
    """

    def __init__(self, descriptor: int, budget: Budget, watch: Watch, last: int = 0) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._budget = budget
        self._watch = watch
        self._last = last
        self._held = bytearray()
        self._searched = 0
        self.at_end = False
        watch.add(descriptor, self.read)

    def read(self) -> int:
        """Read what is there, up to a piece; return how much that was."""
        if self.at_end:
            return 0
        try:
            piece = os.read(self._descriptor, PIECE)
        except BlockingIOError:
            return 0
        if not piece:
            self._close()
        self._held += self._budget.take(piece)
        if self._last:
            del self._held[: -self._last]
        self._budget.check()
        return len(piece)

    def drain(self) -> None:
        """Read what is waiting; of a program that never stops printing, no more than a pipe holds."""
        left = PIPE
        while left > 0:
            size = self.read()
            if not size:
                return
            left -= size

    def text(self) -> str:
        """Return what is held; what is no UTF-8 is replaced."""
        return self._held.decode("utf-8", "replace")

    def take(self) -> str:
        """Return what is held, and hold it no longer."""
        text = self.text()
        self._held.clear()
        self._searched = 0
        return text

    def cut(self, mark: bytes, size: int) -> tuple[str, bytes] | None:
        """Return what stands before a mark, and so many bytes after it, and hold that no longer; if it came already."""
        at = self._held.find(mark, self._searched)
        end = at + len(mark) + size
        if at < 0 or len(self._held) < end:
            # What was searched need not be again, but for its end, where the mark may have begun.
            self._searched = max(len(self._held) - len(mark) - size, 0)
            return None
        found = self._held[:at].decode("utf-8", "replace"), bytes(self._held[end - size : end])
        del self._held[:end]
        self._searched = 0
        return found

    def _close(self) -> None:
        self.at_end = True
        self._watch.remove(self._descriptor)
        os.close(self._descriptor)


def widen(descriptor: int) -> None:
    """Let a pipe hold more, where the system can, so that programs wait less for whoever reads it."""
    try:
        fcntl.fcntl(descriptor, getattr(fcntl, "F_SETPIPE_SZ", 1031), PIPE)
    except OSError:
        pass
