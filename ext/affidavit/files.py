"""Writing files whole: whoever reads one sees it as it was or as it is, and never half of it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from secrets import token_hex


def replace_text(path: Path, text: str) -> None:
    """Put a text file in the place of the one that stands there, if any, as UTF-8.

    What UTF-8 cannot hold, half of a surrogate pair, is written as the escape that JSON has for it. A link is
    followed, and the file's mode is kept. Raise `OSError` or `ValueError`, and leave all as it was, where that fails.
    """
    replace_bytes(path, text.encode("utf-8", "backslashreplace"))


def replace_bytes(path: Path, data: bytes) -> None:
    """Put a file in the place of the one that stands there, if any, under the same conditions."""
    _replace(Path(os.path.realpath(path)), data)


def _replace(target: Path, data: bytes) -> None:
    """Write a file beside the target and put it in its place in one step, as rename(2) promises within a folder."""
    temporary = target.with_name(f".affidavit-{token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
