"""Where an address on a page of a finished site leads: to a path of the site, or out into the web. Pure.

Addresses are read as browsers read them (WHATWG URL, 4.4; for what is well-formed the same as RFC 3986, 5.2), since
what they open is what holds: a blank is one, a backslash is a slash, line breaks are nothing.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from msgspec import Struct

_BLANKS = "".join(map(chr, range(0x21)))
_BREAKS = re.compile(r"[\t\n\r]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = re.compile(r"(?:(https?):)?[\\/]{2}", re.IGNORECASE)
_DOTS = {".": 1, "%2e": 1, "..": 2, ".%2e": 2, "%2e.": 2, "%2e%2e": 2}


class Home(Struct, frozen=True):
    """Where a site is published: ``origin`` is scheme and host, ``folders`` the path to its front page, decoded.

    ``certain`` tells a place that the user gave from one that the pages' canonical addresses hint at.
    """

    origin: str
    folders: tuple[str, ...]
    certain: bool

    def url(self, folders: tuple[str, ...]) -> str:
        """Return the URL of a folder, given from the root of the host on."""
        return "/".join([self.origin, *map(_quoted, folders), ""])


class Inside(Struct, frozen=True):
    """A path of the site, decoded (see :mod:`~affidavit.links.site.tree`).

    Where the site does not have it, the web is to be asked about ``otherwise``, if that is not empty.
    """

    path: str
    otherwise: str = ""


class Outside(Struct, frozen=True):
    """A URL of the web."""

    url: str


class Above(Struct, frozen=True):
    """Somewhere above the site's folder, of which nobody said where it is published."""


class Unusable(Struct, frozen=True):
    """No address that a reader could open; ``reason`` completes the sentence "The address ..."."""

    reason: str


class Other(Struct, frozen=True):
    """Nothing that is there or not: mail, telephone, a script, data."""


Target = Inside | Outside | Above | Unusable | Other


class Standpoint(Struct, frozen=True):
    """What the relative addresses of a page are relative to: a path of the site, or a URL if that is not empty."""

    path: str
    url: str = ""

    @property
    def folders(self) -> tuple[str, ...]:
        """Return the folder of the path, part by part."""
        return tuple(self.path.split("/")[:-1])


def trimmed(address: str) -> str:
    """Return an address without what browsers drop before they read it."""
    return _BREAKS.sub("", address.strip(_BLANKS))


def home(url: str) -> Home:
    """Read the URL that a site is, or will be, published at; raise `ValueError` where it is none."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url} is no address of the web")
    folders = tuple(_decoded(each) for each in parts.path.split("/") if each)
    return Home(f"{parts.scheme}://{parts.netloc}", folders, certain=True)


def standpoint(page: str, base: str, site: Home | None) -> Standpoint:
    """Return what a page's addresses are relative to; ``base`` is what it says of that itself, or empty."""
    target = resolve(trimmed(base).partition("#")[0], Standpoint(page), site) if base else None
    match target:
        case Inside(path=path):
            return Standpoint(path)
        case Outside(url=url):
            return Standpoint(page, url)
        case None | Above() | Unusable() | Other():
            return Standpoint(page)


def resolve(address: str, stand: Standpoint, site: Home | None) -> Target:
    """Return where an address leads; it is trimmed and has no fragment, and nothing makes this raise."""
    if _WEB.match(address):
        return _absolute(address, site)
    scheme = _SCHEME.match(address)
    if scheme:
        return _other(scheme[1].lower())
    if stand.url:
        return _joined(stand.url, address, site)
    return _relative(address, stand, site) if address else Inside(stand.path)


def _joined(base: str, address: str, site: Home | None) -> Inside | Outside | Unusable:
    try:
        return _absolute(urljoin(base, address), site)
    except ValueError:  # of brackets that hold no IPv6 address
        return Unusable("is relative to a base that is no address")


