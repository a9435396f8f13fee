"""In which encoding a text is written, and what it says.

Sources: HTML, 13.2.3.2 "determining the character encoding"; Encoding Standard, 4.2 (names and labels). Pure.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType

_FALLBACK = "cp1252"
_SNIFFED = 4096
"""Bytes in which a page says its encoding; the standard has browsers look at 1024, and mend it where it comes later."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DECLARED = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)|<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]+)""", re.IGNORECASE
)

# Browsers read more than these labels say; the name is that of the widest codec which reads the same texts.
_CODECS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("utf8", "unicode-1-1-utf-8", "unicode11utf8", "x-unicode20utf8"), "utf-8"),
        **dict.fromkeys(("utf-16", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode", "unicodefeff"), "utf-16-le"),
        "unicodefffe": "utf-16-be",
        **dict.fromkeys(("ascii", "us-ascii", "ansi_x3.4-1968", "latin1", "l1", "iso8859-1", "iso-8859-1"), "cp1252"),
        **dict.fromkeys(("iso_8859-1", "iso88591", "cp819", "ibm819", "x-cp1252", "x-user-defined"), "cp1252"),
        **dict.fromkeys(("iso-8859-9", "iso8859-9", "iso88599", "iso_8859-9", "latin5", "l5", "x-cp1254"), "cp1254"),
        **dict.fromkeys(("tis-620", "iso-8859-11", "iso8859-11", "dos-874", "windows-874"), "cp874"),
        **dict.fromkeys(("gb2312", "gbk", "chinese", "gb_2312-80", "x-gbk", "csgb2312"), "gb18030"),
        **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5", "csbig5"), "big5hkscs"),
        **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji", "csshiftjis"), "cp932"),
        **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "ksc_5601", "korean", "windows-949"), "cp949"),
        **dict.fromkeys(("macintosh", "mac", "x-mac-roman", "csmacintosh"), "mac_roman"),
        **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac_cyrillic"),
        **dict.fromkeys(("koi8-u", "koi8-ru"), "koi8_u"),
        **dict.fromkeys(("x-euc-jp",), "euc_jp"),
        **dict.fromkeys(("iso-8859-8-i", "logical", "csiso88598i"), "iso8859_8"),
    }
)
_SAME = re.compile(
    r"utf-?8|utf-16[lb]e|iso-?_?8859-?[0-9]{1,2}|(windows-|cp|x-cp)125[0-8]|(cp|ibm)?866|koi8-?r|euc-jp|iso-2022-jp"
    r"|gb18030|latin[2-46]"
)
"""The labels that Python's codecs know by the same name; not all of its codecs read texts."""


def decoded(body: bytes, charset: str = "") -> str:
    """Return a text; ``charset`` is what ``Content-Type`` says, empty if nothing. What fits no encoding is replaced.

    A text of which nobody says anything is UTF-8 if it can be; where it ends in the midst of a character, too.
    """
    codec = encoding(body, charset)
    if codec:
        return body.decode(codec, "replace").removeprefix("\ufeff")
    try:
        return codecs.getincrementaldecoder("utf-8")("strict").decode(body)
    except UnicodeDecodeError:
        return body.decode(_FALLBACK, "replace")


def encoding(body: bytes, charset: str = "") -> str:
    """Return the name of the codec of a text; empty where nothing says what it is."""
    bom = next((name for mark, name in _BOMS if body.startswith(mark)), "")
    return bom or codec_of(charset) or _declared(body)


def codec_of(label: str) -> str:
    """Return the codec that a label of the standard names; empty for any other."""
    name = label.strip().lower()
    if name in _CODECS:
        return _CODECS[name]
    if not _SAME.fullmatch(name):
        return ""
    try:
        return codecs.lookup(name.removeprefix("x-")).name
    except LookupError:
        return ""


def _declared(body: bytes) -> str:
    """Return what a page says of itself; it cannot be UTF-16, as these words could be read."""
    said = _DECLARED.search(_COMMENT.sub(b"", bytes(body[:_SNIFFED])))
    codec = codec_of((said[1] or said[2]).decode("latin-1")) if said else ""
    return "utf-8" if codec.startswith("utf-16") else codec
