"""A bar on a terminal that shows how far asking the web is. Imported only where there is a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from affidavit.cli.progress import Waiting, opening
from affidavit.links.marks import Question

_EVERY = 0.1


class Bar:
    """Shows how many pages are known, how many are left, and which hosts are waited for."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._waiting = Waiting(())
        self._drawn = 0.0
        hosts = TextColumn("{task.description}", markup=False)
        columns = (BarColumn(bar_width=30), MofNCompleteColumn(), TimeElapsedColumn(), hosts)
        self._progress = Progress(
            *columns, console=self._console, transient=True, refresh_per_second=5, redirect_stdout=False
        )
        self._task = self._progress.add_task("", total=None)

    @contextmanager
    def watching(self, questions: Sequence[Question]) -> Iterator[None]:
        """Have a bar that is taken away at the end."""
        self._waiting = Waiting(questions)
        self._progress.update(self._task, total=self._waiting.total)
        try:
            yield
        finally:
            self._progress.stop()

    def asking(self, asked: int, known: int) -> None:
        """Say above the bar what is asked."""
        self._progress.console.print(Text(opening(asked, known)))

    def begin(self) -> None:
        """Show the bar, which moves by itself from now on."""
        self._progress.start()

    def seen(self, url: str) -> None:
        """Count; the bar is moved no more often than eyes can follow, since that costs more than a request."""
        self._waiting.done(url)
        now = time.monotonic()
        if now - self._drawn >= _EVERY:
            self._drawn = now
            self.draw()

    def draw(self) -> None:
        """Move the bar to where it is now."""
        hosts = f"waiting for {self._waiting.hosts()}" if self._waiting.left else ""
        self._progress.update(self._task, completed=self._waiting.seen, description=hosts, refresh=True)

    def pause(self) -> None:
        """Lines that come from elsewhere are put above the bar by rich itself."""
