"""Output that is no text: what is said of it in its place. Pure.

The runner has put a replacement character wherever bytes were no UTF-8, so what is shown in hexadecimal digits is what
is left of the beginning; ``??`` are bytes that were replaced.
"""

from __future__ import annotations

import hashlib
import re

_MOST_SHOWN = 16
_ODD = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_REPLACED = "\ufffd"
_SHARE = 0.1


def is_binary(text: str) -> bool:
    """Tell whether more than a tenth of a text are characters that text has not."""
    return len(_ODD.findall(text)) > _SHARE * len(text)


def summary(text: str) -> str:
    """Return a line on output that is no text: how much, how it begins, and by what to know it again."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    first = " ".join(map(_hexadecimal, text[:_MOST_SHOWN]))
    more = " …" if len(text) > _MOST_SHOWN else ""
    return f"(binary output of {len(text)} characters: {first}{more}; SHA-256 of its text {digest[:16]})"


def readable(text: str) -> str:
    """Return a text, or the line on it if it is none."""
    return summary(text) if is_binary(text) else text


def _hexadecimal(character: str) -> str:
    return "??" if character == _REPLACED else character.encode("utf-8", "surrogatepass").hex()
