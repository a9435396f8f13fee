"""What a terminal would show: text, and the colours that it has. Pure.

Only colours and weights are kept of what a program says to a terminal. Whatever else it says, such as where to write,
is removed; of a line that was written over, the last writing stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_SEQUENCE = re.compile(
    r"""
      (?:\x1b\[|\x9b)(?P<colours>[0-9;:]*)m
    | (?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]       # other control sequences (ECMA-48, 5.4)
    | (?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)   # strings, such as a title
    | \x1b[ -/]+[0-~]                        # the choice of a character set
    | \x1b[0-~]?
    """,
    re.VERBOSE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OVER = re.compile(r"[\b\r]")
_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_STYLES = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "inverse", 9: "strike"}
_ENDS = {22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 27: ("inverse",), 29: ("strike",)}
_FRONT, _BACK = "colour", "ground"
_LEVELS = (
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
)  # fmt: skip
"""The sixteen colours in red, green and blue, as xterm has them."""
_STEPS = (0, 95, 135, 175, 215, 255)
_BRIGHT = 8
_GREYS = 232
_MOST_PARAMETERS = 32


class Run(Struct, frozen=True):
    """A piece of text that looks the same, and the classes for how: ``ansi-bold``, ``ansi-on-blue``."""

    classes: tuple[str, ...]
    text: str


def plain(text: str) -> str:
    """Return what can be read of a text."""
    return "\n".join(_overwritten(_SEQUENCE.sub("", line)) for line in text.split("\n"))


def is_plain(text: str) -> bool:
    """Tell whether a text says nothing to a terminal but what it reads."""
    return not _CONTROLS.search(text)


def runs(text: str) -> tuple[Run, ...]:
    """Return the pieces of a text by how they look; together they are the plain text.

    What is written over is decided line by line, and such a line has no colours.
    """
    look: dict[str, str] = {}
    found: list[Run] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            _append(found, Run(_classes(look), "\n"))
        for run in _written(list(_pieces(line, look))):
            _append(found, run)
    return tuple(found)


def _pieces(line: str, look: dict[str, str]) -> Iterator[Run]:
    """Give what stands between the sequences of a line, and change how text looks on the way."""
    at = 0
    for sequence in _SEQUENCE.finditer(line):
        yield Run(_classes(look), line[at : sequence.start()])
        at = sequence.end()
        if sequence["colours"] is not None:
            _change(look, sequence["colours"])
    yield Run(_classes(look), line[at:])


def _written(line: list[Run]) -> list[Run]:
    if any(_OVER.search(each.text) for each in line):
        return [Run((), _overwritten("".join(each.text for each in line)))]
    return [Run(each.classes, _CONTROLS.sub("", each.text)) for each in line]


def _append(found: list[Run], run: Run) -> None:
    """Add a run, to the last one if it looks the same."""
    if found and found[-1].classes == run.classes:
        found[-1] = Run(run.classes, found[-1].text + run.text)
    elif run.text:
        found.append(run)


def _overwritten(line: str) -> str:
    """Return the last writing of a line, without what was deleted and without controls."""
    last = line.rstrip("\r").rpartition("\r")[2]
    kept: list[str] = []
    for character in last if "\b" in last else ():
        if character != "\b":
            kept.append(character)
        elif kept:
            kept.pop()
    return _CONTROLS.sub("", "".join(kept) if "\b" in last else last)


def _classes(look: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(look.values()))


def _change(look: dict[str, str], parameters: str) -> None:
    """Change how text looks by the parameters of a sequence; those that are not known change nothing."""
    numbers = [int(each[:4] or 0) for each in re.split("[;:]", parameters)[:_MOST_PARAMETERS]]
    at = 0
    while at < len(numbers):
        at += _apply(look, numbers[at:])


def _apply(look: dict[str, str], numbers: list[int]) -> int:
    """Apply the first parameter; return how many it took."""
    number, taken = numbers[0], 1
    if number == 0:
        look.clear()
    elif number in _STYLES:
        look[_STYLES[number]] = f"ansi-{_STYLES[number]}"
    elif number in _ENDS:
        for style in _ENDS[number]:
            look.pop(style, None)
    elif number in {38, 48}:
        colour, taken = _extended(numbers)
        _paint(look, _FRONT if number == 38 else _BACK, colour)  # noqa: PLR2004 # the numbers are those of ECMA-48
    else:
        _basic(look, number)
    return taken


def _basic(look: dict[str, str], number: int) -> None:
    """Apply one of the sixteen colours, or the one that the terminal has by itself."""
    tens, digit = divmod(number, 10)
    for layer, dark, bright in ((_FRONT, 3, 9), (_BACK, 4, 10)):
        if tens in {dark, bright} and digit < _BRIGHT:
            _paint(look, layer, digit + (_BRIGHT if tens == bright else 0))
        elif (tens, digit) == (dark, 9):
            look.pop(layer, None)


def _paint(look: dict[str, str], layer: str, colour: int | None) -> None:
    if colour is not None:
        name = ("bright-" if colour >= _BRIGHT else "") + _NAMES[colour % _BRIGHT]
        look[layer] = f"ansi-on-{name}" if layer == _BACK else f"ansi-{name}"


def _extended(numbers: list[int]) -> tuple[int | None, int]:
    """Return the nearest of the sixteen colours for one of many, if it is one, and how many parameters it took."""
    match numbers[1:]:
        case [5, colour, *_]:
            return _of_palette(min(colour, 255)), 3
        case [2, red, green, blue, *_]:
            return _nearest(red, green, blue), 5
        case _:
            return None, len(numbers)


def _of_palette(colour: int) -> int:
    if colour < 2 * _BRIGHT:
        return colour
    if colour >= _GREYS:
        level = 8 + 10 * (colour - _GREYS)
        return _nearest(level, level, level)
    cube = colour - 2 * _BRIGHT
    return _nearest(_STEPS[cube // 36], _STEPS[cube // 6 % 6], _STEPS[cube % 6])


def _nearest(red: int, green: int, blue: int) -> int:
    """Return the one of the sixteen colours that is least far away."""

    def distance(colour: int) -> int:
        levels = zip(_LEVELS[colour], (red, green, blue), strict=True)
        return sum((level - wanted) ** 2 for level, wanted in levels)

    return min(range(len(_LEVELS)), key=distance)
