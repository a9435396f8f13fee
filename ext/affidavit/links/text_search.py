"""Finding the words that a text fragment names.

Source: URL Fragment Text Directives (WICG), "find a range from a text directive": words count as wholes, without case
and accents; what is looked for at once stands in one block. Pure.
"""

from __future__ import annotations

import re

from affidavit.links.folding import phrase
from affidavit.links.fragments import TextDirective


def has_text(text: str, directive: TextDirective) -> bool:
    """Return whether a :func:`~affidavit.links.folding.flattened` text has the words that a directive names."""
    begin = re.compile(_behind(directive.prefix) + _first(directive))
    if not directive.end:
        return bool(begin.search(text))
    # What ends a range may stand in any later block: of all its beginnings, none leaves more room than the first.
    first = begin.search(text)
    return bool(first and re.compile(phrase(directive.end) + _before(directive.suffix)).search(text, first.end()))


def _first(directive: TextDirective) -> str:
    return phrase(directive.start) + ("" if directive.end else _before(directive.suffix))


def _behind(prefix: str) -> str:
    return phrase(prefix) + r"\s*" if prefix else ""


def _before(suffix: str) -> str:
    return r"\s*" + phrase(suffix) if suffix else ""
