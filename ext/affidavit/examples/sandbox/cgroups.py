"""Control groups: exact bounds on the memory and the number of all processes of a run, where we may set them.

Versions 1 and 2 are known. Where neither can be written, which is so for most users that are not root, what all
processes use together is watched instead: see ``inside.limits``.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from secrets import token_hex

from msgspec import Struct

from affidavit.model.runs import End, Limits

MOUNTS, OWN = Path("/proc/self/mounts"), Path("/proc/self/cgroup")
PREFIX = "affidavit-"
OURS = 2
"""Processes in the group that are none of the steps'."""


class Group(Struct, frozen=True):
    """A control group, made of a folder for each thing it bounds; ``events`` count what was refused."""

    folders: tuple[Path, ...]
    events: tuple[tuple[Path, str, End], ...]

    def add(self, pids: Iterable[int]) -> bool:
        """Put those processes into it that are not, and so what they start; return whether that could be done."""
        try:
            for members in [folder / "cgroup.procs" for folder in self.folders]:
                for pid in {*map(str, pids)}.difference(members.read_text(encoding="ascii").split()):
                    members.write_text(pid, encoding="ascii")
        except OSError:
            return False
        return True

    def exceeded(self) -> End | None:
        """Return what the run wanted more of than it may have."""
        return next((end for file, key, end in self.events if _counted(file, key)), None)


NOTHING = Group((), ())


@cache
def bounds_memory() -> bool:
    """Return whether the memory of all processes can be bounded here, which is tried once."""
    with group_for(Limits(), token_hex(4)) as group:
        return any(end is End.MEMORY_EXCEEDED for _, _, end in group.events)


@contextmanager
def group_for(limits: Limits, mark: str) -> Iterator[Group]:
    """Give a group with the limits, or one that bounds nothing; it is removed once nothing runs in it."""
    _remove_orphans()
    name = f"{PREFIX}{os.getpid()}-{mark[:8]}"
    group = _unified(name, limits) or _separate(name, limits)
    try:
        yield group
    finally:
        for folder in group.folders:
            _remove(folder)


def _unified(name: str, limits: Limits) -> Group | None:
    """Make a group of version 2, beside ours: where processes are, none can be made below."""
    for place in _places("cgroup2", ""):
        folder = place.parent / name
        values = {
            "memory.max": limits.memory + limits.disk,
            "memory.swap.max": 0,
            "pids.max": limits.processes + OURS,
        }
        if _make(folder, values):
            return Group(
                (folder,),
                (
                    (folder / "memory.events", "oom_kill", End.MEMORY_EXCEEDED),
                    (folder / "pids.events", "max", End.PROCESSES_EXCEEDED),
                ),
            )
    return None


def _separate(name: str, limits: Limits) -> Group:
    """Make groups of version 1, as many as can be."""
    wanted = (
        ("memory", {"memory.limit_in_bytes": limits.memory + limits.disk}, "memory.oom_control", "oom_kill"),
        ("pids", {"pids.max": limits.processes + OURS}, "pids.events", "max"),
    )
    ends = {"memory": End.MEMORY_EXCEEDED, "pids": End.PROCESSES_EXCEEDED}
    folders, events = [], []
    for controller, values, file, key in wanted:
        made = [place / name for place in _places("cgroup", controller) if _make(place / name, values)][:1]
        folders += made
        events += [(folder / file, key, ends[controller]) for folder in made]
    return Group(tuple(folders), tuple(events))


def _places(kind: str, controller: str) -> list[Path]:
    """Return the folder of the group that we are in, of a controller of version 1 or of version 2."""
    try:
        mounts = [line.split() for line in MOUNTS.read_text(encoding="utf-8").splitlines()]
        own = [line.split(":", 2) for line in OWN.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return []
    tops = [m[1] for m in mounts if m[2] == kind and (not controller or controller in m[3].split(","))]
    paths = [path for _, names, path in own if controller in names.split(",")]
    return [place for top in tops for path in paths if (place := Path(top) / path.lstrip("/")).is_dir()]


def _make(folder: Path, values: dict[str, int]) -> bool:
    try:
        folder.mkdir()
    except OSError:
        return False
    try:
        for name, value in values.items():
            # Opened so that a file which is not there is not made: some systems account for no swap.
            if name != "memory.swap.max" or (folder / name).exists():
                with (folder / name).open("r+", encoding="ascii") as file:
                    file.write(str(value))
    except OSError:
        _remove(folder)
        return False
    return True


def _remove(folder: Path) -> None:
    """Remove a group; the kernel may take a moment to see that the last process is gone."""
    for _ in range(50):
        with suppress(FileNotFoundError):
            try:
                folder.rmdir()
            except OSError:
                time.sleep(0.02)
                continue
        return


def _remove_orphans() -> None:
    """Remove groups of runners that were killed. One in which something runs cannot be removed, and stays."""
    above = {place.parent for place in _places("cgroup2", "")}
    above |= {place for controller in ("memory", "pids") for place in _places("cgroup", controller)}
    for folder in [found for place in above for found in place.glob(f"{PREFIX}*-*")]:
        pid = folder.name.split("-")[1]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            with suppress(OSError):
                folder.rmdir()


def _counted(file: Path, key: str) -> int:
    try:
        fields = [line.split() for line in file.read_text(encoding="ascii").splitlines()]
    except OSError:
        return 0
    return sum(int(each[1]) for each in fields if each[0] == key)
