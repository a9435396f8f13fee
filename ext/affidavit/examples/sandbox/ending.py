"""Ending what was started, whatever state it is in."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from affidavit.examples.inside.processes import descendants, send

LONG = 10
"""Seconds in which a killed program can be expected to be gone."""


@contextmanager
def finished(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Give a program, and see to it that it and what it started directly have ended.

    Of bubblewrap that is the first process of the namespace: it is gone when all others there are, and only then does
    bubblewrap end.
    """
    try:
        yield process
    finally:
        _close(process)
        if process.poll() is None:
            for child in descendants(process.pid):
                send(child.pid, signal.SIGKILL)
            _wait(process)


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(LONG)


def _close(process: subprocess.Popen[bytes]) -> None:
    """Close the pipes; what was not written yet need not be."""
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
