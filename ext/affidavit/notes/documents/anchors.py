"""The anchors that headings are given by those who publish them, made of their titles. Pure.

GitHub: letters become small; all but letters, marks, digits, connectors such as ``_``, hyphens and blanks is dropped;
blanks become hyphens (the table of contents filter of ``html-pipeline``, which has Ruby's ``Word`` for the first four).
A heading whose anchor is there already gets ``-1``, ``-2`` and so on.
"""

from __future__ import annotations

import re
import unicodedata

from docutils.nodes import make_id

_EMOJI = re.compile(r":[a-z0-9_+-]+:")


def github_slug(title: str) -> str:
    """Return the anchor of a heading on GitHub; names of pictures are drawn there, and pictures are dropped."""
    kept = (each for each in _EMOJI.sub("", title).lower() if each in "- " or _is_word(each))
    return "".join(kept).replace(" ", "-")


def docutils_slug(title: str) -> str:
    """Return the id of a heading in docutils; empty where nothing is left, and it gets a number as its id."""
    return make_id(" ".join(title.split()).lower())


def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Pc")
