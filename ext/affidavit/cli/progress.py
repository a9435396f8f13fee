"""How far asking the web is: a bar on a terminal, a line now and then elsewhere. All of it on standard error."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from typing import Protocol

from msgspec import Struct

from affidavit.cli.outcome import tell
from affidavit.links.marks import Question
from affidavit.links.seen import Observation
from affidavit.reports.words import count


class Asked(Struct, frozen=True):
    """What was seen, by URL, and whether somebody ended it before everything was."""

    observations: Mapping[str, Observation]
    interrupted: bool = False


_SECONDS = 10.0
_SOONEST = 2.0
_PARTS = 10
_MOST_HOSTS = 3


class Display(Protocol):
    """Whoever shows how far it is."""

    def watching(self, questions: Sequence[Question]) -> AbstractContextManager[None]:
        """Show what is asked while the context is open."""
        ...  # pragma: no cover

    def asking(self, asked: int, known: int) -> None:
        """Take note that so many pages are about to be asked for, and so many were seen lately."""
        ...  # pragma: no cover

    def begin(self) -> None:
        """Take note that asking has begun; only now may there be a thread that draws."""
        ...  # pragma: no cover

    def seen(self, url: str) -> None:
        """Take note that a page was asked for, or known."""
        ...  # pragma: no cover

    def pause(self) -> None:
        """Make room for a line on standard error."""
        ...  # pragma: no cover


def display(*, quiet: bool) -> Display:
    """Return the display that fits where standard error goes."""
    if quiet or sys.stderr is None:
        return Silence()
    if sys.stderr.isatty():
        from affidavit.cli.bar import Bar  # noqa: PLC0415 -- rich costs time and memory that only a terminal is worth

        return Bar()
    return Lines(tell, time.monotonic)


class Silence:
    """Shows nothing."""

    def watching(self, questions: Sequence[Question]) -> AbstractContextManager[None]:
        """Show nothing."""
        del questions
        return nullcontext()

    def asking(self, asked: int, known: int) -> None:
        """Show nothing."""

    def begin(self) -> None:
        """Show nothing."""

    def seen(self, url: str) -> None:
        """Show nothing."""

    def pause(self) -> None:
        """Show nothing."""


class Lines:
    """Says at the beginning what is asked, then every ten seconds, or every tenth of it, how much is done.

    Short runs are left with the first line: no two lines come within two seconds.
    """

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._say = say
        self._clock = clock
        self._waiting = Waiting(())
        self._told = clock()
        self._part = 0

    @contextmanager
    def watching(self, questions: Sequence[Question]) -> Iterator[None]:
        """Count what is seen of these."""
        self._waiting = Waiting(questions)
        self._told = self._clock()
        yield

    def asking(self, asked: int, known: int) -> None:
        """Say what is asked."""
        self._say(opening(asked, known))

    def begin(self) -> None:
        """There is nothing to draw."""

    def seen(self, url: str) -> None:
        """Count, and say how far it is if that is due."""
        waiting = self._waiting
        waiting.done(url)
        part, now = _PARTS * waiting.seen // waiting.total, self._clock()
        if waiting.left and (now - self._told >= _SECONDS or (part > self._part and now - self._told >= _SOONEST)):
            self._part, self._told = part, now
            self._say(f"{waiting.seen} of {waiting.total} done; waiting for {waiting.hosts()}.")

    def pause(self) -> None:
        """Lines do not disturb each other."""


class Waiting:
    """Counts the pages that are not known yet; by their hosts only when it is asked for, as that is seldom."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = questions
        self.total = len(questions)
        self.seen = 0

    @cached_property
    def _left(self) -> set[str]:
        """Return what is waited for; made with the first answer, since it holds up nobody then."""
        return {each.url for each in self._questions}

    @property
    def left(self) -> int:
        """Return how many pages are not known yet."""
        return self.total - self.seen

    def done(self, url: str) -> None:
        """Take note that a page is known."""
        self.seen += 1
        self._left.discard(url)

    def hosts(self) -> str:
        """Return the hosts that most pages are waited for of, with their numbers."""
        left = sorted((-number, host) for host, number in Counter(map(_host, self._left)).items())
        shown = [f"{host} ({-number})" for number, host in left[:_MOST_HOSTS]]
        return ", ".join([*shown, *([count(len(left) - len(shown), "more host")] if len(left) > len(shown) else [])])


def opening(asked: int, known: int) -> str:
    """Return what is about to be asked, in a sentence."""
    if known and not asked:
        return f"Nothing to ask; {count(known, 'page')} seen lately."
    lately = f"; {known} seen lately" if known else ""
    return f"Asking the web about {count(asked, 'page')}{lately}."


def _host(url: str) -> str:
    """Return the host of a page as it goes over the wire, without the name and password that may stand before it."""
    return url.split("/", 3)[2].rpartition("@")[2]
