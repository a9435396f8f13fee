"""Two records of a run on a terminal: side by side where that is wide enough, else as one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from affidavit.cli.outcome import say
from affidavit.examples.sides import Mark, Row, Sides, rows, unified
from affidavit.examples.told import shown

WIDE = 80
"""The columns from which on two sides can be read."""

STYLES = (("@@", "cyan"), ("---", "bold red"), ("+++", "bold green"), ("-", "red"), ("+", "green"), ("", ""))
"""The style of a line of the one form by how it begins."""

_OF_MARKS: Mapping[Mark | None, str] = {
    None: "bold",
    Mark.SAME: "",
    Mark.OTHER: "yellow",
    Mark.GONE: "red",
    Mark.NEW: "green",
    Mark.LEFT_OUT: "cyan",
}
"""The style of a row of the other form; the mark itself says the same. Titles have none."""


def print_all(found: Iterable[Sides], before: str, after: str, *, as_one: bool) -> None:
    """Print differences, in colour on a terminal."""
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns
    if not on_terminal:
        for each in found:
            for line in unified(each, before, after):
                say(shown(line))
        return
    _print_in_colour(found, before, after, width=0 if as_one or width < WIDE else width)


def _print_in_colour(found: Iterable[Sides], before: str, after: str, *, width: int) -> None:
    from rich.console import Console  # noqa: PLC0415 -- rich is worth its time on a terminal only
    from rich.text import Text  # noqa: PLC0415

    from affidavit.cli.colour import show  # noqa: PLC0415

    console = Console(highlight=False)
    for each in found:
        if not width:
            show("\n".join(map(shown, unified(each, before, after))), console, STYLES)
            continue
        for mark, line in side_by_side(each, before, after, width):
            console.print(Text(line, _OF_MARKS[mark]), soft_wrap=True)


def side_by_side(sides: Sides, before: str, after: str, width: int) -> Iterator[tuple[Mark | None, str]]:
    """Give the lines of a difference in so many columns, each with its mark; lines that are too long go on below."""
    column = (width - 3) // 2
    yield None, shown(sides.key)
    yield None, _row(" ", _titled(before, sides.old), _titled(after, sides.new), column)
    for row in rows(sides):
        yield from ((row.mark, line) for line in _lines(row, column))


def _titled(title: str, lines: Sequence[str]) -> str:
    return title if lines else f"{title}: no record"


def _lines(row: Row, column: int) -> Iterator[str]:
    if row.mark is Mark.LEFT_OUT:
        yield _row(row.mark, "…", "…", column)
        return
    old, new = _chopped(row.old, column), _chopped(row.new, column)
    for number in range(max(len(old), len(new))):
        left, right = (each[number] if number < len(each) else "" for each in (old, new))
        yield _row(row.mark, left, right, column)


def _chopped(line: str, column: int) -> list[str]:
    from rich.cells import chop_cells  # noqa: PLC0415 -- see above

    return chop_cells(shown(line), column) or [""]


def _row(mark: str, old: str, new: str, column: int) -> str:
    from rich.cells import set_cell_size  # noqa: PLC0415 -- see above

    return f"{set_cell_size(old, column)} {mark} {new}".rstrip()
