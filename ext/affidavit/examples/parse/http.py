r"""HTTP blocks: requests as they go over the wire, and the answers to them. Pure.

- A request begins with its request line, such as ``GET /path HTTP/1.1``: at the beginning of the block, or behind a
  blank line. Fields follow, then a blank line and the content, if there is any.
- Its answer begins with a status line, such as ``HTTP/1.1 200 OK``, wherever that stands behind the request line.
- Blank lines at the end of a request or an answer are layout.
- A backslash before a line of content that looks like one of these makes it content.
- What a request without an answer is answered is recorded: unlike a command, a request always gets an answer.
- The status of an exchange is that of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from affidavit.examples.parse.parsed import Escape, Parsed, Problem, below, source_lines, without_blank_end
from affidavit.model.examples import Exchange
from affidavit.model.place import Place

_REQUEST = re.compile(r"[A-Z]{1,20} \S+ HTTP/[0-9](?:\.[0-9])?\s*$", re.ASCII)
_STATUS = re.compile(r"HTTP/[0-9](?:\.[0-9])? ([1-5][0-9]{2})(?: |$)", re.ASCII)
_FIELD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+:")
_ESCAPE = Escape(rf"{_REQUEST.pattern}|{_STATUS.pattern}")


def parse(text: str, place: Place) -> Parsed:
    """Read a block of which ``place`` is the first line."""
    lines = source_lines(text)
    starts = list(_starts(lines))
    if not starts:
        return Parsed((), (Problem(place, _said_of_no_request(text)),))
    ends = [*starts[1:], len(lines)]
    pieces = [(start, lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    exchanges = tuple(_exchange(piece, below(place, start)) for start, piece in pieces)
    problems = [each for start, piece in pieces for each in _problems(piece, below(place, start))]
    return Parsed(exchanges, (*_problems_before(lines[: starts[0]], place), *problems))


def render(exchanges: Iterable[Exchange]) -> str:
    """Return the block of which reading gives these exchanges, with a blank line between two messages."""
    return "\n".join(f"{message}\n" for each in exchanges for message in _rendered(each))


def _rendered(exchange: Exchange) -> Iterator[str]:
    for message in (exchange.given, exchange.expected):
        if message is not None:
            first, *rest = message.split("\n")
            yield "\n".join([first, *map(_ESCAPE.on, rest)])


def _starts(lines: list[str]) -> Iterator[int]:
    """Give the lines with which requests begin."""
    for at, line in enumerate(lines):
        if _REQUEST.match(line) and (at == 0 or not lines[at - 1].strip()):
            yield at


def _exchange(lines: list[str], place: Place) -> Exchange:
    answer = _answer(lines)
    given = _message(lines[:answer])
    if answer == len(lines):
        return Exchange(given, None, place)
    found = _STATUS.match(lines[answer])
    return Exchange(given, _message(lines[answer:]), place, int(found[1]) if found else 0)


def _answer(lines: list[str]) -> int:
    """Return at which line the answer begins, or the end."""
    return next((at for at, line in enumerate(lines) if _STATUS.match(line)), len(lines))


def _message(lines: list[str]) -> str:
    return "\n".join(map(_ESCAPE.off, without_blank_end(lines)))


def _problems_before(lines: list[str], place: Place) -> Iterator[Problem]:
    before = next((at for at, line in enumerate(lines) if line.strip()), None)
    if before is not None:
        yield Problem(below(place, before), "There is something before the first request line.")


def _problems(lines: list[str], place: Place) -> Iterator[Problem]:
    """Find the lines of a request's head that are no fields, and answers behind the first."""
    answer = _answer(lines)
    for at, line in enumerate(lines[1:answer], start=1):
        if not line.strip():
            break
        if not _FIELD.match(line):
            yield Problem(below(place, at), "This line is no field of a request; a blank line ends the fields.")
    for at in range(answer + 1, len(lines)):
        if _STATUS.match(lines[at]):
            yield Problem(
                below(place, at), "There are two answers to one request; content that looks so needs a backslash."
            )


def _said_of_no_request(text: str) -> str:
    if re.match(r"\s*[A-Z]{1,20} \S+\s*$", text.partition("\n")[0]):
        return "The request line does not end with a version, such as “HTTP/1.1”."
    return "The block has no request; a request begins with a line such as “GET /path HTTP/1.1”."
