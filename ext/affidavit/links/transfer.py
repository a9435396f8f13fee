"""One request after the other on one handle: what libcurl is told of each, and what comes of it."""

from __future__ import annotations

from functools import partial
from time import time

import pycurl

from affidavit.links.address import Address
from affidavit.links.body import Body, Held
from affidavit.links.chase import Chase
from affidavit.links.gate import Gate
from affidavit.links.head import END_OF_HEAD, ends, read_head
from affidavit.links.manner import Manner
from affidavit.links.options import Asking, milliseconds, new_handle, set_manner
from affidavit.links.outcome import Came, Failed, Outcome
from affidavit.links.proxies import Proxies
from affidavit.links.seen import Trouble
from affidavit.links.troubles import trouble, without_times

_ALL_COOKIES = "ALL"
_PROXIED = "by way of the proxy that the environment names"

_NOT_UNPACKED = frozenset({pycurl.E_BAD_CONTENT_ENCODING, pycurl.E_WRITE_ERROR})
"""What libcurl says of a body that is not packed as its head says: the first of gzip, the second of brotli."""

_MOST_LINES = 1000
"""Lines of all heads of an answer; libcurl has a bound for their length alone."""

_TOO_LARGE = "Too large response headers"
"""How libcurl's words begin for heads beyond that bound, under the error code of a broken connection."""

_NO_END = f"more than {_MOST_LINES} lines, or 300 kB"

_UNREAD = 2**15
"""Bytes of a body that are only kept, as nothing would be won by reading them sooner. All requests that are under way
may hold so many, and as many of those that have ended, and are not read yet."""