def _other(scheme: str) -> Unusable | Other:
    if scheme in ("http", "https"):
        return Unusable("names no host")
    if scheme == "file" or len(scheme) == 1:
        return Unusable("leads to a file on the machine of whoever opens it")
    if "." in scheme or scheme == "localhost":
        return Unusable("does not begin with http:// or https://")
    return Other()


def _absolute(address: str, site: Home | None) -> Inside | Outside:
    url, path = _web(address, "https" if site is None else site.origin.partition(":")[0])
    if site is None or url.removesuffix(path).lower() != site.origin.lower():
        return Outside(url)
    return _at(_walk((), _without_query(path)), site, url)


def _web(address: str, scheme: str) -> tuple[str, str]:
    """Return a URL as browsers write it, and the part behind its host; ``scheme`` is for addresses without one."""
    start = _WEB.match(address)
    if not start:
        return address, ""
    rest = address[start.end() :].lstrip("/\\")
    host = re.split(r"[/\\?]", rest, maxsplit=1)[0]
    path, mark, query = rest[len(host) :].partition("?")
    behind = (path.replace("\\", "/") + mark + query).replace(" ", "%20")
    return f"{(start[1] or scheme).lower()}://{host}{behind}", behind


def _relative(address: str, stand: Standpoint, site: Home | None) -> Inside | Outside | Above:
    path = _without_query(address).replace("\\", "/")
    if not path:
        return Inside(stand.path)
    rooted = path.startswith("/")
    above = site.folders if site else ()
    start = () if rooted else (*above, *stand.folders)
    if site is None:
        return Above() if not rooted and _climbs(start, path) else Inside("/".join(_walk(start, path)))
    parts = _walk(start, path)
    url = site.url(tuple(parts)).removesuffix("/") + address[len(path) :].replace(" ", "%20")
    if rooted and not site.certain and not _is_below(parts, above):
        return Inside("/".join(parts), url)
    found = _at(parts, site, url)
    return Inside(found.path) if isinstance(found, Inside) else found


def _at(parts: list[str], site: Home, url: str) -> Inside | Outside:
    """Return the place of a path from the root of the site's host on."""
    if not _is_below(parts, site.folders):
        return Outside(url)
    return Inside("/".join(parts[len(site.folders) :]), "" if site.certain else url)


def _is_below(parts: list[str], folders: tuple[str, ...]) -> bool:
    return tuple(parts[: len(folders)]) == folders


def _without_query(address: str) -> str:
    return address.partition("?")[0]


def _walk(start: tuple[str, ...], path: str) -> list[str]:
    """Follow a path from a folder on; whoever climbs above the first folder stays there (RFC 3986, 5.2.4).

    Two slashes count as one, as servers of files take them. The last part is empty where a folder is meant.
    """
    place = list(start)
    parts = path.split("/")
    for part in parts:
        dots = _DOTS.get(part.lower(), 0)
        if dots == 2:  # noqa: PLR2004 -- as many as there are
            del place[-1:]
        elif part and not dots:
            place.append(_decoded(part))
    return place if parts[-1] and parts[-1].lower() not in _DOTS else [*place, ""]


def _climbs(start: tuple[str, ...], path: str) -> bool:
    """Return whether a path leads above the first folder on its way."""
    depth = len(start)
    for part in path.split("/"):
        dots = _DOTS.get(part.lower(), 0)
        depth += -1 if dots == 2 else int(bool(part) and not dots)  # noqa: PLR2004 -- likewise
        if depth < 0:
            return True
    return False


def _decoded(part: str) -> str:
    """Resolve percent escapes; what is no UTF-8 becomes what Python makes of such file names."""
    return unquote_to_bytes(_bytes(part)).decode("utf-8", "surrogateescape") if "%" in part else part


def _quoted(part: str) -> str:
    return quote(_bytes(part))


def _bytes(part: str) -> bytes:
    try:
        return part.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a surrogate pair, which no text has that was decoded
        return part.encode("utf-8", "replace")
