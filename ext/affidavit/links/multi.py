"""All requests that are under way, and waiting for what happens to any of them.

libcurl says which sockets to watch (its interface for event loops): its own waiting goes by ``select``, which fails
beyond descriptor 1023, and 128 hosts that are asked by a program with open files of its own come near.
"""

from __future__ import annotations

import selectors
from collections.abc import Iterator
from threading import Thread
from time import monotonic

import pycurl

_READ, _WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
_EVENTS = {pycurl.POLL_IN: _READ, pycurl.POLL_OUT: _WRITE, pycurl.POLL_INOUT: _READ | _WRITE}
_ACTIONS = {
    _READ: pycurl.CSELECT_IN,
    _WRITE: pycurl.CSELECT_OUT,
    _READ | _WRITE: pycurl.CSELECT_IN | pycurl.CSELECT_OUT,
}
_NEVER = -1
_MOMENT = 0.5


class Multi:
    """libcurl's handle for many handles, with up to ``connections`` that are kept open for the next request."""

    def __init__(self, connections: int) -> None:
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, connections)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self._selector = selectors.DefaultSelector()
        self._watched: set[int] = set()  # the selector knows, too, but takes its time to tell
        self._due: float | None = None
        self._closed = False

    def add(self, handle: pycurl.Curl) -> None:
        """Begin a request."""
        self._multi.add_handle(handle)

    def remove(self, handle: pycurl.Curl) -> None:
        """Take out a handle whose request has ended, or is to end."""
        self._multi.remove_handle(handle)

    def turn(self, seconds: float) -> Iterator[tuple[pycurl.Curl, int, str]]:
        """Wait until something happens, but no longer than so many seconds; yield the requests that ended.

        Each comes with libcurl's error and its words, ``E_OK`` where nothing was wrong.
        """
        for key, mask in self._selector.select(self._patience(seconds)):
            self._multi.socket_action(key.fd, _ACTIONS[mask])
        self.go()
        return self._ended()

    def go(self) -> None:
        """Do what is due by now, such as to send the requests that were added."""
        if self._due is not None and self._due <= monotonic():
            self._due = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)

    def close(self) -> None:
        """Close all connections.

        libcurl waits for all look-ups of names that it began, and some hang; nobody else waits for more than a moment.
        """
        self._closed = True
        self._selector.close()
        closing = Thread(target=self._multi.close, daemon=True)
        closing.start()
        closing.join(_MOMENT)

    def _patience(self, seconds: float) -> float:
        return seconds if self._due is None else max(0.0, min(seconds, self._due - monotonic()))

    def _ended(self) -> Iterator[tuple[pycurl.Curl, int, str]]:
        left = True
        while left:
            left, done, failed = self._multi.info_read()
            yield from ((handle, pycurl.E_OK, "") for handle in done)
            yield from failed

    def _watch(self, what: int, descriptor: int, *_: object) -> None:
        """Watch a socket as libcurl wants it."""
        if self._closed:
            return  # libcurl says farewell to its connections
        known = descriptor in self._watched
        if what == pycurl.POLL_REMOVE:
            if known:
                self._watched.remove(descriptor)
                self._selector.unregister(descriptor)
        elif known:
            self._selector.modify(descriptor, _EVENTS[what])
        else:
            self._watched.add(descriptor)
            self._selector.register(descriptor, _EVENTS[what])

    def _set_timer(self, milliseconds: int) -> None:
        self._due = None if milliseconds == _NEVER else monotonic() + milliseconds / 1000
