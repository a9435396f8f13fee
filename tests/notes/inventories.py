"""Inventories made from tables, in the layout that Sphinx writes: what the tests of release notes read."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

HEADER = (
    b"# Sphinx inventory version 2\n# Project: P\n# Version: \n# The remainder of this file is compressed using zlib.\n"
)
PROJECT = (
    ("15.0.0", "stable/pike", "Known Issues", "pike.html"),
    ("15.0.0", "stable/pike", "New Features", "pike.html"),
    ("15.0.1", "stable/pike", "Bug Fixes", "pike.html"),
    ("16.0.0", "stable/queens", "Known Issues", "queens.html"),
    ("16.0.1", "stable/queens", "Critical Issues", "queens.html"),
    ("16.0.1-11", "stable/queens", "Known Issues", "queens.html"),
    ("17.0.0.0b2", "", "Known Issues", "unreleased.html"),
)
"""A project whose pages have what real ones have: two series, commits after a tag, and an unreleased page."""

Row = tuple[str, str, str, str]


def inventory(rows: Iterable[Row], *, title: str = "relnotes") -> bytes:
    """Return an inventory with the labels that reno gives sections: rows of version, branch, section title, page."""
    lines = dict.fromkeys(line for row in rows for line in _lines(title, *row))
    return packed("".join(lines))


def packed(text: str) -> bytes:
    """Return an inventory whose body is this text."""
    return HEADER + zlib.compress(text.encode())


def line(label: str, page: str, shown: str, *, anchor: str = "") -> str:
    """Return the line of a label that shows a heading, at the anchor that docutils makes of the label."""
    made = "-".join("".join(each if each.isalnum() else " " for each in label.lower()).split())
    return f"{' '.join(label.lower().split())} std:label -1 {page}#{anchor or made} {shown}\n"


def _lines(title: str, version: str, branch: str, section: str, page: str) -> tuple[str, str]:
    release = f"{title}_{version}{'_' if branch else ''}{branch.replace('/', '_')}"
    return line(release, page, version), line(f"{release}_{section}", page, section)
