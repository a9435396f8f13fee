"""Numbers that may differ a little. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

_NUMBER = r"[-+]?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,3})?"
_NUMBERS = re.compile(f"({_NUMBER})")


def is_close(expected: float, seen: float, tolerance: float) -> bool:
    """Tell whether a number differs from the expected one by at most a share of that."""
    try:
        return expected == seen or abs(seen - expected) <= tolerance * abs(expected)
    except OverflowError:  # whole numbers of JSON have no limit
        return False


def tolerant(pieces: list[str], tolerance: float) -> Callable[[str], bool]:
    """Return what tells whether a line consists of pieces, with anything between two, and numbers that are close."""
    forms = [_Piece(piece, tolerance) for piece in pieces]
    return lambda line: _consists_of(line, forms)


class _Piece:
    """A piece of an expected line; a number in it stands for a whole number of what was seen, never for a part."""

    def __init__(self, text: str, tolerance: float) -> None:
        parts = _NUMBERS.split(text)
        form = "".join(_NUMBERS.pattern if at % 2 else re.escape(part) for at, part in enumerate(parts))
        self._form = re.compile(form)
        self._at_end = re.compile(rf"{form}\Z")
        self._numbers = [float(each) for each in parts[1::2]]
        self._tolerance = tolerance

    def is_whole(self, line: str) -> bool:
        """Tell whether a line is the piece."""
        return self._is_close(self._form.fullmatch(line))

    def begins(self, line: str) -> int | None:
        """Return where the piece ends with which a line begins, if it does."""
        found = self._form.match(line)
        return found.end() if found and self._is_close(found) else None

    def find(self, line: str, start: int) -> int | None:
        """Return where the piece ends that comes first behind a place."""
        found = (each.end() for each in self._form.finditer(line, start) if self._is_close(each))
        return next(found, None)

    def ends(self, line: str, start: int) -> bool:
        """Tell whether a line ends with the piece, which begins behind a place."""
        return self._is_close(self._at_end.search(line, start))

    def _is_close(self, found: re.Match[str] | None) -> bool:
        if found is None:
            return False
        seen = map(float, found.groups())
        return all(is_close(*pair, self._tolerance) for pair in zip(self._numbers, seen, strict=True))


def _consists_of(line: str, pieces: list[_Piece]) -> bool:
    first, *others = pieces
    if not others:
        return first.is_whole(line)
    at = first.begins(line)
    for piece in others[:-1]:
        if at is None:
            return False
        at = piece.find(line, at)
    return at is not None and others[-1].ends(line, at)
