"""Whether the text of a section says some words: how both are folded, and the hash by which a text is known. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def fold(text: str) -> str:
    """Return a text without what markup, typography and line breaks may change: its words, in small letters.

    So the source of a note, the page that is made of it, and what an author quotes come to the same.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()


def says(text: str, words: str) -> bool:
    """Return whether a text has the words, whole and one behind the other."""
    return f" {fold(words)} " in f" {fold(text)} "


def digest(text: str) -> str:
    """Return the hash of a text, the same however its lines are broken: ``sha256:`` and 64 digits."""
    return f"sha256:{hashlib.sha256(fold(text).encode('utf-8', 'backslashreplace')).hexdigest()}"
