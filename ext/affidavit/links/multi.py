"""All requests that are under way, and waiting for what happens to any of them.

libcurl looks after its sockets itself. Its interface for event loops, which has the caller watch them, was measured
beside this one, and took more for each request: it lets go of a socket, and takes it up again, each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from time import sleep

import pycurl

_BLIND_SECONDS = 0.01
"""Between two looks, where not all sockets can be watched: libcurl's waiting goes by ``select``, which knows no
descriptor beyond 1023, and on some systems no more than 64 of them."""

_NEVER = -1
_MOMENT = 0.5


class Multi:
    """libcurl's handle for many handles, with up to ``connections`` that are kept open for the next request."""

    def __init__(self, connections: int) -> None:
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, connections)
        self._size = 0

    def add(self, handle: pycurl.Curl) -> None:
        """Begin a request."""
        self._multi.add_handle(handle)
        self._size += 1

    def remove(self, handle: pycurl.Curl) -> None:
        """Take out a handle whose request has ended, or is to end."""
        self._multi.remove_handle(handle)
        self._size -= 1

    def turn(self, seconds: float) -> Iterator[tuple[pycurl.Curl, int, str]]:
        """Wait until something happens, but no longer than so many seconds; yield the requests that ended.

        Each comes with libcurl's error and its words, ``E_OK`` where nothing was wrong.
        """
        if seconds > 0:
            self._wait(seconds)
        self.go()
        return self._ended()

    def go(self) -> None:
        """Do what is due by now, such as to send the requests that were added."""
        self._multi.perform()

    def close(self) -> None:
        """Close all connections.

        libcurl waits for all look-ups of names that it began, and some hang; nobody else waits for more than a moment.
        """
        closing = Thread(target=self._multi.close, daemon=True)
        closing.start()
        closing.join(_MOMENT)

    def _wait(self, seconds: float) -> None:
        """Wait, no longer than libcurl wants to, and for a moment only where it does not see all of its sockets."""
        due = self._multi.timeout()
        patience = seconds if due == _NEVER else min(seconds, due / 1000)
        reading, writing, _ = self._multi.fdset()
        watched = len({*reading, *writing})
        if watched < self._size:
            patience = min(patience, _BLIND_SECONDS)
        if watched:
            self._multi.select(patience)
        else:  # it would not wait at all
            sleep(patience)

    def _ended(self) -> Iterator[tuple[pycurl.Curl, int, str]]:
        left = True
        while left:
            left, done, failed = self._multi.info_read()
            yield from ((handle, pycurl.E_OK, "") for handle in done)
            yield from failed
