"""The text report on a terminal, with colour. Imported only where there is a terminal."""

from __future__ import annotations

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
"""The style of a line by how it begins; the first row that fits counts."""


def show(text: str, console: Console | None = None) -> None:
    """Print a text report; its words are the same with colour and without."""
    console = console or Console(highlight=False)
    for line in text.removesuffix("\n").split("\n"):
        style = next(style for beginning, style in STYLES if line.startswith(beginning))
        console.print(Text(line, style), soft_wrap=True)
