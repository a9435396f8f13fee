"""What libcurl is told: once for each handle, for each manner of asking, and for each request."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePath

import pycurl
from msgspec import Struct

from affidavit.links.limits import Limits
from affidavit.links.manner import Manner
from affidavit.links.proxies import Proxies
from affidavit.model.settings import Allowed

_QUICK_EXIT = 322
"""An option of libcurl (``curl/curl.h``) for which pycurl has no name: not to wait for a look-up that hangs."""

_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
_ALL_THAT_LIBCURL_CAN = ""
_LONGEST = 10**6
"""Seconds; libcurl takes no time without end."""

_BUFFER = 2**17
"""Bytes; a usual page then comes in one read."""

_FOR_EVER = -1
"""How long addresses of hosts are kept: to the end of the run. Else libcurl looks through those of all hosts with each
request, for such as it has kept for too long."""


class Asking(Struct, frozen=True):
    """How every URL of a run is asked; ``resolve`` is that of :class:`~affidavit.links.probe.CurlProbe`.

    ``allowed`` is what may be asked besides the open web.
    """

    user_agent: str
    limits: Limits
    authorities: Path | None
    resolve: Mapping[str, str]
    proxies: Proxies
    allowed: Allowed


def new_handle(asking: Asking) -> pycurl.Curl:
    """Return a handle with all that is the same for every request of a run."""
    handle = pycurl.Curl()
    handle.setopt(pycurl.NOSIGNAL, 1)
    handle.setopt(pycurl.NOPROXY, "")  # of the two, PROXY alone decides, whatever the environment says
    handle.setopt(pycurl.PROXY, "")
    handle.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    handle.setopt(pycurl.USERAGENT, asking.user_agent.encode())
    handle.setopt(pycurl.CONNECTTIMEOUT_MS, milliseconds(asking.limits.connect_seconds))
    handle.setopt(pycurl.COOKIEFILE, "")  # keep cookies, and read none
    handle.setopt(pycurl.ACCEPT_ENCODING, _ALL_THAT_LIBCURL_CAN)
    handle.setopt(pycurl.BUFFERSIZE, _BUFFER)
    handle.setopt(_QUICK_EXIT, 1)
    with suppress(pycurl.error):  # libcurl 8.16 takes its own word for this for a mistake
        handle.setopt(pycurl.DNS_CACHE_TIMEOUT, _FOR_EVER)
    if asking.resolve:
        handle.setopt(pycurl.CONNECT_TO, [_mapped(*each) for each in asking.resolve.items()])
    return handle


def set_manner(handle: pycurl.Curl, manner: Manner, asking: Asking) -> None:
    """Make a handle ask in a manner, whichever it asked in before."""
    handle.setopt(pycurl.HTTPHEADER, [line.encode() for line in _lines(manner)])
    handle.setopt(pycurl.SSL_VERIFYPEER, int(manner.verify))
    handle.setopt(pycurl.SSL_VERIFYHOST, 2 if manner.verify else 0)
    handle.setopt(pycurl.LOW_SPEED_LIMIT, int(manner.silence > 0))
    handle.setopt(pycurl.LOW_SPEED_TIME, manner.silence)
    _set_login(handle, manner)
    _set_authorities(handle, manner.authorities or asking.authorities)


def milliseconds(seconds: float) -> int:
    """Return a time as libcurl takes it, where 0 would mean no bound."""
    return max(1, round(1000 * min(seconds, _LONGEST)))


def _set_login(handle: pycurl.Curl, manner: Manner) -> None:
    if manner.login:
        handle.setopt(pycurl.HTTPAUTH, pycurl.HTTPAUTH_DIGEST if manner.digest else pycurl.HTTPAUTH_BASIC)
        handle.setopt(pycurl.USERPWD, manner.login.encode())
    else:
        handle.setopt(pycurl.HTTPAUTH, pycurl.HTTPAUTH_BASIC)  # of URLs that have a name and a password in them
        handle.unsetopt(pycurl.USERPWD)


def _set_authorities(handle: pycurl.Curl, authorities: PurePath | None) -> None:
    """Name a file or a folder, and not both: libcurl would take what it finds in either."""
    handle.unsetopt(pycurl.CAINFO)
    handle.unsetopt(pycurl.CAPATH)
    if authorities:
        handle.setopt(pycurl.CAPATH if Path(authorities).is_dir() else pycurl.CAINFO, os.fsencode(authorities))


def _lines(manner: Manner) -> Iterator[str]:
    names = {name.lower() for name, _ in manner.headers}
    if "accept" not in names:
        yield f"Accept: {_ACCEPT}"
    for name, value in manner.headers:
        yield f"{name}: {value}" if value else f"{name};"  # as libcurl wants a field that is there and empty
    if manner.authorization and "authorization" not in names:
        yield f"Authorization: {manner.authorization}"


def _mapped(asked: str, server: str) -> str:
    """Write one ``host[:port]`` and the server to ask in its place as libcurl wants it."""
    host, _, port = asked.partition(":")
    return f"{host}:{port}:{server}"
