"""What the fragment of an address asks of a page, whatever the site. Pure.

Sources: HTML, "find a potential indicated element" (ids, names, ``#top``); URL Fragment Text Directives (WICG);
RFC 8118, 3 (PDF: ``page=``, ``nameddest=`` and more).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

from affidavit.links.marks import Mark, MarkKind

DIRECTIVES = ":~:"
"""What stands before it names an element; what stands behind it, browsers keep from the page."""

_PAGE = re.compile(r"(?:^|&)page=0*([1-9][0-9]{0,8})(?:&|$)", re.IGNORECASE)


class TextDirective(Struct, frozen=True):
    """The words that a text fragment names, decoded; all but ``start`` may be empty.

    What is looked for goes from ``start`` to ``end``, right behind ``prefix`` and right before ``suffix``.
    """

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""


def element_of(fragment: str) -> str:
    """Return the part of a fragment that names an element, percent-encoded or not."""
    return fragment.partition(DIRECTIVES)[0]


def texts_of(fragment: str) -> Iterator[Mark]:
    """Yield the words that a fragment points to; directives that browsers do not know they ignore, and so do we."""
    for directive in fragment.partition(DIRECTIVES)[2].split("&"):
        name, _, value = directive.partition("=")
        if name == "text" and read_text(value):
            yield Mark(MarkKind.TEXT, value)


def places_of(element: str) -> Iterator[Mark]:
    """Yield what to look for where nothing is known of the site: a page of a PDF, or an element.

    ``#`` and ``#top``, in any case, are the top of every page.
    """
    page = _PAGE.search(element)
    if page:
        yield Mark(MarkKind.PAGE, page[1])
    elif element and unquote(element).lower() != "top":
        yield Mark(MarkKind.ANCHOR, element)


def read_text(value: str) -> TextDirective | None:
    """Read ``[prefix-,]start[,end][,-suffix]``; ``None`` is what browsers take for no directive."""
    parts = value.split(",")
    prefix = parts.pop(0)[:-1] if len(parts) > 1 and parts[0].endswith("-") else ""
    suffix = parts.pop()[1:] if len(parts) > 1 and parts[-1].startswith("-") else ""
    start, *rest = parts
    if len(rest) > 1 or not start.strip("-"):
        return None
    return TextDirective(*(unquote(each) for each in (start, *(rest or [""]), prefix, suffix)))
