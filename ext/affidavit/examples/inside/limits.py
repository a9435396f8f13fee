"""What the steps may use, held in two ways.

Exact are the limits of each process that the kernel keeps (``restrict``): the size of a file, processor time and
private memory of one process, and the number of processes of this user, which in a user namespace of its own are those
of the run. What holds for all processes together is looked at again and again (``Usage``): their processor time, memory
and number, and how full the disk is. Between two looks a run may overshoot. Hence the private memory of one process is
bounded well above the limit, and not at the limit itself, so that a hog is seen, and told as such. Where there are
control groups, the outer side has an exact bound on memory and processes of all.
"""

from __future__ import annotations

import os
import resource

from .ending import EndedError
from .processes import Process, shared_out, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FULL = 64 * 1024
"""A file system of the sandbox with less room than that is full: what writes more is told so."""
FILES = 4096
HOG = 4
"""How many times the memory of all one process may have: it is seen before, and told what it was."""


def restrict(limits: dict[str, Any], others: int) -> None:
    """Put this process, and so all that it starts, under the limits that the kernel keeps.

    ``others`` is the number of processes of this user that are none of the run's.
    """
    cpu = int(limits["cpu_seconds"]) + 1
    _lower("RLIMIT_CORE", 0)
    _lower("RLIMIT_CPU", cpu, cpu + 1)
    _lower("RLIMIT_FSIZE", limits["file_size"])
    _lower("RLIMIT_DATA", HOG * limits["memory"])
    _lower("RLIMIT_NPROC", limits["processes"] + others + 1)
    _lower("RLIMIT_NOFILE", 1024, FILES)


def _lower(name: str, soft: int, hard: int | None = None) -> None:
    """Set a limit where the system has it; one that is already lower stays."""
    number = getattr(resource, name, None)
    if number is None:
        return
    ceiling = resource.getrlimit(number)[1]
    top = soft if hard is None else hard
    top = top if ceiling == resource.RLIM_INFINITY else min(top, ceiling)
    resource.setrlimit(number, (min(soft, top), top))


class Usage:
    """What the run uses, compared with what it may.

    ``full`` are file systems of a fixed size that are the run's own, ``folders`` are those of which the content is
    added up.
    """

    def __init__(self, limits: dict[str, Any], full: list[str], folders: list[str]) -> None:
        self._limits = limits
        self._full = full
        self._folders = folders

    def check(self) -> None:
        """Raise :class:`EndedError` where the run uses more than it may."""
        processes = tree(os.getpid())
        self._check_processes(processes)
        self._check_cpu(processes)
        self._check_memory(processes)

    def check_disk(self) -> None:
        """Raise :class:`EndedError` where the disk is full; that of folders costs as much time as they have files."""
        full = [path for path in self._full if _room(path) < FULL]
        if full:
            raise EndedError("disk-exceeded", f"{full[0]} is full.")
        used = sum(map(_size, self._folders))
        if used > self._limits["disk"]:
            raise EndedError("disk-exceeded", f"The files take {used} bytes.")

    def _check_processes(self, processes: list[Process]) -> None:
        threads = sum(process.threads for process in processes)
        if threads >= self._limits["processes"]:
            raise EndedError("processes-exceeded", f"There were {threads} processes and threads.")

    def _check_cpu(self, processes: list[Process]) -> None:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = ended.ru_utime + ended.ru_stime + sum(process.cpu for process in processes)
        if cpu > self._limits["cpu_seconds"]:
            raise EndedError("cpu-exceeded", f"The steps took {cpu:.1f} s of processor time.")

    def _check_memory(self, processes: list[Process]) -> None:
        most = self._limits["memory"]
        # The cheap sum counts shared pages once for each process; where it is small enough, so is the true one.
        if sum(process.memory for process in processes) > most:
            used = shared_out(processes)
            if used > most:
                raise EndedError("memory-exceeded", f"The steps took {used} bytes of memory.")


def _room(path: str) -> int:
    try:
        found = os.statvfs(path)
    except OSError:
        return FULL
    return found.f_bavail * found.f_frsize if found.f_favail else 0


def _size(folder: str) -> int:
    return sum(_blocks(os.path.join(above, name)) for above, _, names in os.walk(folder) for name in names)


def _blocks(path: str) -> int:
    try:
        return os.lstat(path).st_blocks * 512
    except OSError:
        return 0
