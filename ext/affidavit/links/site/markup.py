"""What a page of a finished site holds: anchors, and addresses that it refers to. Pure.

The parser follows the html standard, so that nothing counts that stands in a comment, a script or a template.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from affidavit.links.site.attributes import ATTRIBUTES, DRAWN, Attribute, is_followed, rows_of

_ABSOLUTE = re.compile(r"[\0- ]*(?:[\\/]{2}|https?:)", re.IGNORECASE)
_MAY_BE_ABSOLUTE = frozenset({*map(chr, range(0x21)), "h", "H", "/", "\\"})
_ALL = f":is({', '.join(row.selector for row in ATTRIBUTES)}, [id], a[name])"
"""All elements that say anything: a page is gone through once, which is most of what reading one takes."""

_EMPTIED = re.compile(r"<((?:iframe|noembed|noframes|script|style|textarea|title|xmp)\b[^<>]*)/>", re.IGNORECASE)
"""In XML an element may end where it begins; html reads all of the page as the text of these."""


class Markup(Struct, frozen=True):
    """A page's anchors (ids, and names of ``a``), and its addresses, as they are written.

    ``inside`` are the relative addresses, each once, ``absolute`` those that name a host; ``repeated`` tells of both
    how often they stand there, where that is more than once. ``base`` is what relative ones are relative to, where the
    page says so; ``canonical`` the address that it gives itself. Both are empty where it has none.
    """

    anchors: tuple[str, ...]
    inside: tuple[str, ...]
    absolute: tuple[str, ...] = ()
    repeated: tuple[tuple[str, int], ...] = ()
    base: str = ""
    canonical: str = ""


def parse(text: str, *, xml: bool = False) -> LexborHTMLParser:
    """Parse a page; ``xml`` tells that it is written as XML. No text makes it raise.

    Who parses page after page should let go of one only after the next is parsed: else its memory goes back to the
    system each time, and comes from there anew, which takes longer than all the rest.
    """
    return LexborHTMLParser(_ended(text) if xml else text)


def read_markup(parser: LexborHTMLParser) -> Markup:
    """Read what a parsed page holds."""
    found = _Found()
    found.take(parser)
    references = Counter(found.addresses)
    absolute = tuple(each for each in references if names_host(each))
    hosts = frozenset(absolute)
    return Markup(
        anchors=tuple(dict.fromkeys(found.anchors)),
        inside=tuple(each for each in references if each not in hosts) if hosts else tuple(references),
        absolute=absolute,
        repeated=tuple(each for each in references.items() if each[1] > 1),
        base=next(iter(found.bases), ""),
        canonical=_canonical(parser),
    )


def names_host(address: str) -> bool:
    """Return whether an address is one of the web, and not relative to its page."""
    return address[:1] in _MAY_BE_ABSOLUTE and bool(_ABSOLUTE.match(address))


def _ended(text: str) -> str:
    return _EMPTIED.sub(lambda tag: f"<{tag[1]}></{tag[1].split()[0]}>", text)


class _Found:
    """What the elements of a page hold, in the page's order."""

    def __init__(self) -> None:
        self.anchors: list[str] = []
        self.addresses: list[str] = []
        self.bases: list[str] = []

    def take(self, parser: LexborHTMLParser) -> None:
        """Read a page; all in one loop, since there may be a hundred thousand of its elements in a site."""
        for node in parser.css(_ALL):
            element, attributes = node.tag or "", node.attributes
            if "id" in attributes:
                self.anchors.append(attributes["id"] or "")
            if element == "a" and "name" in attributes:
                self.anchors.append(attributes["name"] or "")
            elif element == "base" and "href" in attributes:
                self.bases.append(attributes["href"] or "")
            plain, others = _rows_of(element)
            for name in plain:
                if value := attributes.get(name):
                    self.addresses.append(value)
            if DRAWN in attributes and "href" not in attributes:
                self._take_drawn(node)
            for row in others:
                if (value := attributes.get(row.name)) and (row.plain or is_followed(element, attributes)):
                    self.addresses.extend(row.read(value) if row.read else (value,))

    def _take_drawn(self, node: LexborNode) -> None:
        """Take the address of an element of a drawing as older ones write it; html itself knows no such attribute."""
        attributes = {**node.attributes, "href": node.attributes[DRAWN]}
        around = node.parent
        while around and around.tag != "svg":
            around = around.parent
        if around and (value := attributes["href"]) and (node.tag == "a" or is_followed(node.tag or "", attributes)):
            self.addresses.append(value)


@lru_cache(maxsize=256)
def _rows_of(element: str) -> tuple[tuple[str, ...], tuple[Attribute, ...]]:
    """Return the names of attributes whose values are addresses, and those of which more is to be known."""
    rows = rows_of(element)
    others = tuple(row for row in rows if row.read or not row.plain)
    return tuple(row.name for row in rows if row not in others), others


def _canonical(parser: LexborHTMLParser) -> str:
    """Return the address that a page gives itself, if it gives one only."""
    nodes = [node.attributes for node in parser.head.css("link[href][rel]")] if parser.head else []
    found = {node["href"] or "" for node in nodes if "canonical" in (node["rel"] or "").lower().split()}
    return found.pop() if len(found) == 1 else ""
