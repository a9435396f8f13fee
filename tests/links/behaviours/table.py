"""The table of behaviours: whatever servers do, and what a link to them comes to."""

from __future__ import annotations

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

ROWS: tuple[Row, ...] = (
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

LINKS = {row.name: row.url for row in ROWS}
"""URLs by the names of the rows that are about them."""
