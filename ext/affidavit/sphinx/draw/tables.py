"""Tables as all that are drawn have them: with header cells, and in html in a frame that scrolls by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from affidavit.sphinx import nodes as ours

Cell = Sequence[nodes.Node] | nodes.entry
"""What stands in a cell: a paragraph for each line; or the cell itself."""


def line(*words: nodes.Node) -> nodes.Node:
    """Return a line of a cell."""
    return nodes.paragraph("", "", *words)


def draw(
    label: str, head: Sequence[Cell], rows: Iterable[Sequence[Cell]], widths: Sequence[int], name: str
) -> nodes.Node:
    """Draw a table; its first column holds header cells, too. ``label`` names its frame, ``name`` its classes."""
    columns = (nodes.colspec("", colwidth=width, stub=1 if at == 0 else None) for at, width in enumerate(widths))
    body = nodes.tbody("", *map(_row, rows))
    group = nodes.tgroup("", *columns, nodes.thead("", _row(head)), body, cols=len(widths))
    return ours.scroll("", nodes.table("", group, classes=name.split()), label=label)


def caption(label: str) -> nodes.Node:
    """Return the words above a table.

    They are no caption element: themes that wrap tables, as furo does, would give the id that it needs twice.
    """
    return nodes.paragraph("", "", nodes.strong("", label))


def legend(words: Iterable[tuple[str, str, str]]) -> nodes.Node:
    """Return what the words of cells mean, each with the kind of its icon."""
    items = (nodes.list_item("", _meaning(*each)) for each in words)
    return nodes.bullet_list("", *items, bullet="*", classes=["affidavit-legend"])


def _meaning(kind: str, word: str, meaning: str) -> nodes.Node:
    return line(ours.mark(kind=kind), nodes.strong("", word), nodes.Text(f": {meaning}"))


def _row(cells: Sequence[Cell]) -> nodes.Node:
    return nodes.row("", *(cell if isinstance(cell, nodes.entry) else nodes.entry("", *cell) for cell in cells))
