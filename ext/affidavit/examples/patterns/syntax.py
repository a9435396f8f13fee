r"""Reads the regular expressions that can be answered without going back, in the notation of Python. Pure.

Groups (``(...)``, ``(?:...)``, ``(?P<name>...)``), ``|``, ``*``, ``+``, ``?`` and ``{2,5}``, classes, ``.``, ``\d``,
``\w``, ``\s`` and their opposites, ``^``, ``$``, ``\b``, and ``(?i)`` at the beginning mean what they do in Python.
That a repetition takes as little as it can (``*?``) makes no difference here. What looks around, refers back, or must
not go back is refused.
"""

from __future__ import annotations

import re
from typing import NoReturn

from affidavit.examples.patterns.tree import At, Choice, Node, One, Repeat, Sequence, Where

_MOST_CHARACTERS = 500
_DEEPEST = 20
_COUNT = re.compile(r"\{([0-9]{0,9})(?:(,)([0-9]{0,9}))?\}")
_GROUP = re.compile(r"\((?:\?:|\?P<[A-Za-z_]\w*>|(?!\?))", re.ASCII)
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[dDwWsSnrtfva]|[^0-9A-Za-z])", re.ASCII | re.DOTALL)
_ODD_IN_CLASS = re.compile(r"--|(?<!\\)(?:\\\\)*\\[^dDwWsSnrtfva\W]", re.ASCII)
_PLACES = {"^": Where.START, "$": Where.END, r"\A": Where.START, r"\Z": Where.END, r"\b": Where.EDGE}


class PatternRefusedError(Exception):
    """Why an expression cannot be used, in a few words; it never leaves this folder."""


def read(text: str) -> Node:
    """Return what an expression says, or raise ``PatternRefusedError``."""
    if len(text) > _MOST_CHARACTERS:
        raise PatternRefusedError(f"it has more than {_MOST_CHARACTERS} characters")
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 4 if text.startswith("(?i)") else 0
        self._flags = re.IGNORECASE if self._at else re.NOFLAG

    def read(self) -> Node:
        node = self._choice(0)
        if self._at < len(self._text):
            self._refuse("there is a “)” without a “(”")
        return node

    def _refuse(self, why: str) -> NoReturn:
        raise PatternRefusedError(f"{why} (character {self._at + 1})")

    def _next(self, *signs: str) -> bool:
        """Tell whether one of some signs comes next."""
        return self._text.startswith(signs, self._at)

    def _take(self, form: re.Pattern[str]) -> re.Match[str] | None:
        found = form.match(self._text, self._at)
        if found:
            self._at = found.end()
        return found

    def _choice(self, depth: int) -> Node:
        if depth > _DEEPEST:
            self._refuse(f"groups are nested more than {_DEEPEST} deep")
        ways = [self._sequence(depth)]
        while self._next("|"):
            self._at += 1
            ways.append(self._sequence(depth))
        return Choice(tuple(ways)) if len(ways) > 1 else ways[0]

    def _sequence(self, depth: int) -> Node:
        parts = []
        while self._at < len(self._text) and not self._next("|", ")"):
            parts.append(self._repeated(self._atom(depth)))
        return Sequence(tuple(parts))

    def _repeated(self, node: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return node
        if isinstance(node, At):
            self._refuse("there is nothing to repeat")
        if self._next("+"):
            self._refuse("a repetition that must not give back is not possible here")
        self._at += self._next("?")
        if self._bounds() is not None:
            self._refuse("a repetition is repeated")
        return Repeat(node, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        """Take how often something is repeated; ``None`` where nothing is said, or a brace is but a brace."""
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._next(sign):
                self._at += 1
                return bounds
        return None if self._next("{}") else self._counted()

    def _counted(self) -> tuple[int, int | None] | None:
        found = self._take(_COUNT)
        if not found:
            return None
        least = int(found[1] or 0)
        most = (int(found[3]) if found[3] else None) if found[2] else least
        if most is not None and most < least:
            self._refuse("the bounds of a repetition are reversed")
        return least, most

    def _atom(self, depth: int) -> Node:
        if self._next("("):
            return self._group(depth)
        if self._next("["):
            return self._class()
        if self._next("\\"):
            return self._escaped()
        if self._next("*", "+", "?"):
            self._refuse("there is nothing to repeat")
        return self._plain()

    def _plain(self) -> Node:
        sign = self._text[self._at]
        if sign == "{" and self._next("{}") is False and _COUNT.match(self._text, self._at):
            self._refuse("there is nothing to repeat")
        self._at += 1
        if sign in _PLACES:
            return At(_PLACES[sign])
        return self._one("." if sign == "." else re.escape(sign))

    def _group(self, depth: int) -> Node:
        if not self._take(_GROUP):
            self._refuse("looking around, flags and conditions are not possible here, but for (?i) at the beginning")
        node = self._choice(depth + 1)
        if not self._next(")"):
            self._refuse("a “(” is not closed")
        self._at += 1
        return node

    def _class(self) -> Node:
        found = self._take(_CLASS)
        if not found:
            self._refuse("a “[” is not closed")
        if _ODD_IN_CLASS.search(found[0]):
            self._refuse("a class has “--” or an escape that is not known")
        inner = re.sub(r"(\\.)|([\[&~|])", lambda sign: sign[1] or rf"\{sign[2]}", found[0][1:], flags=re.DOTALL)
        return self._one(f"[{inner}")

    def _escaped(self) -> Node:
        place = self._text[self._at : self._at + 2]
        if place in _PLACES:
            self._at += 2
            return At(_PLACES[place])
        found = self._take(_ESCAPE)
        if not found:
            self._refuse(f"“{place}” is not known here")
        return self._one(found[0])

    def _one(self, text: str) -> Node:
        try:
            return One(re.compile(text, self._flags))
        except re.error as error:
            self._refuse(str(error.msg))
