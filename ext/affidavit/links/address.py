"""Reading the address of a link: what it is made of, or why nobody could ask it. Pure.

The rules are those of RFC 3986 (URLs) and RFC 3987 (IRIs: addresses in any script), narrowed to what
both browsers and libcurl understand alike. The standard library's ``urlsplit`` will not do: it drops
line breaks in silence and lets empty labels and blanks pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from msgspec import Struct

from affidavit.links.host import Wrong, read_host

DEFAULT_PORTS = {"http": 80, "https": 443}
"""The schemes that every reader can open, with the port that each stands for."""

_MOST = 100_000
"""Characters; beyond what browsers open, and well below what libcurl takes when each is percent-encoded."""

_USUAL = 500
"""Characters; longer addresses are rare, and are not kept."""

_BEHIND_SCHEME = len("https://")
"""Where the next slash is that of the path, also behind ``http://``."""

_PARTS = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?P<authority>[^/?#]*))?"
    r"(?P<target>[^#]*)(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
_ORIGIN = re.compile(r"(https?)://([A-Za-z0-9.-]+)(?::([0-9]+))?")
_TARGET = re.compile(r"/[A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]*")
"""What nearly all addresses are made of: nothing is to be refused, encoded or guessed in it, but the host and port."""

_PORT = re.compile(r"0*([0-9]{1,5})")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_ENCODED = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*")
_LOGIN = re.compile(r"(?<![^\s'\"(])(https?://)[^\s/?#]*@", re.IGNORECASE)
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_PLAIN = re.compile(r"[!-\[\]-~]*")
"""Visible ASCII characters but for the backslash: what nearly all addresses are made of."""

_JOINERS = "\u200c\u200d"
"""Invisible, but a part of words in Persian and in the scripts of India."""


class Address(Struct, frozen=True):
    """A well-formed http(s) address; all parts are ASCII, as they go over the wire.

    ``user`` is empty or ends in ``@``; ``target`` is path and query and begins with ``/``. ``request`` is the URL to
    ask: all but the fragment, which no server ever sees (RFC 9110, 4.2.5).
    """

    scheme: str
    user: str
    host: str
    port: int
    target: str
    fragment: str
    request: str

    @property
    def identity(self) -> str:
        """Return the URL by which two spellings of one address are known to be the same (RFC 3986, 6.2.2, 6.2.3).

        The fragment belongs to it: two terms may well be explained by two anchors of one page.
        """
        fragment = f"#{self.fragment}" if self.fragment else ""
        return _ESCAPE.sub(_settled, self.request + fragment)

    @property
    def usual(self) -> bool:
        """Return whether the port is the one that the scheme stands for."""
        return self.port == DEFAULT_PORTS[self.scheme]


class OtherScheme(Struct, frozen=True):
    """An address that is neither http nor https, such as ``mailto:``."""

    scheme: str


class Malformed(Struct, frozen=True):
    """Text that is no address; ``reason`` completes the sentence "... is no address: it ..."."""

    reason: str


def without_login(url: str) -> str:
    """Return a URL as reports may show it: a server that redirects may name a login that is nobody else's concern."""
    return _LOGIN.sub(r"\1***@", url) if "@" in url else url


def read_address(text: str) -> Address | OtherScheme | Malformed:
    """Read any text as the address of a link; nothing raises."""
    return _known(text) if len(text) < _USUAL else _tried(_read_any, text)


def usual_request(text: str) -> str:
    """Return what is asked for the address of a page; empty unless it is as nearly all are, and nothing of it unusual.

    It takes less time than :func:`read_address`, and is not kept.
    """
    end = text.find("/", _BEHIND_SCHEME)
    if end < 0 or not _TARGET.fullmatch(text, end) or len(text) >= _USUAL:
        return ""
    origin = text[:end]
    start = _usual_start(origin)
    return text if start == origin else start and start + text[end:]


@lru_cache(maxsize=2**15)
def _known(text: str) -> Address | OtherScheme | Malformed:
    """Read an address once: each step of a check needs its parts anew."""
    return _tried(_read, text)


def _tried(read: Callable[[str], Address | OtherScheme], text: str) -> Address | OtherScheme | Malformed:
    try:
        return read(text)
    except Wrong as wrong:
        return Malformed(str(wrong))


def _read(text: str) -> Address | OtherScheme:
    """Read an address; of most, only what stands behind the host is not known from one before."""
    end = text.find("/", _BEHIND_SCHEME)
    origin = _origin(text[:end]) if end > 0 else None
    target, _, fragment = text[end:].partition("#")
    if origin and _TARGET.fullmatch(target) and (not fragment or _ENCODED.fullmatch(fragment)):
        scheme, host, port, start = origin
        is_whole = len(start) + len(target) == len(text) and text.startswith(start)
        return Address(scheme, "", host, port, target, fragment, text if is_whole else start + target)
    return _read_any(text)


@lru_cache(maxsize=1024)
def _usual_start(text: str) -> str:
    """Return how a request begins to what stands before the path; empty where that is not as usual."""
    try:
        origin = _origin(text)
    except Wrong:
        return ""
    return origin[3] if origin else ""


@lru_cache(maxsize=1024)
def _origin(text: str) -> tuple[str, str, int, str] | None:
    """Return scheme, host, port, and how a request begins; ``None`` where that is not as usual."""
    common = _ORIGIN.fullmatch(text)
    if not common:
        return None
    scheme, host, port = common.groups("")
    whole = _address(scheme, "", host, port, "/", "")
    return scheme, whole.host, whole.port, whole.request.removesuffix("/")


def _read_any(text: str) -> Address | OtherScheme:
    parts = _PARTS.fullmatch(text)
    scheme = ((parts and parts["scheme"]) or "").lower()
    if scheme and scheme not in DEFAULT_PORTS and not _is_host(scheme):
        return OtherScheme(scheme)
    _refuse_characters(text)
    if parts is None or scheme not in DEFAULT_PORTS:
        raise Wrong("does not begin with http:// or https://")
    user, host, port = _split(parts["authority"] or "")
    user = _encoded(user).replace("@", "%40") + "@" if user else ""
    return _address(scheme, user, host, port, _encoded(parts["target"]), _encoded(parts["fragment"] or ""))


def _address(scheme: str, user: str, host: str, port: str, target: str, fragment: str) -> Address:  # noqa: PLR0913, PLR0917 -- what an address is made of
    usual = DEFAULT_PORTS[scheme]
    number = _number(port) if port else usual
    name = read_host(host)
    place = name if number == usual else f"{name}:{number}"
    target = target if target.startswith("/") else f"/{target}"
    # The request is put together once: it is what everything goes by.
    return Address(scheme, user, name, number, target, fragment, f"{scheme}://{user}{place}{target}")


def _is_host(scheme: str) -> bool:
    """Tell ``example.org:8080`` and ``localhost:8080``, where the scheme was left out, from a scheme."""
    return "." in scheme or scheme == "localhost"


def _refuse_characters(text: str) -> None:
    if len(text) > _MOST:
        raise Wrong(f"is longer than {_MOST} characters")
    if _PLAIN.fullmatch(text):
        return
    wrong = next((each for each in text if _is_wrong(each)), "")
    if wrong.isspace():
        raise Wrong("holds a blank or a line break; write %20 if one is meant")
    if wrong == "\\":
        raise Wrong("holds a backslash; write / or %5C")
    if wrong:
        raise Wrong(f"holds the invisible character U+{ord(wrong):04X}")


def _is_wrong(character: str) -> bool:
    """Tell blanks, controls, halves of surrogate pairs, and marks that turn the direction of text (RFC 3987, 4.1)."""
    if character.isascii():
        return not "!" <= character <= "~" or character == "\\"
    return character.isspace() or (unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in _JOINERS)


def _split(authority: str) -> tuple[str, str, str]:
    """Return user, host and port; a port that is left out, or empty behind its colon, is empty (RFC 3986, 3.2.3)."""
    user, _, place = authority.rpartition("@")
    if place.startswith("["):
        host, closed, rest = place.partition("]")
        if not closed or rest[:1] not in ("", ":"):
            raise Wrong("has an IPv6 address whose brackets are not right")
        return user, host + closed, rest[1:]
    host, _, port = place.partition(":")
    if ":" in port:
        raise Wrong("has more than one colon in its host; an IPv6 address must stand in brackets")
    return user, host, port


@lru_cache(maxsize=256)
def _number(port: str) -> int:
    digits = _PORT.fullmatch(port)
    number = int(digits[1]) if digits else 0
    if not 0 < number < 2**16:
        raise Wrong("has a port that is no number from 1 to 65535")
    return number


def _encoded(text: str) -> str:
    """Percent-encode what must not stand in a URL; what is encoded already, or reserved, stays (RFC 3987, 3.1)."""
    return text if _ENCODED.fullmatch(text) else quote(text, safe=":/?#[]@!$&'()*+,;=%")


def _settled(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()
