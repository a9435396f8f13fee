"""Takes secrets out of whatever is kept or shown: values that are known to be secret, and what looks like one. Pure.

A value is found as it is, and as it is written in JSON, HTML, addresses, hexadecimal digits and base64, also in the
midst of a longer text in base64; the last two also where they are broken over lines. A secret that is broken or cut in
another way, or encrypted, is not found.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

from affidavit.examples.ansi import is_plain, plain
from affidavit.examples.secret_table import SHAPES

SHORTEST = 6
"""Characters of a value that is looked for; a shorter one stands in too many words."""

REMOVED = "<***>"
"""What stands for a secret: shorter than any, so that it holds none, and text gets shorter with each that is found."""

_NEVER = re.compile("(?!)")
_BROKEN = 24
"""Characters from which on digits are looked for over the ends of lines, where programs break them."""


def too_short(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values that are too short to be looked for, and would stay in the text."""
    return tuple(value for value in values if 0 < len(value) < SHORTEST)


class Redactor:
    """Takes some values out of texts, and everything that has the shape of a secret."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        values = tuple(given)
        forms = {form for value in values if len(value) >= SHORTEST for form in _forms(value) if len(form) >= SHORTEST}
        broken = {form for value in values if len(value) >= SHORTEST for form in _in_digits(value)}
        longest_first = sorted(forms | broken, key=lambda form: (-len(form), form))
        patterns = (_pattern(form, broken=form in broken and len(form) >= _BROKEN) for form in longest_first)
        self._values = re.compile("|".join(patterns)) if longest_first else _NEVER

    def redact(self, text: str) -> str:
        """Return a text without secrets; one in which colours cut through a secret loses them all."""
        kept = self._redact(text)
        if is_plain(kept):
            return kept
        read = plain(kept)
        removed = self._redact(read)
        return kept if removed == read else removed

    def _redact(self, text: str) -> str:
        """Take out the values first: a shape could take away a part of one, and leave the rest."""
        kept = self._without_values(text)
        for shape in SHAPES:
            kept = shape.form.sub(_without_value, kept)
        return self._without_values(kept)

    def _without_values(self, text: str) -> str:
        while self._values.search(text):  # what stands for a secret may complete another one with what is beside it
            text = self._values.sub(REMOVED, text)
        return text


def _without_value(found: re.Match[str]) -> str:
    name = found.lastgroup
    start, end = found.span(name) if name else found.span()
    whole = found.start()
    return found[0][: start - whole] + REMOVED + found[0][end - whole :]


def _forms(value: str) -> Iterator[str]:
    """Give the ways in which a value is written."""
    raw = value.encode("utf-8", "surrogatepass")
    yield value
    yield from (line.strip() for line in value.splitlines())
    yield from (json.dumps(value, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False))
    yield repr(value)[1:-1]
    yield html.escape(value)
    yield value.replace("'", "'\\''")
    for written in (quote(raw, safe=""), quote(raw), quote_plus(raw)):
        yield written
        yield re.sub("%..", lambda sign: sign[0].lower(), written)
    yield from _in_digits(value)


def _in_digits(value: str) -> Iterator[str]:
    """Give the ways in which programs write it that break what they write over lines."""
    raw = value.encode("utf-8", "surrogatepass")
    yield raw.hex()
    yield raw.hex().upper()
    yield from _in_base64(raw)


def _pattern(form: str, *, broken: bool) -> str:
    """Return what finds a form; one that may be ``broken`` has blanks and ends of lines anywhere."""
    return r"\s*".join(map(re.escape, form)) if broken else re.escape(form)


def _in_base64(raw: bytes) -> Iterator[str]:
    """Give the characters that a value alone decides, wherever it begins in what is written in base64."""
    yield base64.b64encode(raw).decode("ascii")
    yield base64.urlsafe_b64encode(raw).decode("ascii")
    for skipped in range(3):
        cut = (0, 2, 3)[skipped]
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            written = encode(bytes(skipped) + raw).decode("ascii").rstrip("=")
            undecided = (skipped + len(raw)) % 3 != 0
            yield written[cut : len(written) - undecided]
