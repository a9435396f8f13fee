"""Asking by several processes at the same time, since one alone has but one core to read pages with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future
from functools import cached_property
from time import monotonic
from typing import Any

from msgspec import Struct, field

from affidavit.links.copies import Copies, can_copy
from affidavit.links.interrupts import Interrupts
from affidavit.links.marks import Question
from affidavit.links.packed import pack, unpack
from affidavit.links.parts import Part, in_turn, parted
from affidavit.links.seen import Observation

_LONGEST_WAIT = 0.2
_LAST_WORDS_SECONDS = 0.7
"""That processes have to tell what is known after an interrupt; within them it takes less than half of that."""

_FLUSH_SECONDS, _FLUSH_SIZE = 0.15, 256
_LOST = "A process that asked the web was ended by the system. What it had not told is asked again."

Final = Callable[[Observation], object]


def nothing() -> None:
    """Do nothing."""


class Stint(Struct, frozen=True):
    """The bounds of somebody's work: until ``ends`` on the monotonic clock, with a ``share`` of all requests at once.

    ``met`` says that there surely is a network. ``pulse`` is to be called several times a second.
    """

    ends: float
    share: float = 1
    met: bool = False
    pulse: Callable[[], object] = nothing


Ask = Callable[[Collection[Question], Final, Stint], object]
"""Whoever asks all questions, and tells each observation."""


class Spread(Struct, frozen=True):
    """Hands out what is to be asked to so many ``processes`` at most, and brings together what they see.

    ``begun`` is called once all processes are there, from when on threads may be started, and ``told`` with a sentence
    if one of them is lost. Where the system refuses one of them, this process asks alone.
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
        if crew.refused:
            self.begun()
        elif crew.lost:
            self.told(_LOST)
        if rest := crew.rest():
            ask(rest, final, Stint(ends, met=crew.met))

    def _finish(self, crew: _Crew, interrupts: Interrupts) -> None:
        try:
            crew.begin()
            if crew.refused:
                return
            self.begun()
            while crew.listen(_LONGEST_WAIT):
                interrupts.check()
        except KeyboardInterrupt:
            crew.break_off()
            raise
        finally:
            crew.end()


class _Crew:
    """The processes of a run; ``refused`` says that the system had no room for one of them."""

    def __init__(self, ask: Ask, final: Final, ends: float, parts: Iterable[Part]) -> None:
        self.refused = False
        self._ask = ask
        self._final = final
        self._ends = ends
        self._copies = Copies(self._heard)
        self._tasks = [_Task(part) for part in parts]
        self._begun: dict[Future[Any], _Task] = {}

    def begin(self) -> None:
        try:
            for task in self._tasks:
                self._begun[self._copies.submit(self._work, task.part)] = task
        except OSError:
            self.refused = True

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
        wrong, and all of it is asked once more; so it is where others were refused, who might have met somebody.
        """
        if not self.met and not self.refused:
            for task in self._tasks:
                task.release(self._final)
        return in_turn([[*task.left()] for task in self._tasks])

    def _heard(self, future: Future[Any], message: bytes) -> None:
        self._begun[future].hear(unpack(message), self._final)

    def _work(self, part: Part) -> None:
        """Ask for a part; this is what the processes do."""
        batch = _Batch(self._copies.tell)

        def pulse() -> None:
            batch.flush_if_due()
            try:
                self._copies.check()
            except KeyboardInterrupt:
                batch.hurry()
                raise

        try:
            self._ask(part.questions, batch.add, Stint(self._ends, part.share, pulse=pulse))
        except KeyboardInterrupt:
            pass
        finally:
            batch.flush()


class _Task:
    """What was given to one process, and what it saw: kept back until it has met a server."""

    def __init__(self, part: Part) -> None:
        self.part = part
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

    @cached_property
    def _left(self) -> dict[str, Question]:
        """Return what was not seen yet; made when there is time for it, since then all processes are there."""
        return {each.url: each for each in self.part.questions}


class _Batch:
    """Brings observations together on their way to another process, but holds none back for long."""

    def __init__(self, tell: Callable[[bytes], object]) -> None:
        self._tell = tell
        self._observations: list[Observation] = []
        self._most = _FLUSH_SIZE
        self._flushed = monotonic()

    def add(self, observation: Observation) -> None:
        self._observations.append(observation)
        if len(self._observations) >= self._most:
            self.flush()

    def flush_if_due(self) -> None:
        if monotonic() - self._flushed >= _FLUSH_SECONDS:
            self.flush()

    def hurry(self) -> None:
        """Hold nothing back any more: an end that is slow, as libcurl's may be, may be cut short."""
        self._most = 1

    def flush(self) -> None:
        self._flushed = monotonic()
        if self._observations:
            self._tell(pack(self._observations))
            self._observations.clear()
