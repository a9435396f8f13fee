"""What of Python's tracebacks counts: which exception it was, and what it says. Pure.

By the rules of doctest: the lines between the head and the exception differ from one Python and machine to another, and
are left out on both sides. Where one exception led to another, the last one counts.
"""

from __future__ import annotations

HEAD = "Traceback (most recent call last):"


def without_frames(text: str) -> str:
    """Return a text in which a traceback is but its head and its exception."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if line.rstrip() == HEAD]
    if not heads:
        return text
    behind = heads[-1] + 1
    while behind < len(lines) and _is_frame(lines[behind]):
        behind += 1
    return "\n".join([*lines[: heads[0]], HEAD, *lines[behind:]])


def _is_frame(line: str) -> bool:
    return not line.strip() or line[0].isspace() or line.rstrip() == "..."
