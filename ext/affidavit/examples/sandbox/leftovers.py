"""Finding and ending what is left of a run, by the mark in the environment of its processes, in whatever namespace."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from affidavit.examples.sandbox.identity import all_processes, owner_of

VARIABLE = "AFFIDAVIT_RUN"


def marked(mark: str) -> list[int]:
    """Return the processes that carry a mark."""
    wanted = f"{VARIABLE}={mark}".encode()
    return [pid for pid in all_processes() if wanted in _environment(pid)]


def owned(user: int) -> list[int]:
    """Return the processes of a user, but for those that ended and wait for somebody to notice."""
    return [pid for pid in all_processes() if owner_of(pid) == user and not _is_zombie(pid)]


def sweep(mark: str, user: int | None, seconds: float = 5) -> list[int]:
    """Kill what carries a mark, or belongs to a user that is the run's alone; return what is there still."""
    end = time.monotonic() + seconds
    while left := marked(mark) + (owned(user) if user else []):
        if time.monotonic() > end:
            return left
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in left:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
        time.sleep(0.005)
    return []


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _is_zombie(pid: int) -> bool:
    try:
        return b"\nState:\tZ" in Path(f"/proc/{pid}/status").read_bytes()
    except OSError:
        return True
