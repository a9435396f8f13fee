"""Running a job: start it in a sandbox, hear what it tells, see to it that it ends, and return what came of it."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from itertools import chain
from pathlib import Path
from secrets import token_hex
from subprocess import Popen
from tarfile import TarError
from tempfile import TemporaryFile
from typing import IO, assert_never

from msgspec.structs import replace

from affidavit.examples.inside.processes import tree
from affidavit.examples.sandbox.cgroups import Group, group_for
from affidavit.examples.sandbox.conversation import Conversation, ConversationError
from affidavit.examples.sandbox.heard import (
    Begun,
    Ended,
    Event,
    Kept,
    Opened,
    Part,
    Printed,
    Ready,
    Showed,
    events_of,
)
from affidavit.examples.sandbox.program import program_parcel
from affidavit.examples.sandbox.reporter import Reporter
from affidavit.examples.sandbox.sandbox import Sandbox, Started
from affidavit.examples.sandbox.wire import job_parcel
from affidavit.examples.sandbox.workspace import unpack
from affidavit.model.runs import MIB, End, Job, Ran, Shown

GRACE = 20
"""Seconds in which a supervisor can be expected to start, and to tell an end, besides those of its steps."""
TAIL = 4096


class _ExceededError(Exception):
    def __init__(self, end: End) -> None:
        super().__init__(end)
        self.end = end


def run_job(
    job: Job, workspace: Path, sandbox: Sandbox, reporter: Reporter | None = None, *, keep: bool = False
) -> Ran:
    """Return what came of a job; no process of it is left then, nor when whoever called this is killed.

    ``workspace`` is an empty folder. What the steps leave is found there where they ran in it, and where it is to be
    kept. Raise :class:`SandboxError` where the job cannot be started.
    """
    begin = time.monotonic()
    reporter = reporter or Reporter()
    mark = token_hex(16)
    with TemporaryFile() as archive:
        with group_for(job.limits, mark) as group, sandbox.started(job, workspace, mark) as started:
            reporter.started(sandbox.name)
            ran = _Run(job, started, group, reporter, archive).ran(keep=keep)
        if archive.tell():
            ran = _unpacked(archive, workspace, ran)
    ran = replace(ran, sandbox=sandbox.name, seconds=time.monotonic() - begin)
    reporter.ended(ran)
    return ran


def _unpacked(archive: IO[bytes], workspace: Path, ran: Ran) -> Ran:
    """Put what was kept where it is to be; that it cannot be read is the end only where there was no other."""
    try:
        unpack(archive, workspace)
    except TarError as error:
        if ran.end is End.FINISHED:
            return replace(ran, end=End.RUNNER_FAILED, detail=f"What was kept cannot be read: {error}")
    return ran


class _Run:
    """A run while it goes on: what was heard of it so far."""

    def __init__(self, job: Job, started: Started, group: Group, reporter: Reporter, archive: IO[bytes]) -> None:
        self._job = job
        self._started = started
        self._group = group
        self._reporter = reporter
        self._archive = archive
        self._shown: list[Shown] = []
        self._step: int | None = None
        self._end: Ran | None = None
        self._parts: list[float] = []
        self._begun: list[float] = []

    def ran(self, *, keep: bool) -> Ran:
        """Return what came of it."""
        end = self._heard(keep=keep)
        # What the kernel counted is more certain than what the supervisor saw, which may itself have been its victim.
        exceeded = self._group.exceeded() if self._group.folders else None
        if exceeded and end.end is not exceeded:
            end = Ran(exceeded, step=self._step)
        return replace(end, shown=tuple(self._shown), parts=tuple(self._parts), begun=tuple(self._begun))

    def _heard(self, *, keep: bool) -> Ran:
        # The kernel takes some 10 ms for the first that it moves, which it may while the supervisor starts. What those
        # start that were moved is within the bounds as well; see "ready" for what was missed.
        self._group.add([self._started.process.pid])
        self._group.add(_below(self._started.process))
        limits = self._job.limits
        seconds = limits.seconds + sum(part.seconds for part in self._job.parts)
        talk = Conversation(self._started.process, seconds + GRACE, _most(self._job, keep=keep), self._glance)
        talk.say(program_parcel())
        # Made while the supervisor starts, which takes longer.
        told = job_parcel(self._job, self._started, keep=keep)
        try:
            for event in chain.from_iterable(map(events_of, talk.lines())):
                self._hear(event, talk, told)
        except TimeoutError:
            return Ran(End.TIMED_OUT, step=self._step)
        except _ExceededError as error:
            return Ran(error.end, step=self._step)
        except (ConversationError, ValueError) as error:
            return Ran(End.RUNNER_FAILED, step=self._step, detail=f"{error}")
        return self._end or Ran(End.RUNNER_FAILED, step=self._step, detail=_problems(self._started.process))

    def _hear(self, event: Event, talk: Conversation, told: bytes) -> None:
        match event:
            case Ready():
                self._group.add([self._started.process.pid, *_below(self._started.process)])
                talk.say(told)
            case Begun(step, milliseconds):
                self._step = step
                self._begun.append(milliseconds / 1000)
                self._reporter.begun(step)
            case Showed(step, exchange, output, status):
                self._shown.append(Shown(step, exchange, output, status))
                self._reporter.shown(self._shown[-1])
            case Opened():
                self._reporter.opened(talk)
            case Printed(data):
                self._reporter.printed(data)
            case Part(milliseconds):
                self._parts.append(milliseconds / 1000)
            case Kept(data):
                self._archive.write(data)
            case Ended(end, detail, step):
                self._end = Ran(end, step=step, detail=detail)
            case _:  # pragma: no cover
                assert_never(event)

    def _glance(self) -> None:
        exceeded = self._group.exceeded() if self._group.folders else None
        if exceeded:
            raise _ExceededError(exceeded)


def _most(job: Job, *, keep: bool) -> int:
    """Return how many bytes a supervisor may tell: a byte of output is six as JSON at most."""
    if job.console:  # whoever sits there sees how much it is
        return sys.maxsize
    limits = job.limits
    return 6 * limits.output + 16 * MIB + (2 * limits.disk if keep else 0)


def _below(process: Popen[bytes]) -> list[int]:
    return [each.pid for each in tree(process.pid)]


def _problems(process: Popen[bytes]) -> str:
    """Return the end of what a supervisor, or the sandbox itself, complained about."""
    if process.stderr is None:
        return ""
    os.set_blocking(process.stderr.fileno(), False)
    with suppress(BlockingIOError):
        return os.read(process.stderr.fileno(), 64 * 1024)[-TAIL:].decode("utf-8", "replace")
    return ""
