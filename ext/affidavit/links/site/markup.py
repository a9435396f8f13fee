"""What a page of a finished site holds: anchors, and addresses that it refers to. Pure.

The parser follows the html standard, so that nothing counts that stands in a comment, a script or a template.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from selectolax.lexbor import LexborHTMLParser

from affidavit.links.site.attributes import ATTRIBUTES, Attribute, is_followed

_ABSOLUTE = re.compile(r"[\0- ]*(?:[\\/]{2}|https?:)", re.IGNORECASE)
_MAY_BE_ABSOLUTE = tuple({*map(chr, range(0x21)), "h", "H", "/", "\\"})
_EMPTIED = re.compile(r"<((?:iframe|noembed|noframes|script|style|textarea|title|xmp)\b[^<>]*)/>", re.IGNORECASE)
"""In XML an element may end where it begins; html reads all of the page as the text of these."""


@dataclass(frozen=True, slots=True)
class Markup:
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
    references = _references(parser)
    absolute = tuple(each for each in references if names_host(each))
    hosts = frozenset(absolute)
    return Markup(
        anchors=tuple(dict.fromkeys(_anchors(parser))),
        inside=tuple(each for each in references if each not in hosts) if hosts else tuple(references),
        absolute=absolute,
        repeated=tuple(each for each in references.items() if each[1] > 1),
        base=_base(parser),
        canonical=_canonical(parser),
    )


def names_host(address: str) -> bool:
    """Return whether an address is one of the web, and not relative to its page."""
    return address.startswith(_MAY_BE_ABSOLUTE) and bool(_ABSOLUTE.match(address))


def _ended(text: str) -> str:
    return _EMPTIED.sub(lambda tag: f"<{tag[1]}></{tag[1].split()[0]}>", text)


def _anchors(parser: LexborHTMLParser) -> Iterator[str]:
    yield from (each.id or "" for each in parser.css("[id]"))
    yield from (each.attributes.get("name") or "" for each in parser.css("a[name]"))


def _references(parser: LexborHTMLParser) -> Counter[str]:
    """Count the addresses of a page, as they are written."""
    found: Counter[str] = Counter()
    for row in ATTRIBUTES:
        values = _values(parser, row)
        found.update(chain.from_iterable(map(row.read, values)) if row.read else values)
    return found


def _values(parser: LexborHTMLParser, row: Attribute) -> Iterator[str]:
    nodes = parser.css(row.selector)
    if row.plain:
        every = (node.attributes[row.name] for node in nodes)
    else:
        every = (node.attributes[row.name] for node in nodes if is_followed(node.tag or "", node.attributes))
    return filter(None, every)


def _base(parser: LexborHTMLParser) -> str:
    node = parser.css_first("base[href]")
    return node.attributes.get("href") or "" if node else ""


def _canonical(parser: LexborHTMLParser) -> str:
    """Return the address that a page gives itself, if it gives one only."""
    nodes = [node.attributes for node in parser.head.css("link[href][rel]")] if parser.head else []
    found = {node["href"] or "" for node in nodes if "canonical" in (node["rel"] or "").lower().split()}
    return found.pop() if len(found) == 1 else ""
