r"""Console blocks: commands behind ``$``, and what they print. Pure.

- A line that begins with ``$ `` is a command. ``# `` is no prompt: output often has such lines, and examples are not
  run by root.
- Lines right behind it that begin with ``> `` belong to it, without that mark. So do lines without the mark, as long as
  the command is not complete: after a backslash at the end of a line, within quotation marks, and up to the end of a
  here-document (``<<EOF``). Whether the marks are there is seen from the first line behind the command; a
  here-document that has lines with ``$ `` needs them.
- All else is expected output. ``[1]`` as its last line is an exit status, from 1 to 255. Blank lines at its end
  are layout.
- A backslash before a line of output that looks like one of these (``\$ ``, ``\> ``, ``\[1]``) makes it output; what
  looks so with backslashes gets one more.
- A block in which no command shows output has its output recorded; in any other a command without output prints
  nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from affidavit.examples.parse.parsed import (
    Escape,
    Parsed,
    Problem,
    below,
    recorded_if_silent,
    source_lines,
    without_blank_end,
)
from affidavit.examples.parse.shell import Shell
from affidavit.model.examples import Exchange
from affidavit.model.place import Place

_PROMPT = re.compile(r"\$(?: |$)")
_MARK = re.compile(r">(?: |$)")
_STATUS = re.compile(r"\[([1-9][0-9]{0,2})\]$", re.ASCII)
_MOST_STATUS = 255
_ESCAPE = Escape(r"[$>](?: |$)|\[[1-9][0-9]{0,2}\]$")


class _Command(Struct, frozen=True):
    """A command that begins at a line, counted from 0, and the lines behind it from ``end`` on."""

    start: int
    lines: tuple[str, ...]
    end: int
    waits_for: str


def parse(text: str, place: Place) -> Parsed:
    """Read a block of which ``place`` is the first line."""
    lines = source_lines(text)
    commands = list(_commands(lines))
    if not commands:
        return Parsed((), (Problem(place, "The block has no command; a command begins with “$ ”."),))
    ends = [*(each.start for each in commands[1:]), len(lines)]
    exchanges = (_exchange(each, lines[each.end : end], place) for each, end in zip(commands, ends, strict=True))
    return Parsed(recorded_if_silent(exchanges), tuple(_problems(commands, lines, place)))


def render(exchanges: Iterable[Exchange]) -> str:
    """Return the block of which reading gives these exchanges, with the marks of all lines."""
    return "".join(f"{line}\n" for each in exchanges for line in _rendered(each))


def _rendered(exchange: Exchange) -> Iterator[str]:
    first, *rest = exchange.given.split("\n")
    yield f"$ {first}"
    yield from (f"> {line}" if line else ">" for line in rest)
    shown = exchange.expected.split("\n") if exchange.expected else []
    for number, line in enumerate(shown):
        yield _ESCAPE.on(line, misread=_is_misread(line, first=number == 0, last=number == len(shown) - 1))
    if exchange.status:
        yield f"[{exchange.status}]"


def _is_misread(line: str, *, first: bool, last: bool) -> bool:
    """Tell whether a line of output would be taken for something else where it stands."""
    return line.startswith("$") or (first and line.startswith(">")) or (last and line.startswith("["))


def _commands(lines: list[str]) -> Iterator[_Command]:
    at = 0
    while at < len(lines):
        if not _PROMPT.match(lines[at]):
            at += 1
            continue
        command = _command(lines, at)
        yield command
        at = command.end


def _command(lines: list[str], start: int) -> _Command:
    taken = [lines[start][2:]]
    shell = Shell()
    shell.read(taken[0])
    end = start + 1
    marked = end < len(lines) and bool(_MARK.match(lines[end]))
    while end < len(lines) and not _PROMPT.match(lines[end]):
        has_mark = marked and bool(_MARK.match(lines[end]))
        if not has_mark and not shell.waits_for:
            break
        taken.append(lines[end][2:] if has_mark else lines[end])
        shell.read(taken[-1])
        end += 1
    return _Command(start, tuple(taken), end, shell.waits_for)


def _exchange(command: _Command, behind: list[str], place: Place) -> Exchange:
    shown = without_blank_end(behind)
    status = _status(shown[-1]) if shown else 0
    output = without_blank_end(shown[:-1]) if status else shown
    expected = "\n".join(map(_ESCAPE.off, output))
    return Exchange("\n".join(command.lines), expected, below(place, command.start), status)


def _status(line: str) -> int:
    found = _STATUS.match(line)
    return int(found[1]) if found and int(found[1]) <= _MOST_STATUS else 0


def _problems(commands: list[_Command], lines: list[str], place: Place) -> Iterator[Problem]:
    before = next((at for at, line in enumerate(lines[: commands[0].start]) if line.strip()), None)
    if before is not None:
        yield Problem(below(place, before), _said_of_output_before(lines[before]))
    for each in commands:
        if not any(line.strip() for line in each.lines):
            yield Problem(below(place, each.start), "This prompt has no command.")
        elif each.waits_for:
            yield Problem(below(place, each.start), _said_of_unfinished(each.waits_for))


def _said_of_output_before(line: str) -> str:
    if line.startswith("# "):
        return "“# ” is no prompt, since output may begin so too; a command begins with “$ ”."
    return "There is output before the first command; a command begins with “$ ”."


def _said_of_unfinished(waits_for: str) -> str:
    advice = "Lines that belong to it may begin with “> ”."
    return f"The command is not complete: the shell would wait for {waits_for}. {advice}"
