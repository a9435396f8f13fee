"""Asking from several processes at once, each about hosts of its own: one alone would keep one core busy.

What a worker sees is handed over in batches, while it goes on. The workers are forked: they have all that is imported
and need nothing but their share.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from time import monotonic, sleep
from typing import Self

from affidavit.links.marks import Question
from affidavit.links.probe import CurlProbe, Probe, Seen, ignore
from affidavit.links.seen import Observation, Trouble, Unreachable
from affidavit.links.shares import shares

FEWEST = 1_000
"""Pages for each process; for fewer it is not worth starting one."""

_BATCH = 64
_BATCH_SECONDS = 0.1
_LAST_WORDS_SECONDS = 0.5
"""That an interrupt waits for what the workers know."""

Batch = tuple[tuple[str, Observation], ...]


def processes() -> int:
    """Return how many processes may ask: as many as there are cores, where a process can be forked safely.

    On macOS its libraries may not survive a fork, and Windows has none.
    """
    if sys.platform != "linux":
        return 1
    return len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class SpreadProbe:
    """Shares pages out among at most so many processes; few pages, or those of one host, are asked from this one."""

    inner: CurlProbe
    most: int = field(default_factory=processes)
    fewest: int = FEWEST

    def observe(self, questions: Sequence[Question], seen: Seen = ignore) -> dict[str, Observation]:
        """Return what asking each page came to, by its URL."""
        number = min(self.most, len(questions) // self.fewest)
        parts = shares(questions, number) if number > 1 else ()
        if len(parts) < 2:  # noqa: PLR2004 -- one process is this one
            return self.inner.observe(questions, seen)
        probe = replace(self.inner, in_all=max(1, self.inner.in_all // len(parts)))
        found = _Found(seen)
        with _Workers(probe, parts) as workers:
            try:
                found.take(workers.batches())
            except KeyboardInterrupt:
                found.take(workers.last_batches())
                raise
        found.take([_unasked(question for part in parts for question in part if question.url not in found.all)])
        return {each.url: found.all[each.url] for each in questions}


class _Found:
    """Keeps what was seen, and tells of it."""

    def __init__(self, seen: Seen) -> None:
        self.all: dict[str, Observation] = {}
        self._seen = seen

    def take(self, batches: Iterable[Batch]) -> None:
        for batch in batches:
            self.all.update(batch)
            for url, observation in batch:
                self._seen(url, observation)


class _Workers:
    """The processes of one run; none of them outlives it."""

    def __init__(self, probe: Probe, parts: Sequence[tuple[Question, ...]]) -> None:
        context = multiprocessing.get_context("fork")
        self._ends: list[Connection] = []
        self._processes: list[ForkProcess] = []
        for part in parts:
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(probe, part, there), daemon=True)
            process.start()
            there.close()
            self._ends.append(here)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()
        for end in self._ends:
            end.close()

    def batches(self) -> Iterator[Batch]:
        """Yield what the workers see until all are done."""
        return self._received(lambda: None)

    def last_batches(self) -> Iterator[Batch]:
        """Interrupt the workers, and yield what they know by then."""
        ends = monotonic() + _LAST_WORDS_SECONDS
        for process in self._processes:
            _interrupt(process)
        return self._received(lambda: max(0.0, ends - monotonic()))

    def _received(self, patience: Callable[[], float | None]) -> Iterator[Batch]:
        while self._ends and (ready := wait(self._ends, patience())):
            for end in ready:
                batch = _receive(end)  # type: ignore[arg-type] # they are what was waited for
                if batch:
                    yield batch
                else:
                    self._ends.remove(end)  # type: ignore[arg-type] # likewise
                    end.close()  # type: ignore[union-attr] # likewise


def _interrupt(process: ForkProcess) -> None:
    """Pass an interrupt on; a terminal has sent it to the worker already, a program that ends this one has not."""
    if process.pid is not None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGINT)


def _receive(end: Connection) -> Batch:
    """Return the next batch, an empty one at the end, be it a sudden one; raise what a worker raised."""
    try:
        batch: Batch | Exception = end.recv()
    except (EOFError, OSError):
        return ()
    if isinstance(batch, Exception):
        raise batch
    return batch


def _work(probe: Probe, part: Sequence[Question], end: Connection) -> None:
    """Ask about a share, in a process of its own, and hand over what is seen."""
    outbox = _Outbox(end)
    threading.Thread(target=outbox.empty_often, daemon=True).start()
    with suppress(KeyboardInterrupt, BrokenPipeError):
        try:
            probe.observe(part, outbox)
        except Exception as error:  # noqa: BLE001 -- a fault of ours: it is raised again where it will be seen
            end.send(error)
        finally:
            outbox.empty()


class _Outbox:
    """Collects what was seen and hands it over now and then: each message costs both sides something."""

    def __init__(self, end: Connection) -> None:
        self._end = end
        self._waiting: list[tuple[str, Observation]] = []
        self._lock = threading.Lock()

    def __call__(self, url: str, observation: Observation) -> None:
        with self._lock:  # what is added while the list is handed over would be lost
            self._waiting.append((url, observation))
            full = len(self._waiting) >= _BATCH
        if full:
            self.empty()

    def empty(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
            if waiting:
                self._end.send(tuple(waiting))

    def empty_often(self) -> None:
        """Hand over what there is while nothing more comes; in a thread of its own."""
        with suppress(OSError):  # the other end is gone
            while True:
                sleep(_BATCH_SECONDS)
                self.empty()


def _unasked(questions: Iterable[Question]) -> Batch:
    """Return what is to be said of pages whose process ended before it could say anything."""
    told = "the process that was to ask ended"
    return tuple((each.url, Unreachable(each.url, each.url, Trouble.NOT_ASKED, told)) for each in questions)
