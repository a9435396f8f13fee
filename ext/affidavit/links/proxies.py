"""Through which proxy an address is asked, if any. Pure.

libcurl reads the same variables, but does not say beforehand what it makes of them. It must be known: the
address that a connection is opened to is the proxy's then, and no word on the host that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address, ip_network

from msgspec import Struct

from affidavit.links.address import Address

_BETWEEN = re.compile(r"[,\s]+")


class Proxies(Struct, frozen=True):
    """The proxies of an environment, empty where there is none, and the hosts that are asked without."""

    http: str = ""
    https: str = ""
    without: tuple[str, ...] = ()

    def of(self, address: Address) -> str:
        """Return the proxy to ask an address through, as the environment has it; empty means directly."""
        if not (self.http or self.https) or any(_fits(entry, address.host) for entry in self.without):
            return ""
        return self.http if address.scheme == "http" else self.https


def read_proxies(environ: Mapping[str, str]) -> Proxies:
    """Read the variables that libcurl and curl go by, with their meaning (curl(1), "ENVIRONMENT").

    ``HTTP_PROXY`` in capitals is not heeded: a web server sets it from what a client sends (CVE-2016-5385).
    """
    every = ("all_proxy", "ALL_PROXY")
    return Proxies(
        http=_first(environ, "http_proxy", *every),
        https=_first(environ, "https_proxy", "HTTPS_PROXY", *every),
        without=tuple(filter(None, _BETWEEN.split(_first(environ, "no_proxy", "NO_PROXY").lower()))),
    )


def _first(environ: Mapping[str, str], *names: str) -> str:
    return next((environ[name] for name in names if environ.get(name)), "")


def _fits(entry: str, host: str) -> bool:
    """Tell whether an entry of ``no_proxy`` means a host: all of them, a domain with what is below it, or numbers."""
    name, domain = host.removesuffix("."), entry.strip(".")
    if entry == "*" or (domain and f".{name}".endswith(f".{domain}")):
        return True
    try:
        return ip_address(host.strip("[]")) in ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        return False
