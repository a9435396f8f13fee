"""What a run tells while it goes on: a subclass overrides what it wants to hear."""

from __future__ import annotations

from affidavit.examples.sandbox.conversation import Conversation
from affidavit.model.runs import Ran, Shown


class Reporter:
    """Hears of a run, and does nothing about it."""

    def started(self, sandbox: str) -> None:
        """Hear that the steps begin, in the sandbox of that name."""

    def begun(self, step: int) -> None:
        """Hear that a step begins."""

    def shown(self, shown: Shown) -> None:
        """Hear what an exchange printed."""

    def opened(self, talk: Conversation) -> None:
        """Hear that the shell at a console is there; what is said by ``talk`` reaches it."""

    def printed(self, data: bytes) -> None:
        """Hear what that shell prints."""

    def ended(self, ran: Ran) -> None:
        """Hear what came of the job."""
