"""Asking the web, with a word on how far that is, and an end at Ctrl-C that loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import affidavit
from affidavit.cli.outcome import tell
from affidavit.cli.processes import processes
from affidavit.cli.progress import Asked, Display
from affidavit.links.cache import Progress
from affidavit.links.engine import engine
from affidavit.links.marks import Question
from affidavit.links.probe import Seen, ignore
from affidavit.links.seen import Observation
from affidavit.links.spread import nothing
from affidavit.links.store import CacheError
from affidavit.model.settings import Settings


def ask(  # noqa: PLR0913 -- all but four are by name
    questions: Sequence[Question],
    settings: Settings,
    folder: Path,
    display: Display,
    *,
    jobs: int = 0,
    begun: Callable[[], object] = nothing,
    seen: Seen = ignore,
) -> Asked:
    """Ask about pages as the settings say; paths in them are relative to ``folder``.

    ``jobs`` is how many requests may be under way at once, 0 for what is usual. ``begun`` is called once others
    are asking, so that this process has nothing else to do, or right before it asks alone. ``seen`` is told of each
    observation. Ctrl-C ends it.
    """
    if not questions:
        return Asked({})
    known: dict[str, Observation] = {}

    def take(url: str, observation: Observation) -> None:
        known[url] = observation
        display.seen(url)
        seen(url, observation)

    listener = _Listener(display, begun)
    several = processes(jobs)
    version = affidavit.__version__
    probe = engine(settings, folder, version=version, progress=listener, in_all=jobs, processes=several)
    try:
        with display.watching(questions):
            return Asked(probe.observe(questions, take))
    except KeyboardInterrupt:
        return Asked(known, interrupted=True)


class _Listener(Progress):
    """Passes on what the engine tells of itself."""

    def __init__(self, display: Display, begun: Callable[[], object]) -> None:
        self._display = display
        self._begun = begun

    def asking(self, asked: int, known: int) -> None:
        self._display.asking(asked, known)

    def begun(self) -> None:
        self._display.begin()
        self._begun()

    def failed(self, error: CacheError) -> None:
        self.told(str(error))

    def told(self, text: str) -> None:
        self._display.pause()
        tell(text)
