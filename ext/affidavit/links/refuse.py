"""Which addresses a link check is not to be turned against: all that are not of the open web. Pure.

Whoever writes a page decides what the machine that builds it asks, and so does every server that redirects.
Behind these addresses stand services that trust whoever reaches them. Names alone show little: the address
counts that a connection would be opened to.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from msgspec import Struct

from affidavit.model.settings import Allowed, Network

Number = IPv4Address | IPv6Address

_NOTHING_ALLOWED = Allowed()

_NAT64 = IPv6Network("64:ff9b::/96")
"""How the IPv4 web is seen from a network that has IPv6 alone (RFC 6052)."""


class Block(Struct, frozen=True):
    """Addresses that are refused: ``kind`` is what each of them is, with its article; ``source`` says who says so."""

    network: Network
    kind: str
    source: str


_METADATA = "the metadata service of a cloud"
_LOOPBACK = "a loopback address"
_PRIVATE = "a private address"
_LINK_LOCAL = "a link-local address"
_MULTICAST = "a multicast address"
_UNSPECIFIED = "an unspecified address"
_CARRIER = "an address inside a carrier's network"
_BENCHMARK = "an address for benchmarks"
_EXAMPLE = "an address for examples"
_TUNNEL = "an address of a tunnel"
_RESERVED = "a reserved address"


def _block(network: str, kind: str, source: str) -> Block:
    return Block(ip_network(network), kind, source)


BLOCKS = (
    _block("168.63.129.16/32", _METADATA, "Azure; it is in the midst of public addresses"),
    _block("169.254.169.254/32", _METADATA, "AWS, Azure, Google, OpenStack and others"),
    _block("169.254.170.2/32", _METADATA, "AWS, of containers"),
    _block("169.254.170.23/32", _METADATA, "AWS, of containers"),
    _block("100.100.100.200/32", _METADATA, "Alibaba"),
    _block("fd00:ec2::23/128", _METADATA, "AWS, of containers"),
    _block("fd00:ec2::254/128", _METADATA, "AWS"),
    _block("fd20:ce::254/128", _METADATA, "Google"),
    _block("0.0.0.0/8", _UNSPECIFIED, "RFC 791; systems take 0.0.0.0 for loopback"),
    _block("10.0.0.0/8", _PRIVATE, "RFC 1918"),
    _block("100.64.0.0/10", _CARRIER, "RFC 6598"),
    _block("127.0.0.0/8", _LOOPBACK, "RFC 1122"),
    _block("169.254.0.0/16", _LINK_LOCAL, "RFC 3927"),
    _block("172.16.0.0/12", _PRIVATE, "RFC 1918"),
    _block("192.0.0.0/24", _RESERVED, "RFC 6890"),
    _block("192.0.2.0/24", _EXAMPLE, "RFC 5737"),
    _block("192.88.99.0/24", _TUNNEL, "RFC 7526"),
    _block("192.168.0.0/16", _PRIVATE, "RFC 1918"),
    _block("198.18.0.0/15", _BENCHMARK, "RFC 2544"),
    _block("198.51.100.0/24", _EXAMPLE, "RFC 5737"),
    _block("203.0.113.0/24", _EXAMPLE, "RFC 5737"),
    _block("224.0.0.0/4", _MULTICAST, "RFC 5771"),
    _block("240.0.0.0/4", _RESERVED, "RFC 1112; the last is broadcast"),
    _block("::/128", _UNSPECIFIED, "RFC 4291; systems take it for loopback"),
    _block("::1/128", _LOOPBACK, "RFC 4291"),
    _block("2001::/32", _TUNNEL, "RFC 4380, Teredo"),
    _block("2001:2::/48", _BENCHMARK, "RFC 5180"),
    _block("2001::/23", _RESERVED, "RFC 2928"),
    _block("2001:db8::/32", _EXAMPLE, "RFC 3849"),
    _block("2002::/16", _TUNNEL, "RFC 3056, 6to4; the IPv4 address inside may be any"),
    _block("3fff::/20", _EXAMPLE, "RFC 9637"),
    _block("fc00::/7", _PRIVATE, "RFC 4193, unique local"),
    _block("fe80::/10", _LINK_LOCAL, "RFC 4291"),
    _block("fec0::/10", _PRIVATE, "RFC 3879, site-local"),
    _block("ff00::/8", _MULTICAST, "RFC 4291"),
    _block("::/3", _RESERVED, "RFC 4291: all public addresses are in 2000::/3; some here hold an IPv4 address"),
    _block("4000::/2", _RESERVED, "RFC 4291"),
    _block("8000::/1", _RESERVED, "RFC 4291"),
)
"""What is refused. The first row that fits names the kind; an address that none fits is of the open web."""


def refused_host(host: str, allowed: Allowed) -> str:
    """Return why a host must not be asked, as far as the host of a URL shows it; empty where it does not.

    ``host`` is as :func:`~affidavit.links.host.read_host` returns it: in the form of a number it is plain, and
    of all names one is known beforehand, which each machine has for itself (RFC 6761, 6.3).
    """
    if is_allowed(host, allowed):
        return ""
    name = host.removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return told(host, [refused("127.0.0.1", allowed)])
    number = name.strip("[]")
    return told(host, [refused(number, allowed)]) if _is_number(number) else ""


def is_near(host: str, allowed: Allowed) -> bool:
    """Return whether a host is of the own network, and not of the open web, as its number or the settings say."""
    return host.removesuffix(".") in allowed.hosts or bool(refused_host(host, _NOTHING_ALLOWED))


def is_allowed(host: str, allowed: Allowed) -> bool:
    """Return whether the settings allow a host, whatever its addresses are."""
    return allowed.everything or host.removesuffix(".") in allowed.hosts


def refused(number: str, allowed: Allowed) -> str:
    """Return what an address is, if that is a reason not to connect to it; empty where it may be asked."""
    address = ip_address(number)
    in_use = {address, _inner(address)}
    if any(each in network for each in in_use for network in allowed.networks):
        return ""
    return _kind(_inner(address))


def told(host: str, kinds: Iterable[str]) -> str:
    """Return what is known of a host's addresses as a clause; empty where there is nothing against them.

    A name's addresses themselves are left out: whoever writes a link could read from a published report how a
    private network is laid out, and they may come in another order each time.
    """
    known = sorted(filter(None, set(kinds)))
    if not known:
        return ""
    return f"{host} {'is' if _is_number(host.strip('[]')) else 'leads to'} {' and '.join(known)}"


def _inner(address: Number) -> Number:
    """Return the IPv4 address that a connection to an IPv6 address ends at, else the address itself."""
    match address:
        case IPv4Address():
            return address
        case IPv6Address():
            if address.ipv4_mapped:
                return address.ipv4_mapped
            return IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else address


@lru_cache(maxsize=4096)
def _kind(address: Number) -> str:
    """Return the kind of an address; kept, as a host's is asked for with each of its URLs."""
    return next((block.kind for block in BLOCKS if address in block.network), "")


def _is_number(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
