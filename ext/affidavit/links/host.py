"""Reading the host of an address: a name in any script, or the number of a machine. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import idna

_MOST_OF_A_NAME = 253
_MOST_OF_A_LABEL = 63
"""RFC 1035, 2.3.4, counted as people write names, without the bytes for lengths."""

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9_.-]")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


class Wrong(ValueError):
    """Text is no address; what it says completes the sentence "it ..."."""


@lru_cache(maxsize=1024)
def read_host(text: str) -> str:
    """Return a host as it goes over the wire: lower case, ASCII, IPv6 in brackets. Raise `Wrong` if it is none."""
    if text.startswith("["):
        return _ipv6(text[1:-1])
    if len(text) > _MOST_OF_A_NAME + 1:
        raise Wrong(f"has a host name of more than {_MOST_OF_A_NAME} characters")
    name = text.lower() if text.isascii() else _ascii(text)
    if _NUMBER.fullmatch(name.removesuffix(".").rpartition(".")[2]):
        return _ipv4(name.removesuffix("."))
    _check_name(name)
    return name


def _ipv6(text: str) -> str:
    if "%" in text:
        raise Wrong("has an IPv6 address with a zone, which means nothing on another machine")
    try:
        return f"[{IPv6Address(text)}]"
    except AddressValueError:
        raise Wrong("has brackets for its host that hold no IPv6 address") from None


def _ipv4(text: str) -> str:
    """Read a host that ends in a number: it must be four numbers, as programs differ on what shorter forms mean."""
    try:
        return str(IPv4Address(text))
    except AddressValueError:
        raise Wrong("has a host that ends in a number, but is no IPv4 address") from None


def _ascii(text: str) -> str:
    """Encode a name in another script as browsers do (Unicode TS 46, then RFC 3492).

    Not ``idna.encode``: it holds to the stricter RFC 5891, and refuses names such as emoji that are
    registered and that browsers open.
    """
    try:
        mapped = idna.uts46_remap(text, std3_rules=False)
    except idna.IDNAError:
        raise Wrong("has a character in its host name that no host name may have") from None
    return ".".join(map(_ascii_label, mapped.split(".")))


def _ascii_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _check_name(name: str) -> None:
    labels = name.removesuffix(".").split(".")
    strange = _NOT_IN_A_NAME.search(name)
    if not name.strip("."):
        raise Wrong("names no host")
    if strange:
        raise Wrong(f"has the character {strange[0]} in its host name")
    if not all(labels):
        raise Wrong("has two dots without a name between them in its host name, or begins it with a dot")
    if len(name.removesuffix(".")) > _MOST_OF_A_NAME:
        raise Wrong(f"has a host name of more than {_MOST_OF_A_NAME} characters")
    if max(map(len, labels)) > _MOST_OF_A_LABEL:
        raise Wrong(f"has more than {_MOST_OF_A_LABEL} characters between two dots of its host name")
