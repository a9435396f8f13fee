"""Parts of a job: each begins with what the steps before the first of them have made, and leaves that as it was.

What is so kept apart are the sessions, the services that a part starts, and the clock. Files are not, nor is what a
service remembers: whoever puts parts together has to know that, and to see to what came of it.
"""

from __future__ import annotations

import time

from .session import Session
from .watch import Watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Parts:
    """Which part is being done. ``open`` tells whether one is, ``services`` how many run that are none of its own."""

    def __init__(self, parts: list[dict[str, Any]], watch: Watch) -> None:
        self._left = list(parts)
        self._watch = watch
        self._sessions: dict[str, Session] = {}
        self._began = time.monotonic()
        self._before = 0.0
        self.open = False
        self.services = 0

    def begins(self, number: int) -> bool:
        """Return whether a part begins with that step."""
        return self.next_first == number

    @property
    def next_first(self) -> int | None:
        """Return the step with which the next part begins, ``None`` for the last one."""
        return self._left[0]["first"] if self._left else None

    def begin(self, sessions: dict[str, Session], services: int) -> None:
        """Begin the next part; what there is before the first one is what all of them begin with."""
        if not self._sessions and not self._before:
            self._sessions = sessions
            self._before = time.monotonic() - self._began
            self.services = services
        self._watch.end_in(self._left.pop(0)["seconds"] - self._before)
        self._began = time.monotonic()
        self.open = True

    def copied(self, kind: str) -> Session | None:
        """Return the copy of a session that was there before the first part."""
        session = self._sessions.get(kind)
        if session is not None:
            session.part()
        return session

    def end(self, sessions: dict[str, Session]) -> int:
        """End a part with its sessions; return how many milliseconds it took, with what was done before the first."""
        for kind, session in sessions.items():
            if session is self._sessions.get(kind):
                session.join()
            else:
                session.close()
        self.open = False
        return round(1000 * (self._before + time.monotonic() - self._began))
