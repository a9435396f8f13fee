"""Writing files that are never seen half-written."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex


def write_text(path: Path, text: str) -> None:
    """Write a text file at once, as UTF-8; raise `OSError` and leave nothing behind where that cannot be done.

    What UTF-8 cannot hold, half a surrogate pair, is written as the escape that JSON has for it.
    """
    draft = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        draft.write_bytes(text.encode("utf-8", "backslashreplace"))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
