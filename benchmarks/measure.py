"""Running a program once, and what that took."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from msgspec import Struct, field

_MEGABYTE = 2**20
_PAUSE = 0.1


class Command(Struct, frozen=True):
    """A program to run: ``environment`` is all that it sees of the outer one's, besides what every program needs."""

    arguments: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


class Usage(Struct, frozen=True):
    """What one run took: seconds by the wall clock and of all processors, and the most memory, in MB.

    ``status`` is the exit status, negative where a signal ended it.
    """

    seconds: float
    cpu: float
    memory: float
    status: int


def run(command: Command, log: Path, *, limit: float) -> Usage:
    """Run a program to its end, or for ``limit`` seconds; what it prints goes to the file ``log``.

    Processor time is that of the program with all processes that it waited for. Memory is the most that the program
    had, or that all of its processes had together while there were several. ``ru_maxrss`` alone would not do: it begins
    with what the process had before it became this program, and so with the size of whoever measures.
    """
    with log.open("wb") as output:
        begun = perf_counter()
        process = _start(command, output.fileno())
        timer = threading.Timer(limit, process.kill)
        timer.start()
        watch = Watch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - begun
    timer.cancel()
    watch.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = max(watch.most, used.ru_maxrss * 1024 if used.ru_maxrss > own else 0) / _MEGABYTE
    return Usage(seconds, used.ru_utime + used.ru_stime, memory, process.returncode)


def _start(command: Command, output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- the programs are those of the table in contestants.py
        command.arguments,
        cwd=command.folder,
        env=surroundings() | dict(command.environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
    )


def surroundings() -> dict[str, str]:
    """Return the variables that every program is started with: no proxies, no colours, nothing of the user's own."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ
    }
    return kept | {"NO_COLOR": "1", "NO_PROXY": "*", "AFFIDAVIT_CACHE": ""}


class Watch(threading.Thread):
    """Looks now and then how much memory the processes of a tree have together, where there are several."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._ended.wait(_PAUSE):
            tree = [self._pid, *_descendants(self._pid)]
            together = sum(map(_memory, tree)) if len(tree) > 1 else 0
            self.most = max(self.most, together, _peak(self._pid))

    def stop(self) -> None:
        """Stop looking."""
        self._ended.set()
        self.join()


def _descendants(pid: int) -> Iterator[int]:
    """Yield the processes that one started, and theirs; one that ends meanwhile has none. Only Linux tells."""
    with suppress(OSError):
        for file in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, file.read_text().split()):
                yield child
                yield from _descendants(child)


def _peak(pid: int) -> int:
    """Return the most bytes that a program had so far (proc(5), ``VmHWM``)."""
    return _kilobytes(Path(f"/proc/{pid}/status"), "VmHWM:") * 1024


def _memory(pid: int) -> int:
    """Return the bytes of a process, with its part of what several share."""
    return _kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") * 1024


def _kilobytes(file: Path, name: str) -> int:
    """Return the number behind a name; 0 where there is none, as of a process that ended meanwhile."""
    with suppress(OSError, StopIteration):
        return int(next(line for line in file.read_text().splitlines() if line.startswith(name)).split()[1])
    return 0
