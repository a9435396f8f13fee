"""Whether a fragment leads to an anchor of a page. Pure."""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import unquote

from affidavit.links.fragments import DIRECTIVES, element_of


def has_anchor(fragment: str, anchors: Container[str]) -> bool:
    """Return whether browsers find the anchor of a fragment among those of a page (WHATWG HTML, 7.4.6.4).

    They look for it as it is written, then decoded; an empty one is the top of the page, and so is ``top``.
    """
    name = element_of(fragment).strip()
    decoded = unquote(name)
    return not name or name in anchors or decoded in anchors or decoded.lower() == "top"


def needs_reading(file: str, fragment: str) -> bool:
    """Return whether a fragment wants more of a file than an anchor: a text of it, or a page."""
    return DIRECTIVES in fragment or (bool(fragment) and file.lower().endswith(".pdf"))
