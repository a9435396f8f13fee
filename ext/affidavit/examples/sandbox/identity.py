"""Who runs the steps: root would be above most limits, so root starts them as a user that nobody else is."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TypedDict

FIRST, LAST = 61184, 65519
"""User ids that are set aside for programs which need one for a while (by systemd, and nobody else takes them)."""


BEGINNING = 1024
"""The bytes of a process's status that hold its user."""


class Identity(TypedDict, total=False):
    """The arguments of `Popen` that say who a program is; none for who we are."""

    user: int
    group: int
    extra_groups: list[int]


def identity() -> Identity:
    """Return who is to run the steps: we ourselves, or a user id of its own where we are root."""
    if os.geteuid():
        return {}
    used = _users()
    free = [number for number in range(FIRST, LAST) if number not in used]
    number = secrets.choice(free)
    return {"user": number, "group": number, "extra_groups": []}


def _users() -> set[int]:
    """Return the users that have processes; where /proc does not tell, chance must do."""
    return {owner for pid in all_processes() if (owner := owner_of(pid)) is not None}


def all_processes() -> list[int]:
    """Return the numbers of all processes that can be seen, those in namespaces below ours too."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - looked at for each run
    except OSError:
        return []


def owner_of(pid: int) -> int | None:
    """Return the real user id of a process, ``None`` where it is gone."""
    try:
        status = os.open(f"/proc/{pid}/status", os.O_RDONLY)
    except OSError:
        return None
    try:
        beginning = os.read(status, BEGINNING)
    except OSError:
        return None
    finally:
        os.close(status)
    _, _, rest = beginning.partition(b"\nUid:")
    return int(rest.split(None, 1)[0]) if rest else None


def others_of_user() -> int:
    """Return how many processes and threads we have already, since a limit on their number counts them in."""
    us = os.getuid()
    return sum(_threads(pid) for pid in all_processes() if owner_of(pid) == us)


def _threads(pid: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return 0
