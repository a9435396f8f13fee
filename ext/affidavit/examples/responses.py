"""Whether an HTTP answer is what the page shows. Pure.

The status counts, not its phrase. The fields shown must be there, in any order, with names in any case and with values
by the rules for lines; there may be others. The content is compared where the page shows one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from affidavit.examples.ansi import plain
from affidavit.examples.match import compare, unusable
from affidavit.examples.settle import Own
from affidavit.examples.verdict import Held, Mismatch, Rule, Unusable, Verdict
from affidavit.model.examples import Matching

_STATUS = re.compile(r"HTTP/\S+ +([0-9]{3})(?= |$)")


class _Answer(Struct, frozen=True):
    """An answer; ``content_line`` is the line of the whole at which the content begins, from 0."""

    status: str
    fields: tuple[str, ...]
    content: str
    content_line: int


def compare_response(
    expected: str, seen: str, matching: Matching, own: Iterable[Own] = (), workspace: str = ""
) -> Verdict:
    """Compare an answer with what is expected; the rules of the block count for its content."""
    want, came = _read(expected), _read(plain(seen))
    verdict = _compare_heads(want, came, tuple(own), workspace)
    if isinstance(verdict, Mismatch):
        return replace(verdict, expected=tuple(expected.split("\n")), seen=tuple(plain(seen).rstrip("\n").split("\n")))
    if not want.content.strip():
        return verdict
    head = tuple(expected.split("\n"))[: want.content_line]
    return _below(compare(want.content, came.content, matching, own, workspace), head)


def unusable_response(expected: str, matching: Matching) -> Unusable | None:
    """Return why no content could be compared with the one that is expected, if so."""
    want = _read(expected)
    wrong = unusable(want.content, matching) if want.content.strip() else None
    return wrong and replace(wrong, line=wrong.line + want.content_line)


def _read(text: str) -> _Answer:
    lines = text.replace("\r\n", "\n").split("\n")
    blank = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    found = _STATUS.match(lines[0])
    return _Answer(found[1] if found else "", tuple(lines[1:blank]), "\n".join(lines[blank + 1 :]), blank + 1)


def _compare_heads(want: _Answer, came: _Answer, own: tuple[Own, ...], workspace: str) -> Verdict:
    if want.status != came.status:
        detail = f"The status is {came.status or 'not to be seen'}; the page shows {want.status or 'none'}."
        return Mismatch(Rule.HTTP_STATUS, detail, line=1, at=1)
    fields = [_field(line) for line in came.fields]
    for number, line in enumerate(want.fields, start=2):
        if line.strip() != "..." and not _has_field(_field(line), fields, own, workspace):
            name = line.partition(":")[0]
            there = "is not what the page shows" if _field(line)[0] in dict(fields) else "is missing"
            return Mismatch(Rule.FIELD, f"The field “{name}” {there}.", line=number)
    return Held()


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


def _has_field(wanted: tuple[str, str], fields: list[tuple[str, str]], own: tuple[Own, ...], workspace: str) -> bool:
    name, value = wanted
    values = [other for seen_name, other in fields if seen_name == name]
    return any(isinstance(compare(value, other, Matching(), own, workspace), Held) for other in values)


def _below(verdict: Verdict, head: tuple[str, ...]) -> Verdict:
    """Return a verdict on the content as one on the whole answer, whose head is as it should be.

    Both sides get the head that is shown: its further fields would only hide what differs.
    """
    lines = len(head)
    match verdict:
        case Mismatch(line=line):
            detail = verdict.detail.replace(f"Line {line} ", f"Line {line + lines} ", 1)
            expected, seen = (*head, *verdict.expected), (*head, *verdict.seen)
            return Mismatch(verdict.rule, detail, line + lines, verdict.at + lines, expected, seen)
        case Unusable():
            return replace(verdict, line=verdict.line + lines)
        case Held():
            return verdict
