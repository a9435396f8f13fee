"""What runs below a process, and what that uses, from /proc. Without one, nothing is seen and nothing is found."""

from __future__ import annotations

import _signal  # `signal` itself is slow to import, and Windows has not all that is used of it
import os
import time

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100

SOON, LATER = 0.0002, 0.002
"""How many seconds lie between killing and looking whether that was all, at first and at last."""


class Process:
    """A line of /proc/PID/stat: sizes in bytes, times in seconds, those of children that were waited for included."""

    def __init__(self, pid: int, fields: list[bytes]) -> None:
        self.pid = pid
        self.state = fields[0].decode()
        self.parent = int(fields[1])
        self.cpu = sum(map(int, fields[11:15])) / TICKS
        self.threads = int(fields[17])
        self.memory = int(fields[21]) * PAGE


def descendants(root: int) -> list[Process]:
    """Return all processes below one; zombies too, since they count as processes until somebody waits for them."""
    below: dict[int, list[Process]] = {}
    for process in _all_processes():
        below.setdefault(process.parent, []).append(process)
    found: list[Process] = []
    left = [root]
    while left:
        children = below.pop(left.pop(), [])
        found += children
        left += [child.pid for child in children]
    return found


def tree(root: int) -> list[Process]:
    """Return the same at the cost of these processes alone, where the kernel lists children; some may be missed."""
    if not os.path.exists(f"/proc/{root}/task/{root}/children"):
        return descendants(root)
    found, left = [], _children(root)
    while left:
        pid = left.pop()
        process = _read(str(pid))
        if process is not None:
            found.append(process)
            left += _children(pid)
    return found


def _children(pid: int) -> list[int]:
    """Return the children of a process, each of which is a child of one of its threads."""
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                found += map(int, file.read().split())
    except OSError:
        pass
    return found


def shared_out(processes: list[Process]) -> int:
    """Return the memory of processes with what they share counted once, which takes more time to find out."""
    return sum(_proportional(process) for process in processes)


def _proportional(process: Process) -> int:
    try:
        with open(f"/proc/{process.pid}/smaps_rollup", "rb") as file:
            sizes = [int(line.split()[1]) for line in file if line.startswith(b"Pss:")]
    except OSError:
        # Either that may not be read, or the process ended meanwhile.
        now = _read(str(process.pid))
        return now.memory if now else 0
    return sum(sizes) * 1024


def _all_processes() -> list[Process]:
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []
    return [process for process in map(_read, names) if process is not None]


def _read(pid: str) -> Process | None:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            text = file.read()
    except OSError:
        return None
    # The second field is the name, in brackets, and may itself hold anything.
    return Process(int(pid), text[text.rindex(b")") + 2 :].split())


def kill_below(root: int, seconds: float) -> bool:
    """Kill all processes below one, and go on until none is left; return whether that was so within the time."""
    end, pause = time.monotonic() + seconds, SOON
    while True:
        reap()
        living = [process.pid for process in descendants(root) if process.state != "Z"]
        if not living:
            return True
        if time.monotonic() > end:
            return False
        # Stopped first: what forks faster than it is killed would stay ahead.
        for number in (_signal.SIGSTOP, _signal.SIGKILL):
            for pid in living:
                send(pid, number)
        time.sleep(pause)
        pause = min(2 * pause, LATER)


def send(pid: int, number: int) -> None:
    """Send a signal to a process, or with a negative number to a group, that may be gone."""
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def reap() -> dict[int, int]:
    """Return the exit statuses, as shells count them, of the children that ended since the last time."""
    ended: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if not pid:
            return ended
        ended[pid] = 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
