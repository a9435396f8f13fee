"""The text of reports on a terminal, with colour. Imported only where there is a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

STYLES = (
    ("error [", "bold red"),
    ("warning [", "bold yellow"),
    ("info [", "bold cyan"),
    ("set aside by ", "bold"),
    ("not checked", "bold"),
    ("    ", "cyan"),
    ("  -> ", "green"),
    ("  ", ""),
    ("", "bold"),
)
"""The style of a line of a report by how it begins; the first row that fits counts."""

DIFF = (
    ("  + ", "green"),
    ("  - ", "red"),
    ("  ~ ", "yellow"),
    ("  ! ", "bold red"),
    ("  * ", "cyan"),
    ("", "bold"),
)
"""The same of a comparison."""


def show(text: str, console: Console | None = None, styles: Sequence[tuple[str, str]] = STYLES) -> None:
    """Print text with the styles of its lines; its words are the same with colour and without."""
    console = console or Console(highlight=False)
    for line in text.removesuffix("\n").split("\n"):
        style = next(style for beginning, style in styles if line.startswith(beginning))
        console.print(Text(line, style), soft_wrap=True)
