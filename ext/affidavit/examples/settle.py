"""Replaces what changes from run to run by words that do not, so that two runs can be compared. Pure.

Settling again changes nothing: what was replaced is neither looked at again, nor does it lend an edge to what stands
beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from affidavit.examples.patterns.pattern import Pattern, Refused, read_pattern
from affidavit.examples.settle_table import AFTER, BEFORE, NAMES, ROWS, SETTLED, WORKSPACE, Row

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*")
_LONGEST_NAME = 40
MOST_OWN = 50
_KEPT = re.compile(SETTLED)
_PAIR = re.compile(f"{SETTLED}{{2}}")
_BASE = 4096
_FIRST = 0xF0000


class Own(Struct, frozen=True):
    """A pattern of the site's own, by its name."""

    name: str
    pattern: Pattern


def read_own(patterns: Mapping[str, str]) -> tuple[tuple[Own, ...], tuple[str, ...]]:
    """Return the patterns of a site that can be used, and a sentence on each that cannot."""
    if len(patterns) > MOST_OWN:
        return (), (f"There are more than {MOST_OWN} patterns.",)
    read = [_read_one(name, text) for name, text in patterns.items()]
    return tuple(each for each in read if isinstance(each, Own)), tuple(each for each in read if isinstance(each, str))


def unknown_names(names: Iterable[str], own: Iterable[Own] = ()) -> tuple[str, ...]:
    """Return those of some names, asked for in a block, that no pattern has."""
    known = {*NAMES, *(each.name for each in own)}
    return tuple(name for name in names if name not in known)


class Settler:
    """Settles the texts of one transcript, one after the other.

    ``names`` are the patterns that are replaced besides those that always are, ``own`` the patterns that a site has, of
    which only the named ones count; ``workspace`` is the folder that the steps run in. Where it is not ``counting``,
    all values of a kind become the same.
    """

    def __init__(
        self, names: Iterable[str] = (), own: Iterable[Own] = (), *, workspace: str = "", counting: bool = True
    ) -> None:
        asked = frozenset(names)
        self._rows = tuple(row for row in ROWS if row.always or row.name in asked)
        self._own = tuple(each for each in own if each.name in asked)
        self._workspace = re.compile(f"{BEFORE}{re.escape(workspace)}(?![\\w.-]){AFTER}") if workspace else None
        self._tokens = _Tokens()
        self._counting = counting
        self._counts: dict[str, dict[str, int]] = {}
        kinds = "|".join(map(re.escape, sorted({*NAMES, *(each.name for each in self._own)})))
        self._placeholder = re.compile(rf"<(?P<kind>{kinds})(?:-[0-9]{{1,9}})?>|{SETTLED}")

    def settle(self, text: str) -> str:
        """Return the text with the lines that it has, and nothing in them that changes from run to run."""
        text = self._placeholder.sub(self._keep, text)
        if self._workspace:
            text = self._workspace.sub(self._tokens.put(f"<{WORKSPACE}>"), text)
        for row in self._rows:
            text = row.form.sub(self._replacing(row), text)
        if self._own:
            text = "\n".join(map(self._settle_own, text.split("\n")))
        return _PAIR.sub(self._tokens.take, text)

    def _keep(self, found: re.Match[str]) -> str:
        """Put away what stands for something already, or would be taken for it."""
        kind = found["kind"]
        return self._tokens.put(f"<{kind}>" if kind and not self._counting else found[0])

    def _replacing(self, row: Row) -> Callable[[re.Match[str]], str]:
        def replace(found: re.Match[str]) -> str:
            name = found.lastgroup
            start, end = found.span(name) if name else found.span()
            value = found.string[start:end]
            word = self._word(row.name, value) if row.counted else f"<{row.name}>"
            whole = found.start()
            return found[0][: start - whole] + self._tokens.put(word) + found[0][end - whole :]

        return replace

    def _settle_own(self, line: str) -> str:
        for each in self._own:
            pieces, at = [], 0
            for start, end in each.pattern.spans(line):
                pieces += [line[at:start], self._tokens.put(self._word(each.name, line[start:end]))]
                at = end
            line = "".join([*pieces, line[at:]])
        return line

    def _word(self, name: str, value: str) -> str:
        """Return what stands for a value: with a number, the same one for the same value."""
        if not self._counting:
            return f"<{name}>"
        known = self._counts.setdefault(name, {})
        return f"<{name}-{known.setdefault(value, len(known) + 1)}>"


class _Tokens:
    """Two characters for each word that was put into a text, which no pattern takes for anything else."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._known: dict[str, str] = {}

    def put(self, word: str) -> str:
        """Return the characters for a word."""
        known = self._known.get(word)
        if known is None:
            high, low = divmod(len(self._words), _BASE)
            known = self._known[word] = chr(_FIRST + high) + chr(_FIRST + low)
            self._words.append(word)
        return known

    def take(self, found: re.Match[str]) -> str:
        """Return the word for two characters."""
        high, low = (ord(character) - _FIRST for character in found[0])
        return self._words[high * _BASE + low]


def _read_one(name: str, text: str) -> Own | str:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or name in NAMES:
        return f"“{name}” cannot be the name of a pattern: small letters, digits and “-”, and no name that is taken."
    pattern = read_pattern(text, _KEPT)
    if isinstance(pattern, Refused):
        return f"The pattern “{name}” cannot be used: {pattern.why}."
    if pattern.is_whole(""):
        return f"The pattern “{name}” matches nothing at all, and so every place of a text."
    return Own(name, pattern)
