"""Write anew the results of examples that the manual shows: `python -m tests.manual.record`; read the difference."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.manual.conftest import SNIPPETS, site_of


def record(example: Path) -> None:
    """Build an example in reStructuredText as text, and keep its page beside it."""
    with TemporaryDirectory() as folder:
        shown = site_of(example.relative_to(SNIPPETS).with_suffix(""), "rst", Path(folder)).built("text", "page.txt")
    example.with_suffix(".txt").write_text(shown, encoding="utf-8")


if __name__ == "__main__":
    for file in SNIPPETS.glob("*/*.txt"):
        record(file)
