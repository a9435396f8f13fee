"""In which encoding a page of html is written, by what it says itself: as far as release notes need it. Pure."""

from __future__ import annotations

import codecs
import re

_SNIFFED = 4096
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)|<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]+)""", re.IGNORECASE
)
_WIDER = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
"""Encodings of which browsers read a wider one, by the names that Python gives them."""


def decoded(body: bytes) -> str:
    """Return the text of a page; without a word on its encoding it is UTF-8 if it can be, else that of Windows."""
    codec = next((name for mark, name in _BOMS if body.startswith(mark)), "") or _declared(body)
    if codec:
        return body.decode(codec, "replace").removeprefix("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _declared(body: bytes) -> str:
    """Return the codec that a page names; it cannot be UTF-16, as these words could be read."""
    said = _DECLARED.search(body[:_SNIFFED])
    try:
        codec = codecs.lookup((said[1] or said[2]).decode("latin-1").strip()) if said else None
        b" ".decode(codec.name) if codec else None  # some codecs of Python's are none of texts
    except LookupError:
        return ""
    name = codec.name if codec else ""
    return "utf-8" if name.startswith("utf-16") else _WIDER.get(name, name)
