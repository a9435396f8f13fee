"""Whether a shell still waits for more of a command: open quotes, a backslash at the end, a here-document. Pure.

This is no parser of the shell's language. Words that open something, such as ``if`` or ``(``, are not looked for: the
lines behind them need the mark ``> ``.
"""

from __future__ import annotations

import re
from collections import deque

_PLAIN = re.compile(
    r"""
      (?P<escape>\\.)
    | (?P<backslash>\\$)
    | (?P<quote>\$?'|")
    | (?P<sum>\(\(|\)\))
    | (?P<string><<<)
    | (?P<document><<(?P<tabs>-?)[ \t]*(?:'(?P<single>[^']+)'|"(?P<double>[^"]+)"|\\?(?P<bare>[\w.+:%@!-]+)))
    | (?P<comment>(?:^|(?<=[\s;|&(]))\#)
    """,
    re.VERBOSE,
)
_CLOSING = {"'": re.compile("'"), '"': re.compile(r'\\.|"'), "$'": re.compile(r"\\.|'")}


class Shell:
    """Reads the lines of a command one by one, and knows what the shell would still wait for."""

    def __init__(self) -> None:
        self._quote = ""
        self._continued = False
        self._in_sum = False
        self._documents: deque[tuple[str, bool]] = deque()

    @property
    def waits_for(self) -> str:
        """Return in words what is not ended, empty if the command may end here."""
        if self._quote:
            return f"the quotation mark {self._quote[-1]}"
        if self._documents:
            return f"the line “{self._documents[0][0]}” that ends its input"
        return "the line behind the backslash" if self._continued else ""

    def read(self, line: str) -> None:
        """Take the next line into account."""
        if self._documents and not self._quote:
            self._read_document(line)
            return
        self._continued = False
        at = 0
        while at < len(line):
            at = self._close(line, at) if self._quote else self._read_plain(line, at)

    def _read_document(self, line: str) -> None:
        delimiter, tabs = self._documents[0]
        if (line.lstrip("\t") if tabs else line) == delimiter:
            self._documents.popleft()

    def _close(self, line: str, at: int) -> int:
        for mark in _CLOSING[self._quote].finditer(line, at):
            if not mark[0].startswith("\\"):
                self._quote = ""
                return mark.end()
        return len(line)

    def _read_plain(self, line: str, at: int) -> int:
        """Read up to the next quotation mark, or to the end; return where that is."""
        for sign in _PLAIN.finditer(line, at):
            match sign.lastgroup:
                case "quote":
                    self._quote = sign[0]
                    return sign.end()
                case "comment":
                    return len(line)
                case "sum":
                    self._in_sum = sign[0] == "(("
                case "backslash":
                    self._continued = True
                case "document" if not self._in_sum:
                    self._documents.append((sign["single"] or sign["double"] or sign["bare"], bool(sign["tabs"])))
                case _:
                    pass
        return len(line)
