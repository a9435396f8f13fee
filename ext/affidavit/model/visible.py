"""Text as a line of any report or message can hold it: whatever it holds, it is seen, and steers nothing. Pure."""

from __future__ import annotations


def visible(text: str) -> str:
    """Return text on one line, with what cannot be seen, or would steer a terminal, as its escape."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else _escape(each) for each in " ".join(text.split()))


def visible_line(line: str) -> str:
    """Return a line as :func:`visible` does, but with its indentation."""
    text = line.lstrip(" ")
    return line[: len(line) - len(text)] + visible(text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
