"""For those who are told of each run when it is done, and need not be shown how far it is. Pure."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext


class Unseen:
    """Shows nothing."""

    def watching(self, total: int) -> AbstractContextManager[None]:
        """Show nothing."""
        del total
        return nullcontext()

    def began(self, key: str) -> None:
        """Show nothing."""

    def ended(self, key: str) -> None:
        """Show nothing."""
