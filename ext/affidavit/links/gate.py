"""The gate that every connection passes: libcurl asks it for a socket once it knows the address, before it connects."""

from __future__ import annotations

import socket
from typing import Protocol

import pycurl

from affidavit.links.refuse import is_allowed, refused, told
from affidavit.model.settings import Allowed


class SocketAddress(Protocol):
    """What libcurl is about to connect to, as pycurl tells it; ``addr`` begins with the address as a number."""

    family: int
    socktype: int
    protocol: int
    addr: tuple[str, int]


class _Lent(socket.socket):
    """A socket of which pycurl takes a copy, and that is closed as soon as it has done so, without a warning."""

    def __del__(self) -> None:
        self.close()


class Gate:
    """Opens the sockets of one URL's requests, but none to an address that must not be asked."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self.aim("")

    def aim(self, host: str) -> None:
        """Take note of whom the next request asks, and forget the last one."""
        self._host = host
        self._refused: list[str] = []
        self.known = False
        self.opened = False

    @property
    def refused(self) -> str:
        """Return why no address of the host could be asked, in words; empty where one could, or none was there."""
        return "" if self.opened else told(self._host, self._refused)

    def open(self, _: int, address: SocketAddress) -> socket.socket | int:
        """Return a socket for an address, or libcurl's word for none; it then tries the host's next address.

        That this was asked at all shows that the host's name is ``known``.
        """
        self.known = True
        kind = self._kind(address)
        if kind:
            self._refused.append(kind)
            return _none()
        self.opened = True
        try:
            return _Lent(address.family, address.socktype, address.protocol)
        except OSError:  # no IPv6 on this machine, or no file descriptor left
            return _none()

    def _kind(self, address: SocketAddress) -> str:
        if is_allowed(self._host, self._allowed):
            return ""
        return refused(address.addr[0], self._allowed)


def _none() -> int:
    return int(pycurl.SOCKET_BAD)
