"""Talking to a supervisor: what it is told goes in, what it tells comes out as lines, and nothing blocks."""

from __future__ import annotations

import os
import selectors
import time
from collections.abc import Callable, Iterator
from subprocess import Popen

PIECE = 64 * 1024
OFTEN = 0.05


class ConversationError(Exception):
    """The supervisor did not keep to what was agreed."""


class Conversation:
    """The pipes of a supervisor. ``most`` is how many bytes it may tell, ``glance`` is called again and again."""

    def __init__(self, process: Popen[bytes], seconds: float, most: int, glance: Callable[[], None]) -> None:
        assert process.stdin is not None  # noqa: S101 - both were asked for as pipes
        assert process.stdout is not None  # noqa: S101
        self._in, self._out = process.stdin.fileno(), process.stdout.fileno()
        self._end = time.monotonic() + seconds
        self._left = most
        self._glance = glance
        self._next = 0.0
        self._unsaid = b""
        self._unread = bytearray()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._out, selectors.EVENT_READ)
        for descriptor in (self._in, self._out):
            os.set_blocking(descriptor, False)

    def say(self, data: bytes) -> None:
        """Tell something, as soon as it is read."""
        if not self._unsaid:
            self._selector.register(self._in, selectors.EVENT_WRITE)
        self._unsaid += data

    def listen(self, descriptor: int, call: Callable[[], None]) -> None:
        """Have something called whenever another descriptor can be read."""
        self._selector.register(descriptor, selectors.EVENT_READ, call)

    def lines(self) -> Iterator[bytes]:
        """Give what is told, line by line, to its end; raise `TimeoutError` where that does not come."""
        with self._selector:
            while self._turn():
                *lines, rest = self._unread.split(b"\n")
                self._unread = bytearray(rest)
                yield from map(bytes, lines)

    def _turn(self) -> bool:
        """Wait for either side; return whether more can come."""
        now = time.monotonic()
        if now > self._end:
            raise TimeoutError
        if now > self._next:
            self._glance()
            self._next = now + OFTEN
        for key, _ in self._selector.select(OFTEN):
            if key.data:
                key.data()
            elif key.fd == self._in:
                self._write()
            elif not self._read():
                return False
        return True

    def _write(self) -> None:
        try:
            self._unsaid = self._unsaid[os.write(self._in, self._unsaid) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._unsaid = b""
        if not self._unsaid:
            self._selector.unregister(self._in)

    def _read(self) -> bool:
        piece = os.read(self._out, PIECE)
        self._left -= len(piece)
        if self._left < 0:
            raise ConversationError("It told more than it may.")
        self._unread += piece
        return bool(piece)
