"""Which attributes of html hold addresses that readers, or their browsers, follow. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

_SEPARATORS = re.compile(r"[\s,]*")
_WORD = re.compile(r"\S*")
_DESCRIPTORS = re.compile(r"(?:[^,(]++|\([^)]*+\)?)*+")
_REFRESH = re.compile(r"""\s*+[\d.]*+\s*+[;,]?\s*+url\s*+=\s*+["']?([^"']*)""", re.IGNORECASE)

_NOT_FOLLOWED = frozenset({"canonical", "dns-prefetch", "pingback", "preconnect"})
"""Relations of a ``link`` that name a page or host, and load nothing from it: a canonical address may be that of a page
which is yet to be published, the others answer no GET."""


def _candidates(value: str) -> Iterator[str]:
    """Yield the addresses of a ``srcset``, without their widths and densities (WHATWG HTML, 4.8.4.2.1)."""
    at = _end(_SEPARATORS, value, 0)
    while at < len(value):
        end = _end(_WORD, value, at)
        address = value[at:end]
        yield address.rstrip(",")
        at = _end(_SEPARATORS, value, end if address.endswith(",") else _end(_DESCRIPTORS, value, end))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _refreshed(value: str) -> Iterator[str]:
    """Yield where a page sends its readers on (WHATWG HTML, 4.2.5.3)."""
    found = _REFRESH.match(value)
    if found:
        yield found[1]


_ANY = ""
_NO_LINK = ":not(a)"


class Attribute(Struct, frozen=True):
    """An attribute that holds addresses, and how they are read from its value, if that is not one address.

    ``element`` is that of a CSS selector. Where other attributes, or the element, decide whether the address counts,
    ``plain`` is false (see :func:`is_followed`).
    """

    element: str
    name: str
    plain: bool = True
    read: Callable[[str], Iterable[str]] | None = None

    @property
    def selector(self) -> str:
        """Return the CSS selector of the elements that have it."""
        return f"{self.element}[{self.name}]"

    def is_of(self, element: str) -> bool:
        """Return whether it holds addresses in an element of this name."""
        return self.element in (_ANY, element) or (self.element == _NO_LINK and element != "a")


ATTRIBUTES = (
    Attribute("a", "href"),
    Attribute(_NO_LINK, "href", plain=False),
    Attribute(_ANY, "src"),
    Attribute(_ANY, "srcset", read=_candidates),
    Attribute("object", "data"),
    Attribute("video", "poster"),
    Attribute("form", "action", plain=False),
    Attribute("meta", "content", plain=False, read=_refreshed),
)
"""One row an attribute. Not here: ``cite`` and ``longdesc``, which no browser follows; ``formaction``, and the
``action`` of forms that are posted, which no finished page answers."""


DRAWN = "xlink:href"
"""How drawings that were made before SVG 2 write ``href``."""


@lru_cache(maxsize=256)
def rows_of(element: str) -> tuple[Attribute, ...]:
    """Return the attributes that hold addresses in an element of this name."""
    return tuple(row for row in ATTRIBUTES if row.is_of(element))


def is_followed(element: str, attributes: Mapping[str, str | None]) -> bool:
    """Return whether the address in an element counts, by the element's name and its other attributes."""
    match element:
        case "area" | "image" | "use":
            return True
        case "link":
            return _NOT_FOLLOWED.isdisjoint((attributes.get("rel") or "").lower().split())
        case "form":
            return (attributes.get("method") or "get").lower() == "get"
        case "meta":
            return (attributes.get("http-equiv") or "").lower() == "refresh"
        case _:  # such as `base`, which is read on its own
            return False
