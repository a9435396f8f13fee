"""The table of behaviours: whatever servers do, and what a link to them comes to."""

from __future__ import annotations

from collections.abc import Mapping

from tests.links.behaviours import (
    rows_addresses,
    rows_again,
    rows_anchors,
    rows_bodies,
    rows_broken_off,
    rows_costly,
    rows_files,
    rows_names,
    rows_pretending,
    rows_redirects,
    rows_statuses,
    rows_tls,
)
from tests.links.behaviours.behaviour import Row

ALL: tuple[Row, ...] = (
    *rows_statuses.ROWS,
    *rows_redirects.ROWS,
    *rows_again.ROWS,
    *rows_broken_off.ROWS,
    *rows_bodies.ROWS,
    *rows_costly.ROWS,
    *rows_anchors.ROWS,
    *rows_files.ROWS,
    *rows_names.ROWS,
    *rows_tls.ROWS,
    *rows_pretending.ROWS,
    *rows_addresses.ROWS,
)

TOO_MANY = "a parser holds far more than the page, where it is made of very many elements, or of pieces of text"
_UNFOLDED = "letters that unfold to many are looked through as a whole"
_UNPACKED = "what cannot be unpacked from brotli is taken for no answer at all"
_OTHERS = "that another link to the page asks what nobody can tell is held against this one"

WRONG: Mapping[str, str] = {
    "a status of four digits": "no rule speaks of it, and judging ends",
    "half a head": "a head that ends with the connection is taken for a whole one",
    "half a head, with whole lines": "a head that ends with the connection is taken for a whole one",
    "brotli that is none": _UNPACKED,
    "brotli that is none, without a section": _UNPACKED,
    "text: #:~:text=third%20line": _OTHERS,
    "PDF#page=4": _OTHERS,
    "PDF#zoom=100&page=9": _OTHERS,
    "a bomb that hides a section": TOO_MANY,
    "a bomb in a bomb": TOO_MANY,
    "a bomb in a bomb in a bomb": TOO_MANY,
    "nothing but bare tags": TOO_MANY,
    "nothing but tags with an attribute": TOO_MANY,
    "nothing but line breaks": TOO_MANY,
    "nothing but comments": TOO_MANY,
    "nothing but signs that begin no tag": TOO_MANY,
    "nothing but signs that begin no entity": TOO_MANY,
    "nothing but headings without a word": TOO_MANY,
    "data of markup": TOO_MANY,
    "nothing but letters that unfold to eighteen": _UNFOLDED,
    "nothing but letters that unfold to eighteen, as text": _UNFOLDED,
}
"""Rows that come out otherwise than they are to, and why: each is asked by itself, lest it disturb the others."""

ROWS = tuple(row for row in ALL if row.name not in WRONG)
LINKS = {row.name: row.url for row in ROWS}
