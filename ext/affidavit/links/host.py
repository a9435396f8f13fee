"""Reading the host of an address: a name in any script, or the number of a machine. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote

import idna

_MOST_OF_A_NAME = 253
_MOST_OF_A_LABEL = 63
"""RFC 1035, 2.3.4, counted as people write names, without the bytes for lengths."""

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9_.-]")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_MOST_PARTS = 4
_BYTE = 256
_MOST_DIGITS = 64
"""No IPv4 address needs as many, and Python refuses to read numbers of thousands."""


class Wrong(ValueError):
    """Text is no address; what it says completes the sentence "it ..."."""


@lru_cache(maxsize=1024)
def read_host(text: str) -> str:
    """Return a host as it goes over the wire: lower case, ASCII, IPv6 in brackets. Raise `Wrong` if it is none.

    It is read as browsers do (https://url.spec.whatwg.org/#host-parsing): whoever looks at a number, to decide whether
    it may be asked, must see the one that they would connect to.
    """
    if text.startswith("["):
        return _ipv6(text[1:-1])
    text = _decoded(text)
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
    """Read a host that ends in a number: one to four numbers, of which the last stands for all bytes that are left."""
    parts = text.split(".")
    try:
        *bytes_, rest = map(_part, parts)
    except ValueError:
        raise Wrong(_NO_IPV4) from None
    left = _MOST_PARTS - len(bytes_)
    if left < 1 or max(bytes_, default=0) >= _BYTE or rest >= _BYTE**left:
        raise Wrong(_NO_IPV4)
    return str(IPv4Address(bytes(bytes_) + rest.to_bytes(left, "big")))


_NO_IPV4 = "has a host that ends in a number, but is no IPv4 address"


def _part(text: str) -> int:
    """Read a number: one with 0x before it has the base 16, another one with 0 before it the base 8."""
    if not _NUMBER.fullmatch(text) or len(text) > _MOST_DIGITS:
        raise ValueError(text)
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def _decoded(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise Wrong("has percent signs in its host name that stand for no text") from None


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
        shown = strange[0] if "!" <= strange[0] <= "~" else f"U+{ord(strange[0]):04X}"
        raise Wrong(f"has the character {shown} in its host name")
    if not all(labels):
        raise Wrong("has two dots without a name between them in its host name, or begins it with a dot")
    if len(name.removesuffix(".")) > _MOST_OF_A_NAME:
        raise Wrong(f"has a host name of more than {_MOST_OF_A_NAME} characters")
    if max(map(len, labels)) > _MOST_OF_A_LABEL:
        raise Wrong(f"has more than {_MOST_OF_A_LABEL} characters between two dots of its host name")