class Transfer:
    """A handle that asks one URL after the other. Nothing passes from one to the next but the connections."""

    chase: Chase

    def __init__(self, asking: Asking, held: Held) -> None:
        self.handle = new_handle(asking)
        self.idled = False
        self._asking = asking
        self._held = held
        self._lines: list[bytes] = []
        self._pieces: list[bytes] = []
        self._size = 0
        self._body: Body | None = None
        self._wrong: Exception | None = None
        self._gate = Gate(asking.allowed)
        self._is_proxied = asking.proxies != Proxies()
        self._manner: Manner | None = None
        self._proxy = ""
        self._timeout = 0
        self._waits = False
        self.handle.setopt(pycurl.HEADERFUNCTION, self._note)
        self.handle.setopt(pycurl.WRITEFUNCTION, self._take)
        self.handle.setopt(pycurl.OPENSOCKETFUNCTION, self._gate.open)

    @property
    def is_idle(self) -> bool:
        """Return whether what still comes is of no use, as far as what came shows."""
        if self._body is None and self._pieces:
            self._begin()
        return self._body is not None and self._body.idle

    @property
    def is_spent(self) -> bool:
        """Return whether the handle keeps what it must not: libcurl 8.16 takes a Digest login on to the next host."""
        return self._manner is not None and self._manner.digest

    def aim(self, chase: Chase, manner: Manner) -> None:
        """Make ready to ask for what a chase has come to."""
        self.chase = chase
        self.idled = False
        self._body = None
        self._size = 0
        self._pieces.clear()
        self._lines.clear()
        self._gate.aim(chase.at.host)
        if manner is not self._manner and manner != self._manner:
            set_manner(self.handle, manner, self._asking)
        self._manner = manner
        self._set_way(chase.at)
        self._set_time(min(manner.timeout or self._asking.limits.request_seconds, chase.left))
        for cookie in chase.cookies:
            self.handle.setopt(pycurl.COOKIELIST, cookie)
        self.handle.setopt(pycurl.URL, chase.at.request)

    def ended(self, error: int, words: str) -> Outcome:
        """Return what became of the request.

        ``error`` and ``words`` are libcurl's, ``E_OK`` where nothing was wrong.
        """
        if self._wrong:
            raise self._wrong
        # As bytes: a cookie may be in any encoding, or none.
        self.chase.cookies = tuple(self.handle.getinfo_raw(pycurl.INFO_COOKIELIST))
        if self.chase.cookies:
            self.handle.setopt(pycurl.COOKIELIST, _ALL_COOKIES)
        return self._came(error) or self._failed(error, words)

    def close(self) -> None:
        """Give the handle back."""
        self.handle.close()

    def _came(self, error: int) -> Outcome | None:
        """Return what came, ``None`` where that is not enough: a head, and a page at least begun if there is one."""
        wanted = error == pycurl.E_OK or self.is_idle
        if not wanted and not self._says_enough(error):
            return None
        body = self._body or self._begin()
        if not body.head.status:
            return Failed(Trouble.GARBLED, "no status")
        if not self._size and not ends(self._lines):  # libcurl takes the end of a connection for the end of a head
            return Failed(Trouble.CUT_OFF, "the head did not end")
        getinfo = self.handle.getinfo
        seconds = getinfo(pycurl.STARTTRANSFER_TIME) - getinfo(pycurl.PRETRANSFER_TIME)
        read = partial(body.seen, ended=error == pycurl.E_OK)
        return Came(body.head, read, seconds, cut=not wanted and error != pycurl.E_OPERATION_TIMEDOUT)

    def _says_enough(self, error: int) -> bool:
        """Tell whether what came says something although it broke off: a part of the page, or where the page is."""
        if self._size:
            return True
        if not self._lines or self._lines[-1] not in END_OF_HEAD:
            return False
        return error in _NOT_UNPACKED or read_head(self._lines, 0).redirects

    def _begin(self) -> Body:
        """Begin to read the body with what was kept of it."""
        head = read_head(self._lines, time())
        self._body = body = Body(head, self.chase.marks, self._held, b"".join(self._pieces))
        return body

    def _take(self, piece: bytes) -> int | None:
        """Take in what libcurl read of a body; 0 breaks it off."""
        self._size += len(piece)
        if self._size <= _UNREAD and self._body is None:
            self._pieces.append(piece)
            return None
        try:
            body = self._body or self._begin()
            if body.take(piece):
                return None
        except Exception as wrong:  # noqa: BLE001 -- pycurl would print it and go on; `ended` raises it
            self._wrong = wrong
        return 0

    def _note(self, line: bytes) -> int | None:
        """Take in a line of a head; 0 breaks off what has no end of them."""
        if len(self._lines) >= _MOST_LINES:
            return 0
        self._lines.append(line)
        return None

    def _failed(self, error: int, words: str) -> Failed:
        if error == pycurl.E_COULDNT_CONNECT and self._gate.refused:
            return Failed(Trouble.ADDRESS_REFUSED, self._gate.refused)
        if words.startswith(_TOO_LARGE) or (error == pycurl.E_WRITE_ERROR and len(self._lines) >= _MOST_LINES):
            return Failed(Trouble.HEAD_TOO_LARGE, _NO_END)
        if self._proxy:  # libcurl repeats what is wrong with one, and there may be a password in it
            words = _PROXIED
        trusts = bool(self._asking.authorities or (self._manner and self._manner.authorities))
        kind = trouble(self.handle, error, known=self._gate.known, trusts=trusts, proxied=bool(self._proxy))
        # Some servers send a body where there must be none, and whoever uses their connection next meets that.
        left = kind is Trouble.GARBLED and not self.handle.getinfo(pycurl.NUM_CONNECTS)
        return Failed(kind, without_times(words), left)

    def _set_way(self, at: Address) -> None:
        """Choose the way to a server: straight and through the gate, or through a proxy."""
        proxy = self._asking.proxies.of(at) if self._is_proxied else ""
        if proxy != self._proxy:
            self.handle.setopt(pycurl.OPENSOCKETFUNCTION, None if proxy else self._gate.open)
            self.handle.setopt(pycurl.PROXY, proxy.encode("utf-8", "surrogateescape"))
            self._proxy = proxy
        if (at.scheme == "https") is not self._waits:
            self._waits = at.scheme == "https"
            self.handle.setopt(pycurl.PIPEWAIT, int(self._waits))

    def _set_time(self, seconds: float) -> None:
        timeout = milliseconds(seconds)
        if timeout != self._timeout:
            self.handle.setopt(pycurl.TIMEOUT_MS, timeout)
            self._timeout = timeout
