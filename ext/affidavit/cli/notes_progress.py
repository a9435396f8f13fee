"""What a command that reads release notes is at: shown on a terminal alone, as a pipeline's log has no use for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol


class Watch(Protocol):
    """Whoever is told what goes on."""

    def step(self, what: str) -> AbstractContextManager[None]:
        """Show what is done while the context is open."""
        ...  # pragma: no cover

    def done(self, line: str) -> None:
        """Show what was done."""
        ...  # pragma: no cover


def watch(*, quiet: bool = False) -> Watch:
    """Return what fits where standard error goes."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        return Unseen()
    return Spinner()


class Unseen:
    """Shows nothing."""

    def step(self, what: str) -> AbstractContextManager[None]:
        """Show nothing."""
        del what
        return nullcontext()

    def done(self, line: str) -> None:
        """Show nothing."""


class Spinner:
    """Shows on a terminal that something goes on, and leaves a line for each thing that is done."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415 -- rich is worth its time on a terminal only

        self._console = Console(stderr=True, highlight=False, markup=False)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Show it, and take it away at the end."""
        from rich.text import Text  # noqa: PLC0415 -- as above

        with self._console.status(Text(f"{what} ...")):
            yield

    def done(self, line: str) -> None:
        """Leave a line."""
        self._console.print(line, soft_wrap=True)
