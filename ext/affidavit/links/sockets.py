"""Watching sockets: which of them can be read or written by now. The calls are those of :func:`select.poll`."""

from __future__ import annotations

import select
from collections.abc import Sequence
from contextlib import suppress
from time import sleep
from typing import Protocol

READABLE, WRITABLE = 1, 4
"""What a socket can be, as bits: those of poll(2), which are the same wherever that is, and of epoll(7)."""


class Watch(Protocol):
    """Whoever knows which sockets are ready."""

    def register(self, descriptor: int, bits: int, /) -> None:
        """Watch a socket for what the bits say, whatever was said of it before."""
        ...  # pragma: no cover

    def unregister(self, descriptor: int, /) -> None:
        """Watch a socket no longer; `KeyError` says that nobody did."""
        ...  # pragma: no cover

    def poll(self, milliseconds: float, /) -> Sequence[tuple[int, int]]:
        """Return the sockets that are ready, as soon as there are any, with what they are; none after that time."""
        ...  # pragma: no cover


def watch() -> Watch:
    """Return what watches sockets on this system."""
    if hasattr(select, "epoll"):
        return Epoll()
    return select.poll() if hasattr(select, "poll") else Selecting()


class Epoll:
    """Watches sockets on Linux: to wait for many of them takes no longer than to wait for one (epoll(7))."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._watched: set[int] = set()

    def register(self, descriptor: int, bits: int, /) -> None:
        """Watch a socket for what the bits say."""
        if descriptor in self._watched:
            with suppress(FileNotFoundError):  # it was closed, and another one has its number
                self._epoll.modify(descriptor, bits)
                return
        self._epoll.register(descriptor, bits)
        self._watched.add(descriptor)

    def unregister(self, descriptor: int, /) -> None:
        """Watch a socket no longer."""
        self._watched.remove(descriptor)
        with suppress(OSError):  # it was closed, and nobody watches it any more
            self._epoll.unregister(descriptor)

    def poll(self, milliseconds: float, /) -> Sequence[tuple[int, int]]:
        """Return the sockets that are ready."""
        return self._epoll.poll(milliseconds / 1000)


class Selecting:
    """Watches sockets where there is no ``poll``, as on Windows; ``select`` knows few of them elsewhere."""

    def __init__(self) -> None:
        self._bits: dict[int, int] = {}

    def register(self, descriptor: int, bits: int, /) -> None:
        """Watch a socket for what the bits say."""
        self._bits[descriptor] = bits

    def unregister(self, descriptor: int, /) -> None:
        """Watch a socket no longer."""
        del self._bits[descriptor]

    def poll(self, milliseconds: float, /) -> Sequence[tuple[int, int]]:
        """Return the sockets that are ready."""
        if not self._bits:  # Windows would not wait for none
            sleep(milliseconds / 1000)
            return ()
        reading, writing, _ = select.select(self._for(READABLE), self._for(WRITABLE), (), milliseconds / 1000)
        return [*((each, READABLE) for each in reading), *((each, WRITABLE) for each in writing)]

    def _for(self, bit: int) -> list[int]:
        return [each for each, bits in self._bits.items() if bits & bit]
