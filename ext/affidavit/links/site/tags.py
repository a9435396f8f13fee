"""The tags of a page with the places of their attributes, which parsers of html do not tell. Pure.

The page is cut into tags as browsers do it (WHATWG HTML, 13.2.5); what they then move, add or drop is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from msgspec import Struct

_MARK = re.compile(r"<(?:!--|(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*)|[!?/])")
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_BEFORE_NAME = re.compile(r"[\s/]*")
_NAME = re.compile(r"[^\s/>][^\s/>=]*")
_EQUALS = re.compile(r"\s*=\s*")
_UNQUOTED = re.compile(r"[^\s>]*")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9A-Fa-f]+;?|(?P<name>[A-Za-z][A-Za-z0-9]*(?:;|(?![=A-Za-z0-9]))))")

_TEXT_ONLY = frozenset({"iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"})
"""Elements in which a tag is no tag, up to their own end."""


class Value(Struct, frozen=True):
    """The value of an attribute, with its character references resolved; ``at`` is where it begins in the page."""

    text: str
    at: int


class Tag(Struct, frozen=True):
    """A start tag, its names in lower case; of two attributes of one name the first counts."""

    name: str
    attributes: dict[str, Value]


def tags(text: str) -> Iterator[Tag]:
    """Yield the start tags of a page, without those that are in comments, scripts and templates."""
    at, templates = 0, 0
    while mark := _MARK.search(text, at):
        name = (mark["name"] or "").lower()
        attributes: dict[str, Value] = {}
        if not name:
            at = _comment_end(text, mark)
            continue
        at = _read_attributes(text, mark.end(), attributes)
        if mark["close"]:
            templates -= name == "template" and templates > 0
            continue
        if not templates:
            yield Tag(name, attributes)
        templates += name == "template"
        if name in _TEXT_ONLY:
            at = _text_end(text, at, name)


def _comment_end(text: str, mark: re.Match[str]) -> int:
    comment = _COMMENT.match(text, mark.start())
    return comment.end() if comment else _after(text, ">", mark.end())


def _after(text: str, sign: str, at: int) -> int:
    found = text.find(sign, at)
    return len(text) if found < 0 else found + 1


def _text_end(text: str, at: int, name: str) -> int:
    if name == "plaintext":
        return len(text)
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
    return end.start() if end else len(text)


def _read_attributes(text: str, at: int, into: dict[str, Value]) -> int:
    """Read the attributes of a tag, and return where it ends. A page that ends within a tag does not have that tag."""
    while True:
        at = _end(_BEFORE_NAME, text, at)
        name = _NAME.match(text, at)
        if not name:
            return at + 1
        equals = _EQUALS.match(text, name.end())
        if equals:
            value, at = _read_value(text, equals.end())
        else:
            value, at = Value("", name.end()), name.end()
        into.setdefault(name[0].lower(), value)


def _read_value(text: str, at: int) -> tuple[Value, int]:
    quote = text[at : at + 1]
    if quote in ('"', "'") and quote:
        end = _after(text, quote, at + 1)
        return Value(_resolved(text[at + 1 : end - 1]), at + 1), end
    end = _end(_UNQUOTED, text, at)
    return Value(_resolved(text[at:end]), at), end


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a pattern ends that always fits."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _resolved(value: str) -> str:
    """Resolve references to characters; in attributes fewer of them are without their semicolon than in text."""
    return _REFERENCE.sub(_character, value.replace("\r\n", "\n").replace("\r", "\n"))


def _character(reference: re.Match[str]) -> str:
    name = reference["name"]
    return html5.get(name, reference[0]) if name else unescape(reference[0])
