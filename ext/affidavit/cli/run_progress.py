"""How far the runs of examples are: a bar on a terminal; elsewhere the lines that tell of each are enough."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from affidavit.examples.unseen import Unseen
from affidavit.examples.work import Shown

_MOST_NAMES = 3


def watch() -> Shown:
    """Return what fits where standard error goes."""
    return Unseen() if sys.stderr is None or not sys.stderr.isatty() else Running()


class Running:
    """A bar with the number of runs that ended, and the names of those that go on."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415 -- rich is worth its time on a terminal only
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        columns = (
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        )
        console = Console(stderr=True, highlight=False)
        # Lines on the same terminal are put above the bar; those that go to a file must get there.
        same = sys.stdout is not None and sys.stdout.isatty()
        self._progress = Progress(*columns, console=console, transient=True, redirect_stdout=same)
        self._task = self._progress.add_task("", total=None)
        self._running: dict[str, None] = {}
        self._lock = threading.Lock()

    @contextmanager
    def watching(self, total: int) -> Iterator[None]:
        """Show the bar, and take it away at the end."""
        self._progress.update(self._task, total=total)
        with self._progress:
            yield

    def began(self, key: str) -> None:
        """Add a name."""
        with self._lock:
            self._running[key] = None
            self._draw()

    def ended(self, key: str) -> None:
        """Take a name away, and count."""
        with self._lock:
            self._running.pop(key, None)
            self._progress.advance(self._task)
            self._draw()

    def _draw(self) -> None:
        names = list(self._running)
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        self._progress.update(self._task, description=f"{', '.join(names[:_MOST_NAMES])}{more}")
