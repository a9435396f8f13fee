"""All requests that are under way, and waiting for what happens to any of them.

libcurl says which of its sockets to watch, and is told which of them are ready. By its other interface it would look at
all of them at each turn, which takes longer where answers come one by one.
"""

from __future__ import annotations

from collections import deque
from threading import Thread
from time import monotonic

import pycurl

from affidavit.links.sockets import READABLE, WRITABLE, watch

_BITS = {
    pycurl.POLL_NONE: 0,
    pycurl.POLL_IN: READABLE,
    pycurl.POLL_OUT: WRITABLE,
    pycurl.POLL_INOUT: READABLE | WRITABLE,
}
_ACTIONS = {READABLE: pycurl.CSELECT_IN, WRITABLE: pycurl.CSELECT_OUT}
_LOOK_YOURSELF = 0
"""Said of a socket that is ready in another way (https://curl.se/libcurl/c/curl_multi_socket_action.html)."""

_MOMENT = 0.5


class Multi:
    """libcurl's handle for many handles, with up to ``connections`` that are kept open for the next request."""

    def __init__(self, connections: int) -> None:
        self._sockets = watch()
        self._due: float | None = None
        self._wishes: deque[int] = deque(maxlen=1)  # libcurl's last: milliseconds until it wants to be called, or -1
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, connections)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._wishes.append)

    def add(self, handle: pycurl.Curl) -> None:
        """Begin a request."""
        self._multi.add_handle(handle)

    def remove(self, handle: pycurl.Curl) -> None:
        """Take out a handle whose request has ended, or is to end."""
        self._multi.remove_handle(handle)

    def turn(self, seconds: float) -> list[tuple[pycurl.Curl, int, str]]:
        """Wait until something happens, but no longer than so many seconds; return the requests that ended.

        Each comes with libcurl's error and its words, ``E_OK`` where nothing was wrong.
        """
        due = self._next()
        patience = seconds if due is None else max(0, min(seconds, due - monotonic()))
        for descriptor, bits in self._sockets.poll(patience * 1000):
            self._multi.socket_action(descriptor, _ACTIONS.get(bits, _LOOK_YOURSELF))
        self.go()
        return self._ended()

    def go(self) -> None:
        """Do what is due by now, such as to send the requests that were added."""
        due = self._next()
        if due is not None and due <= monotonic():
            self._due = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)

    def close(self) -> None:
        """Close all connections.

        libcurl waits for all look-ups of names that it began, and some hang; nobody else waits for more than a moment.
        """
        closing = Thread(target=self._multi.close, daemon=True)
        closing.start()
        closing.join(_MOMENT)

    def _watch(self, what: int, descriptor: int, *_: object) -> None:
        """Watch a socket as libcurl wants it."""
        if what == pycurl.POLL_REMOVE:
            self._sockets.unregister(descriptor)
        else:
            self._sockets.register(descriptor, _BITS[what])

    def _next(self) -> float | None:
        """Return when libcurl wants to be called although nothing happens."""
        if self._wishes:
            wish = self._wishes.pop()
            self._due = None if wish < 0 else monotonic() + wish / 1000
        return self._due

    def _ended(self) -> list[tuple[pycurl.Curl, int, str]]:
        left, ended = True, []
        while left:
            left, done, failed = self._multi.info_read()
            ended += [(handle, pycurl.E_OK, "") for handle in done]
            ended += failed
        return ended
