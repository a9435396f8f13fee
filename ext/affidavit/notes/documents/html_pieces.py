"""What a page of html shows, in its order: words, headings, and the anchors between them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from affidavit.model.errors import SourceError
from affidavit.notes.documents.html_bounds import is_bearable
from affidavit.notes.documents.html_charset import decoded

_SKIPPED = frozenset({
    "aside", "button", "datalist", "dialog", "footer", "head", "iframe", "nav", "noembed", "noframes", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title",
})  # fmt: skip
_NOSCRIPT = re.compile(rb"<(/?)noscript(?=[\s/>])", re.IGNORECASE)
"""What it holds would be read as markup; what `noframes` holds is none anywhere."""

_SKIPPED_ROLES = frozenset(("banner", "complementary", "contentinfo", "navigation", "search"))
"""Elements, and roles of elements, that are no part of what a page is about."""

_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SECTIONS = frozenset(("article", "main", "section"))
_PERMALINK = frozenset(("anchor", "anchorjs-link", "hash-link", "headeranchor-link", "headerlink", "permalink"))
_HOSTS_PREFIX = "user-content-"
"""What GitHub puts before anchors, and has a script understand without."""


class Anchor(Struct, frozen=True):
    """An id, or the name of an anchor; ``wraps`` says that it is that of a section, which its heading belongs to."""

    name: str
    wraps: bool


class Words(Struct, frozen=True):
    """A run of text."""

    text: str


class Title(Struct, frozen=True):
    """A heading; the anchors in it stand before it."""

    level: int
    text: str


class End(Struct, frozen=True):
    """The end of a section: what follows belongs to no heading, up to the next."""


Piece = Anchor | Words | Title | End


def pieces_of(content: bytes) -> tuple[Piece, ...]:
    """Return the pieces of a page; raise :class:`SourceError` for what is none, or is nested without end."""
    advice = "Name a page of html that has the release notes."
    if not content.strip():
        raise SourceError("It is empty.", advice=advice)
    text = decoded(content)
    if "\0" in text:
        raise SourceError("It is a binary file, not a web page.", advice=advice)
    if "<" not in text:
        raise SourceError("It is no web page: it has no markup.", advice=advice)
    markup = _NOSCRIPT.sub(rb"<\1noframes", text.encode("utf-8", "replace"))
    if not is_bearable(markup):
        raise SourceError("The page is nested too deeply, or has too much markup, to be read.", advice=advice)
    body = LexborHTMLParser(markup).body
    return tuple(_pieces(body)) if body else ()


def _pieces(body: LexborNode) -> Iterator[Piece]:
    opened: list[bool] = []  # of each section that is open, whether there was a heading in it
    for node, entered in _walk(body, _SKIPPED):
        tag = node.tag or ""
        wraps = _is_section(node)
        if not entered:
            if wraps and opened.pop():
                yield End()
            elif tag not in _INLINE:
                yield Words(" ")
            continue
        if tag == "-text":
            yield Words(node.text_content or "")
            continue
        if wraps:
            opened.append(False)
        yield from _anchors(node, wraps=wraps)
        if tag in _HEADINGS:
            opened[:] = [True] * len(opened)
            yield from _heading(node)
        elif tag not in _INLINE:
            yield Words(" ")


def _heading(node: LexborNode) -> Iterator[Piece]:
    texts = []
    for inner, entered in _walk(node, _SKIPPED):
        if not entered or inner.mem_id == node.mem_id:
            continue
        yield from _anchors(inner, wraps=False)
        if inner.tag == "-text" and not _is_permalink(inner.parent, node):
            texts.append(inner.text_content or "")
    yield Title(_HEADINGS[node.tag or ""], " ".join("".join(texts).split()))


def _is_permalink(node: LexborNode | None, heading: LexborNode) -> bool:
    """Tell the sign beside a heading that links to it."""
    while node is not None and node.mem_id != heading.mem_id:
        if node.tag == "a" and _PERMALINK & set((node.attributes.get("class") or "").lower().split()):
            return True
        node = node.parent
    return False


def _anchors(node: LexborNode, *, wraps: bool) -> Iterator[Anchor]:
    if node.tag == "-text":
        return
    attributes = node.attributes
    names = (attributes.get("id"), attributes.get("name") if node.tag == "a" else None)
    for name in dict.fromkeys(each for each in names if each):
        yield Anchor(name.removeprefix(_HOSTS_PREFIX), wraps)


def _is_section(node: LexborNode) -> bool:
    """Tell an element that stands for a section; docutils wrote ``div`` before html had an element for it."""
    tag = node.tag or ""
    return tag in _SECTIONS or (tag == "div" and "section" in (node.attributes.get("class") or "").split())


def _walk(top: LexborNode, skipped: frozenset[str]) -> Iterator[tuple[LexborNode, bool]]:
    """Yield elements and texts as they begin, and elements as they end, without recursion, and headings as a whole."""
    stack = [(top, True)]
    while stack:
        node, entering = stack.pop()
        if not entering:
            yield node, False
            continue
        if node.tag in skipped or _is_aside(node):
            continue
        yield node, True
        if node.tag != "-text" and (node.tag not in _HEADINGS or node.mem_id == top.mem_id):
            stack.append((node, False))
            stack.extend((child, True) for child in reversed(list(node.iter(include_text=True))))


def _is_aside(node: LexborNode) -> bool:
    if (node.tag or "-").startswith("-"):
        return node.tag != "-text"
    attributes = node.attributes
    return attributes.get("role") in _SKIPPED_ROLES or "hidden" in attributes
