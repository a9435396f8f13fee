"""A sandbox whose runs can be ended from outside, as by Ctrl-C, while others wait for what comes of them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from affidavit.examples.inside.processes import descendants, send
from affidavit.examples.sandbox.sandbox import Sandbox, Started
from affidavit.model.runs import Job


class Stopping:
    """Starts jobs as another sandbox does, and ends them all when it is told to; none can be started after that."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.name = sandbox.name
        self.promises = sandbox.promises
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._running: set[Popen[bytes]] = set()
        self._stopped = threading.Event()

    @property
    def stopped(self) -> bool:
        """Tell whether it was told to end all: of what runs then, nothing is known."""
        return self._stopped.is_set()

    @contextmanager
    def started(self, job: Job, workspace: Path, mark: str) -> Iterator[Started]:
        """Start what runs the steps, as the other sandbox does."""
        with self._sandbox.started(job, workspace, mark) as started:
            with self._lock:
                self._running.add(started.process)
            try:
                if self.stopped:
                    _kill(started.process)
                yield started
            finally:
                with self._lock:
                    self._running.discard(started.process)

    def stop(self) -> None:
        """End all runs; whoever waits for one sees it break off, and removes what is left of it."""
        self._stopped.set()
        with self._lock:
            for process in self._running:
                _kill(process)


def _kill(process: Popen[bytes]) -> None:
    """Kill what was started and what it started: of bubblewrap, the first process of the namespace."""
    below = descendants(process.pid)
    process.kill()
    for child in below:
        send(child.pid, signal.SIGKILL)
