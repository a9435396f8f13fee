"""One URL on its way to a status: what libcurl is told, and what its answer is read as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pycurl

from affidavit.links.address import Address
from affidavit.links.gate import Gate
from affidavit.links.proxies import Proxies
from affidavit.links.redirect import target
from affidavit.links.refuse import refused_host
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable
from affidavit.model.settings import Allowed

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that browsers follow; libcurl would follow any 3xx that has a ``Location``."""

_ENDED_WELL = frozenset({pycurl.E_OK, pycurl.E_WRITE_ERROR})
"""A write error is our own doing: the body is refused, as only the status matters."""

_PROXY_ERROR, _HTTP2_STREAM_ERROR, _TOO_LARGE_ERROR = 97, 92, 100
"""Error codes of libcurl (``curl/curl.h``) for which pycurl has no name."""

_TROUBLES = {
    pycurl.E_UNSUPPORTED_PROTOCOL: Trouble.GARBLED,  # HTTP/0.9, as anything reads that is no HTTP at all
    pycurl.E_URL_MALFORMAT: Trouble.URL_UNUSABLE,
    pycurl.E_COULDNT_RESOLVE_PROXY: Trouble.PROXY_FAILED,
    pycurl.E_COULDNT_RESOLVE_HOST: Trouble.NAME_UNKNOWN,
    pycurl.E_COULDNT_CONNECT: Trouble.NOT_CONNECTED,
    pycurl.E_FTP_WEIRD_SERVER_REPLY: Trouble.GARBLED,
    pycurl.E_HTTP2: Trouble.GARBLED,
    pycurl.E_PARTIAL_FILE: Trouble.CUT_OFF,
    pycurl.E_SSL_CONNECT_ERROR: Trouble.TLS_FAILED,
    pycurl.E_GOT_NOTHING: Trouble.CUT_OFF,
    pycurl.E_SEND_ERROR: Trouble.CUT_OFF,
    pycurl.E_RECV_ERROR: Trouble.CUT_OFF,
    pycurl.E_SSL_CIPHER: Trouble.TLS_FAILED,
    pycurl.E_SSL_CACERT_BADFILE: Trouble.NO_AUTHORITIES,
    _HTTP2_STREAM_ERROR: Trouble.GARBLED,
    _PROXY_ERROR: Trouble.PROXY_FAILED,
    _TOO_LARGE_ERROR: Trouble.GARBLED,
}

_CERTIFICATE_FAULTS = frozenset({1, 9, 10, 18, 23})
"""Verify results of OpenSSL that no other list of authorities would change: not yet valid, expired, self-signed,
revoked; 1 is what libcurl leaves where the host name is wrong already. All others may come from what this
machine knows (X509_STORE_CTX_get_error(3))."""

_TIMES = re.compile(r" after \d+ (?:ms|milliseconds)| with (?:\d+ out of )?\d+ bytes received")


@dataclass(frozen=True, slots=True)
class Asking:
    """How every URL of a run is asked; ``resolve`` is that of :class:`~affidavit.links.probe.CurlProbe`.

    ``allowed`` is what may be asked besides the open web.
    """

    user_agent: str
    connect_seconds: float
    total_seconds: float
    redirects: int
    authorities: Path | None
    resolve: Mapping[str, str]
    proxies: Proxies
    allowed: Allowed


