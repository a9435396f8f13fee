"""Asking by several processes at the same time, since one alone has but one core to read pages with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future
from functools import cached_property
from time import monotonic
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from affidavit.links.batch import Batch
from affidavit.links.copies import Copies, can_copy
from affidavit.links.interrupts import Interrupts
from affidavit.links.marks import Question
from affidavit.links.packed import unpack
from affidavit.links.parts import Part, in_turn, parted
from affidavit.links.seen import Observation

_LONGEST_WAIT = 0.2
_LAST_WORDS_SECONDS = 0.7
"""That processes have to tell what is known after an interrupt; within them it takes less than half of that."""

_APART, _ALONE = b"apart", b"alone"
_DECISIONS = (_APART, _ALONE)
"""What the first process says, beside what it sees: whether others are to join it."""

_LOST = "A process that asked the web was ended by the system. What it had not told is asked again."

Final = Callable[[Observation], object]


def nothing() -> None:
    """Do nothing."""


class Spared(Struct, frozen=True):
    """Questions that others ask where one alone cannot keep up; ``decided`` is to be told whether they are to.

    Whoever began with all of them has a ``share`` of all requests at once then.
    """

    questions: Collection[Question]
    share: float
    decided: Callable[[bool], object]


class Stint(Struct, frozen=True):
    """The bounds of somebody's work: until ``ends`` on the monotonic clock, with a ``share`` of all requests at once.

    ``met`` says that there surely is a network. ``pulse`` is to be called several times a second, and ``over`` as soon
    as all was told; it need not come back. What may be ``spare`` is not begun with before that is decided.
    """

    ends: float
    share: float = 1
    met: bool = False
    pulse: Callable[[], object] = nothing
    over: Callable[[], object] = nothing
    spare: Spared | None = None


Ask = Callable[[Collection[Question], Final, Stint], object]
"""Whoever asks all questions, and tells each observation."""


class Spread(Struct, frozen=True):
    """Hands out what is to be asked to so many ``processes`` at most, and brings together what they see.

    One begins, and is joined by the others if answers come faster than it can deal with them. ``begun`` is called once
    all processes are there, from when on threads may be started, and ``told`` with a sentence if one of them is lost.
    Where the system refuses one of them, this process asks what is left.
    """

    processes: int = 1
    begun: Callable[[], object] = nothing
    told: Callable[[str], object] = field(default=lambda _: None)

    def run(self, ask: Ask, questions: Collection[Question], final: Final, ends: float) -> None:
        """Have everything asked; an interrupt ends it once what is known was told."""
        parts = parted(questions, self.processes if can_copy() else 1)
        if len(parts) == 1:
            self.begun()
            ask(parts[0].questions, final, Stint(ends))
            return
        crew = _Crew(ask, final, ends, parts)
        with Interrupts() as interrupts:
            self._finish(crew, interrupts)
        if crew.lost and not crew.refused:
            self.told(_LOST)
        if rest := crew.rest():
            ask(rest, final, Stint(ends, met=crew.met))

    def _finish(self, crew: _Crew, interrupts: Interrupts) -> None:
        try:
            crew.begin()
            while crew.listen(_LONGEST_WAIT) and not crew.is_complete:
                interrupts.check()
            self.begun()
            while crew.listen(_LONGEST_WAIT):
                interrupts.check()
        except KeyboardInterrupt:
            crew.break_off()
            raise
        finally:
            crew.end()


class _Crew:
    """The processes of a run.

    ``refused`` says that the system had no room for one of them, ``is_complete`` that no other will come.
    """

    def __init__(self, ask: Ask, final: Final, ends: float, parts: Sequence[Part]) -> None:
        self.refused = self.is_complete = False
        self._ask = ask
        self._final = final
        self._ends = ends
        self._copies = Copies(self._heard)
        self._first, *self._others = parts
        self._tasks = [_Task(parts)]
        self._begun: dict[Future[Any], _Task] = {}

    def begin(self) -> None:
        """Have the first one begin, who knows of all."""
        left = [each for part in self._others for each in part.questions]
        spared = Spared(left, self._first.share, lambda apart: self._copies.tell(_APART if apart else _ALONE))
        self._begin(self._tasks[0], self._first.questions, Stint(self._ends, spare=spared))

    def listen(self, seconds: float) -> bool:
        return self._copies.listen(seconds)

    def break_off(self) -> None:
        """Have all processes tell what they know, and leave."""
        self._copies.stop()
        until = monotonic() + _LAST_WORDS_SECONDS
        while monotonic() < until and self._copies.listen(_LONGEST_WAIT):
            pass
        for task in self._tasks:
            task.release(self._final)

    def end(self) -> None:
        self._copies.shutdown(cancel_futures=True)

    @property
    def met(self) -> bool:
        """Return whether any process met a server."""
        return any(task.met for task in self._tasks)

    @property
    def lost(self) -> bool:
        """Return whether any process ended before its work was done."""
        return any(future.exception() for future in self._begun)

    def rest(self) -> list[Question]:
        """Return what is still to be asked.

        Who meets nobody takes it for the want of a network, and soon stops asking. Where others met somebody that was
        wrong, and all of it is asked once more.
        """
        if not self.met:
            for task in self._tasks:
                task.release(self._final)
        return in_turn([[*task.left()] for task in self._tasks])

    def _begin(self, task: _Task, questions: Collection[Question], stint: Stint) -> None:
        if self.refused:
            return
        try:
            self._begun[self._copies.submit(self._work, questions, stint)] = task
        except OSError:
            self.refused = True

    def _heard(self, future: Future[Any], message: bytes) -> None:
        if message == _APART:
            self._join(self._begun[future])
        if message in _DECISIONS:
            self.is_complete = True
        else:
            self._begun[future].hear(unpack(message), self._final)

    def _join(self, first: _Task) -> None:
        """Have others ask what the first one does not."""
        tasks = [_Task([part]) for part in self._others]
        for task, part in zip(tasks, self._others, strict=True):
            self._begin(task, part.questions, Stint(self._ends, part.share))
        first.leave(self._others)
        self._tasks += tasks

    def _work(self, questions: Collection[Question], stint: Stint) -> None:
        """Ask; this is what the processes do."""
        batch = Batch(self._copies.tell)

        def over() -> None:
            batch.flush()
            self._copies.leave(None)

        def pulse() -> None:
            batch.flush_if_due()
            try:
                self._copies.check()
            except KeyboardInterrupt:
                batch.hurry()
                raise

        try:
            self._ask(questions, batch.add, replace(stint, pulse=pulse, over=over))
        except KeyboardInterrupt:
            pass
        finally:
            batch.flush()


class _Task:
    """What was given to one process, and what it saw: kept back until it has met a server."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = parts
        self.met = False
        self._kept: list[Observation] = []

    def hear(self, observations: Iterable[Observation], final: Final) -> None:
        new = list(observations)
        self._kept.extend(new)
        self.met = self.met or any(each.met for each in new)
        if self.met:
            self.release(final)

    def release(self, final: Final) -> None:
        for each in self._kept:
            del self._left[each.url]
            final(each)
        self._kept.clear()

    def left(self) -> Iterable[Question]:
        return self._left.values()

    def leave(self, parts: Iterable[Part]) -> None:
        """Let others have some of the parts."""
        for part in parts:
            for each in part.questions:
                del self._left[each.url]

    @cached_property
    def _left(self) -> dict[str, Question]:
        """Return what was not seen yet; made when there is time for it, since then all processes are there."""
        return {each.url: each for part in self._parts for each in part.questions}
