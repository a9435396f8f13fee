"""A shell for somebody at a terminal, once the steps before are done.

The terminal in here is one of its own: keys and what is printed cross as lines, so that nothing of the terminal outside
comes within reach of what runs.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import pty
import shutil
import struct
import sys
import termios
from contextlib import suppress
from typing import Any, Callable

from .ending import EndedError, OrphanedError
from .spawn import Around

PIECE = 64 * 1024
MOST = 16
"""How many pieces may still have been waiting when the shell has ended."""
BASH = ["bash", "--norc", "--noprofile", "-i"]


class Terminal:
    """A shell on a terminal of its own. It goes on until it is left."""

    def __init__(self, step: dict[str, Any], around: Around, tell: Callable[..., None]) -> None:
        self._step = step
        self._around = around
        self._tell = tell
        self._unread = b""
        self._untyped = b""
        self._open = True

    def run(self, folder: str, variables: dict[str, str]) -> None:
        """Have the shell in a folder, with these variables and those of the terminal."""
        program = shutil.which("bash", path=variables.get("PATH"))
        if program is None:
            raise EndedError("session-ended", "There is no program bash.")
        pid, self._here = pty.fork()
        if not pid:
            _become(program, folder, {**variables, **self._step["variables"]})
        os.set_blocking(self._here, False)
        self._resize(self._step["size"])
        self._around.watch.add(sys.stdin.fileno(), self._hear)
        self._around.watch.add(self._here, self._show)
        self._tell("opened")
        while self._around.watch.status_of(pid) is None:
            self._around.watch.turn()
            self._type()
        left = MOST
        while self._open and left > 0 and self._show():
            left -= 1
        self._close()

    def _hear(self) -> None:
        """Take what somebody typed, and how large the terminal is by now."""
        piece = os.read(sys.stdin.fileno(), PIECE)
        if not piece:
            raise OrphanedError
        *lines, self._unread = (self._unread + piece).split(b"\n")
        for told in map(json.loads, lines):
            if "size" in told and self._open:
                self._resize(told["size"])
            self._untyped += base64.b64decode(told.get("typed", ""))
        self._type()

    def _type(self) -> None:
        """Hand on what was typed, as far as there is room."""
        with suppress(OSError):
            while self._open and self._untyped:
                self._untyped = self._untyped[os.write(self._here, self._untyped) :]

    def _show(self) -> int:
        """Tell what is printed; return how much that was."""
        try:
            piece = os.read(self._here, PIECE)
        except BlockingIOError:
            return 0
        except OSError:  # how Linux says that nobody has the other side any more
            piece = b""
        if piece:
            self._tell("printed", data=base64.b64encode(piece).decode())
        else:
            self._close()
        return len(piece)

    def _resize(self, size: list[int]) -> None:
        with suppress(OSError):
            fcntl.ioctl(self._here, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))

    def _close(self) -> None:
        if self._open:
            self._open = False
            self._around.watch.remove(self._here)
            os.close(self._here)


def _become(program: str, folder: str, variables: dict[str, str]) -> None:
    """Turn this process, which is a copy, into the shell."""
    try:
        os.chdir(folder)
        os.execve(program, BASH, variables)  # noqa: S606 - that is its purpose
    finally:
        os._exit(127)
