"""Where a redirect leads: the value of ``Location``, read against the address that sent it. Pure."""

from __future__ import annotations

from urllib.parse import quote, urljoin

from affidavit.links.address import Address, Malformed, OtherScheme, read_address

_MOST = 8000
"""Characters; servers are to take as many (RFC 9110, 4.1), and few take more."""

_ALL_ASCII = "".join(map(chr, range(128)))


def target(at: Address, location: bytes) -> Address | OtherScheme | Malformed:
    """Return what a redirect asks for; it may be relative (RFC 9110, 10.2.2; RFC 3986, 5.2).

    Blanks, backslashes, and bytes that are no ASCII, have no place in it. Servers send them all the same, and browsers
    encode them, or read them as slashes.
    """
    text = _text(location.strip()).replace(" ", "%20").replace("\\", "/")
    if len(text) > _MOST:
        return Malformed(f"is longer than {_MOST} characters")
    try:
        return read_address(urljoin(at.request, text))
    except ValueError as wrong:
        return Malformed(f"cannot be read ({wrong})")


def _text(location: bytes) -> str:
    """Decode UTF-8, which a host name may be written in; what is in no known encoding is kept byte by byte."""
    try:
        return location.decode()
    except UnicodeDecodeError:
        return quote(location, safe=_ALL_ASCII)
