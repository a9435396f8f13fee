"""Who runs the steps: root would be above most limits, so root starts them as a user that nobody else is."""

from __future__ import annotations

import errno
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import TypedDict

from affidavit.examples.sandbox.sandbox import SandboxError

FIRST, LAST = 61184, 65519
"""User ids that are set aside for programs which need one for a while (by systemd, and nobody else takes them)."""


BEGINNING = 1024
"""The bytes of a process's status that hold its user."""


class Identity(TypedDict, total=False):
    """The arguments of `Popen` that say who a program is; none for who we are."""

    user: int
    group: int
    extra_groups: list[int]


@contextmanager
def identity() -> Iterator[Identity]:
    """Give who is to run the steps: we ourselves, or where we are root, a user id that no other run has meanwhile.

    A run ends by killing all that its user has, so that two at once must never share one, whoever started them. Raise
    :class:`SandboxError` where all are taken.
    """
    if os.geteuid():
        yield {}
        return
    with _reserved() as number:
        yield {"user": number, "group": number, "extra_groups": []}


@contextmanager
def _reserved() -> Iterator[int]:
    """Give a user that no process has, and that is ours until we leave this, or are killed."""
    first = FIRST + secrets.randbelow(LAST - FIRST)
    for number in chain(range(first, LAST), range(FIRST, first)):
        with closing(socket.socket(socket.AF_UNIX)) as name:
            # A process may be left of a runner that was killed, which looking before reserving could miss.
            if _bound(name, number) and number not in _users():
                yield number
                return
    advice = "Wait for some to end, or run fewer at once with --jobs."
    raise SandboxError("All user ids that are set aside for runs are taken.", advice=advice)


def _bound(name: socket.socket, number: int) -> bool:
    """Reserve a user by a name that the system gives to one at a time; where it gives none, chance must do."""
    if sys.platform != "linux":
        return True
    try:
        name.bind(f"\0affidavit-user-{number}")
    except OSError as error:
        return error.errno != errno.EADDRINUSE
    return True


def _users() -> set[int]:
    """Return the users that have processes; none where /proc does not tell."""
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
