"""Where all that comes of runs is told, written and remembered, as soon as it is known."""

from __future__ import annotations

from pathlib import Path

from affidavit.cli.outcome import say
from affidavit.cli.run_book import Book
from affidavit.cli.run_names import shown_folder
from affidavit.cli.run_options import RunOptions
from affidavit.examples.came import Came, judged
from affidavit.examples.durations import Durations
from affidavit.examples.ground import Failed, Observed
from affidavit.examples.planned import Planned
from affidavit.examples.steady import Repeats
from affidavit.examples.told import lines_of, log_text, sum_line, unsteady_lines
from affidavit.files import replace_text
from affidavit.model.visible import visible


def desk_for(options: RunOptions, book: Book, kept: Path | None) -> Desk:
    """Return what fits how often each run is to be done; ``kept`` is the folder that keeps workspaces, if one does."""
    return _DeskOfRounds(options, book, kept) if options.repeat else Desk(options, book, kept)


class Desk:
    """What came of runs that are done once. ``kept`` is the folder that keeps the workspaces of now."""

    def __init__(self, options: RunOptions, book: Book, kept: Path | None) -> None:
        self.came: list[Came] = []
        self.kept = kept
        self._durations = Durations()
        self._options = options
        self._book = book
        self._folder = shown_folder(options.sourcedir)

    @property
    def is_unsteady(self) -> bool:
        """Tell whether a run did not come to the same each time."""
        return False

    def begin(self, number: int) -> None:
        """Take note that a round begins; they count from 1."""

    def hear(self, planned: Planned, found: Observed | Failed) -> None:
        """Take note of what came of a run, and tell it before anything is written, which may fail."""
        came = judged(planned, found, recording=self._options.record)
        self.came.append(came)
        self._durations.add(planned.run, found)
        self._tell(came, found)
        if self.kept is not None:
            text = log_text(planned, found.record) if isinstance(found, Observed) else f"{found.reason}\n"
            replace_text(self.kept / planned.run.key / "log.txt", text)
        if self._options.record:
            self._book.enter(came)

    def tell_end(self) -> None:
        """Sum up what came."""
        self._tell_durations()
        say(sum_line(self.came))
        new = sum(each.is_new and each.record is not None for each in self.came)
        if new and not self._options.record:
            say(f"Not in the evidence as it is: {new}. Write it with --record.")

    def interrupted(self, waiting: int) -> str:
        """Return what is to be said where somebody ended it, and so many were to run."""
        written = " What ran by then is recorded." if self._options.record and self.came else ""
        return f"Interrupted: {len(self.came)} of {waiting} ran.{written}"

    def _tell(self, came: Came, found: Observed | Failed) -> None:
        del found
        for line in lines_of(came, self._folder):
            say(line)

    def _tell_durations(self) -> None:
        most = self._options.durations
        for line in self._durations.lines(most) if most is not None else ():
            say(visible(line))


class _DeskOfRounds(Desk):
    """What came of runs that are done in several rounds: after the first one, only what came in another way is told."""

    def __init__(self, options: RunOptions, book: Book, kept: Path | None) -> None:
        super().__init__(options, book, kept)
        self._repeats = Repeats()
        self._round = 0
        self._heard = 0
        self._kept_all = kept

    @property
    def is_unsteady(self) -> bool:
        """Tell whether a run did not come to the same each time."""
        return bool(self._repeats.unsteady)

    def begin(self, number: int) -> None:
        """Say so; each round has a folder of its own."""
        self._round, self._heard = number, len(self.came)
        self.kept = self._kept_all / f"round-{number}" if self._kept_all else None
        say(f"Round {number} of {self._options.repeat}")

    def tell_end(self) -> None:
        """Say of each run that was not steady how it came, and sum up."""
        for each in self._repeats.unsteady:
            for line in unsteady_lines(each, self._folder):
                say(line)
        self._tell_durations()
        say(f"In all rounds together: {sum_line(self.came)}")
        for line in self._repeats.sum_lines():
            say(line)

    def interrupted(self, waiting: int) -> str:
        """Say how far the round was."""
        ran = len(self.came) - self._heard
        return f"Interrupted in round {self._round} of {self._options.repeat}: {ran} of {waiting} ran in it."

    def _tell(self, came: Came, found: Observed | Failed) -> None:
        if self._repeats.add(self._round, came, found):
            super()._tell(came, found)
