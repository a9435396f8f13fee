"""Two records of a run, one beside the other. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from affidavit.examples.again import is_same, same_exchanges
from affidavit.examples.plan import Run
from affidavit.examples.settle import Own
from affidavit.model.evidence import Record
from affidavit.model.inputs import MODE, DeclaredInput, FileInput, HttpInput, Input, ServiceInput

AROUND = 3
"""How many lines that are the same stand around those that are not."""


class Mark(StrEnum):
    """How the two sides of a row relate, as the programs that compare files have it."""

    SAME = " "
    OTHER = "|"
    GONE = "<"
    NEW = ">"
    LEFT_OUT = ":"
    """In between stand lines that are the same."""


class Row(Struct, frozen=True):
    """A line of each side; one of them is empty where only the other has it."""

    mark: Mark
    old: str = ""
    new: str = ""


class Sides(Struct, frozen=True):
    """What two records of a run have, in lines; none where there is no record."""

    key: str
    old: tuple[str, ...]
    new: tuple[str, ...]


def of_records(key: str, old: Record | None, new: Record | None) -> Sides | None:
    """Return both sides of two records, ``None`` where they say the same."""
    if old and new:
        old, new = _comparable(old, new), _comparable(new, old)
    return None if old == new else Sides(key, _lines(old), _lines(new))


def of_run(run: Run, old: Record | None, new: Record, own: Sequence[Own] = (), declared: str = "") -> Sides | None:
    """Return both sides of a record and what a new run saw, ``None`` where that comes to the same.

    What changes from run to run is no difference; ``declared`` is the pattern by which a failure is declared.
    """
    if old is None:
        return Sides(run.key, (), _lines(new))
    if is_same(run, old, new, own, declared):
        return None
    old, new = _comparable(old, new), _comparable(new, old)
    same = same_exchanges(run, old, new, own, declared)
    kept = tuple(before if alike else after for alike, before, after in zip(same, old.seen, new.seen, strict=False))
    return Sides(run.key, _lines(old), _lines(replace(new, seen=(*kept, *new.seen[len(kept) :]))))


def _comparable(record: Record, other: Record) -> Record:
    """Return a record without its inputs where the other one, of the first version, knows of none."""
    return record if other.inputs is not None else replace(record, inputs=None)


def unified(sides: Sides, before: str, after: str) -> Iterator[str]:
    """Give both as one, in the form that programs know: ``-`` is old, ``+`` is new."""
    return difflib.unified_diff(
        sides.old, sides.new, f"{sides.key} ({before})", f"{sides.key} ({after})", lineterm="", n=AROUND
    )


def rows(sides: Sides) -> Iterator[Row]:
    """Give both side by side; of lines that are the same, those around the others."""
    matcher = difflib.SequenceMatcher(None, sides.old, sides.new, autojunk=False)
    end = 0
    for group in matcher.get_grouped_opcodes(AROUND):
        if group[0][1] > end:
            yield Row(Mark.LEFT_OUT)
        for kind, first, last, new_first, new_last in group:
            yield from _rows(kind, sides.old[first:last], sides.new[new_first:new_last])
        end = group[-1][2]
    if end < len(sides.old):
        yield Row(Mark.LEFT_OUT)


def is_named(key: str, names: Sequence[str]) -> bool:
    """Tell whether a run is asked for by its key, or by the name of its example or setup; no names ask for all."""
    first, _, rest = key.partition("/")
    probe = rest.rpartition("@")[0]
    return not names or not {key, first, probe}.isdisjoint(names)


def _rows(kind: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    both = Mark.SAME if kind == "equal" else Mark.OTHER
    yield from (Row(both, *pair) for pair in zip(old, new, strict=False))
    yield from (Row(Mark.GONE, old=line) for line in old[len(new) :])
    yield from (Row(Mark.NEW, new=line) for line in new[len(old) :])


def _lines(record: Record | None) -> tuple[str, ...]:
    return tuple(_told(record)) if record else ()


def _told(record: Record) -> Iterator[str]:
    yield f"fingerprint: {record.fingerprint}"
    yield f"outcome: {record.outcome}"
    yield from (f"reason: {line}" for line in record.reason.split("\n") if record.reason)
    yield f"platform: {record.platform}"
    yield f"sandbox: {record.sandbox}"
    yield from (f"{name}: {version}" for name, version in sorted(record.versions))
    yield from (line for each in record.inputs or () for line in _of_input(each))
    for each in record.seen:
        yield from (f"> {line}" for line in each.given.split("\n"))
        yield from each.output.removesuffix("\n").split("\n") if each.output else ()
        yield from () if each.status in (None, 0) else (f"[{each.status}]",)


def _of_input(one: Input) -> Iterator[str]:
    match one:
        case FileInput(source=""):
            yield f"file: {one.path}{_mode(one)}"
            yield from (f"    {line}" for line in one.text.removesuffix("\n").split("\n"))
        case FileInput():
            yield f"file: {one.path}{_mode(one)}, from {one.source} ({one.hash or 'not there'})"
        case ServiceInput():
            yield f"service: {one.command}"
            yield from (f"    ready: {sign.kind} {sign.value} {sign.status or ''}".rstrip() for sign in one.ready)
            yield f"    stop: {one.stop}"
        case HttpInput():
            yield f"server: {one.base}"
        case DeclaredInput():
            yield f"depends on: {one.name} ({one.hash or 'not there'})"
        case _:  # pragma: no cover
            assert_never(one)


def _mode(file: FileInput) -> str:
    return "" if file.mode == MODE else f" ({file.mode:o})"