class Chase:
    """The requests that one URL takes: it and what it redirects to, on one handle, which keeps their cookies."""

    def __init__(self, address: Address, asking: Asking) -> None:
        self.address = address
        self.handle = _new_handle(asking)
        self._asking = asking
        self._gate = Gate(asking.allowed)
        self._at = address
        self._redirects = 0
        self._location = b""
        self._ends = monotonic() + asking.total_seconds
        self.handle.setopt(pycurl.HEADERFUNCTION, self._note)

    def begin(self) -> Observation | None:
        """Make ready for the first request; ``None`` means that the handle is to be run."""
        return self._aim()

    def advance(self, error: int, words: str) -> Observation | None:
        """Take note of the end of a request; ``None`` means that the handle is to be run once more.

        ``error`` and ``words`` are libcurl's, ``pycurl.E_OK`` where nothing was wrong.
        """
        if error not in _ENDED_WELL:
            return self._broken_off(error, words)
        status = self.handle.getinfo(pycurl.RESPONSE_CODE)
        if status in _REDIRECTS and self._location:
            return self._redirected(self._location)
        if not status:
            return self.failed(Trouble.GARBLED, "no status")
        return Answered(self.address.request, self._at.request, status, self._redirects)

    def _broken_off(self, error: int, words: str) -> Unreachable:
        if error == pycurl.E_COULDNT_CONNECT and self._gate.refused:
            return self.failed(Trouble.ADDRESS_REFUSED, self._gate.refused)
        if error == pycurl.E_COULDNT_CONNECT and self._gate.known:
            return self.failed(Trouble.NOT_CONNECTED, _TIMES.sub("", words))
        return self.failed(_kind(self.handle, error, self._asking), _TIMES.sub("", words))

    def failed(self, kind: Trouble, words: str) -> Unreachable:
        """Return the observation that no status will come."""
        return Unreachable(self.address.request, self._at.request, kind, words)

    def _redirected(self, location: bytes) -> Observation | None:
        """Follow a redirect.

        libcurl could do so itself, but it would not encode host names in other scripts, and would read the
        body of the redirect, be it endless.
        """
        to = target(self._at, location)
        if not isinstance(to, Address):
            return self.failed(Trouble.REDIRECT_UNUSABLE, f"redirected to {location.decode('latin-1')!a:.200}")
        if self._redirects == self._asking.redirects:
            return self.failed(Trouble.TOO_MANY_REDIRECTS, f"{self._redirects} redirects, and one more")
        self._at = to
        self._redirects += 1
        return self._aim()

    def _aim(self) -> Observation | None:
        """Make ready for a request, unless the address alone shows that nobody is to be asked.

        Through a proxy nothing else can show it: the connection is to the proxy, which looks up names itself.
        """
        refused = refused_host(self._at.host, self._asking.allowed)
        if refused:
            return self.failed(Trouble.ADDRESS_REFUSED, refused)
        proxy = self._asking.proxies.of(self._at)
        self._gate.aim(self._at.host)
        self.handle.setopt(pycurl.OPENSOCKETFUNCTION, None if proxy else self._gate.open)
        self.handle.setopt(pycurl.PROXY, proxy.encode("utf-8", "surrogateescape"))
        self.handle.setopt(pycurl.URL, self._at.request)
        self.handle.setopt(pycurl.TIMEOUT_MS, max(1, round(1000 * (self._ends - monotonic()))))
        return None

    def _note(self, line: bytes) -> None:
        """Keep ``Location``; libcurl would tell where it leads, but not where the body is refused."""
        name, _, value = line.partition(b":")
        if name.startswith(b"HTTP/"):  # a proxy, and 103 Early Hints, send heads of their own before the last one
            self._location = b""
        elif name.lower() == b"location":
            self._location = value


def _new_handle(asking: Asking) -> pycurl.Curl:
    handle = pycurl.Curl()
    handle.setopt(pycurl.NOSIGNAL, 1)
    handle.setopt(pycurl.NOPROXY, "")  # of the two, PROXY alone decides, whatever the environment says
    handle.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    handle.setopt(pycurl.USERAGENT, asking.user_agent)
    handle.setopt(pycurl.CONNECTTIMEOUT_MS, max(1, round(1000 * asking.connect_seconds)))
    handle.setopt(pycurl.COOKIEFILE, "")  # keep cookies, and read none
    handle.setopt(pycurl.WRITEFUNCTION, _refuse)
    if asking.authorities:
        handle.setopt(pycurl.CAPATH if asking.authorities.is_dir() else pycurl.CAINFO, str(asking.authorities))
    if asking.resolve:
        handle.setopt(pycurl.CONNECT_TO, [_mapped(*each) for each in asking.resolve.items()])
    return handle


def _refuse(_: bytes) -> int:
    return 0


def _mapped(asked: str, server: str) -> str:
    """Write one ``host[:port]`` and the server to ask in its place as libcurl wants it."""
    host, _, port = asked.partition(":")
    return f"{host}:{port}:{server}"


def _kind(handle: pycurl.Curl, error: int, asking: Asking) -> Trouble:
    if handle.getinfo(pycurl.HTTP_CONNECTCODE) not in (0, 200):
        return Trouble.PROXY_FAILED  # under error codes that differ from release to release of libcurl
    if error == pycurl.E_PEER_FAILED_VERIFICATION:
        return _certificate_trouble(handle, asking)
    if error == pycurl.E_OPERATION_TIMEDOUT:
        return Trouble.ANSWER_TIMEOUT if handle.getinfo(pycurl.CONNECT_TIME) else Trouble.CONNECT_TIMEOUT
    if error == pycurl.E_COULDNT_CONNECT and not handle.getinfo(pycurl.OS_ERRNO):
        return Trouble.NAME_UNKNOWN  # libcurl 8.16, of all but the first of several at once that ask for one name
    return _TROUBLES.get(error, Trouble.OTHER)


def _certificate_trouble(handle: pycurl.Curl, asking: Asking) -> Trouble:
    if not asking.authorities:
        return Trouble.NO_AUTHORITIES
    fault = handle.getinfo(pycurl.SSL_VERIFYRESULT) in _CERTIFICATE_FAULTS
    return Trouble.CERTIFICATE_INVALID if fault else Trouble.CERTIFICATE_UNVERIFIED
