"""Where a page has changed since a run, and what it was then: a record held against the chain of today. Pure.

Several changes are one answer: the first one counts, and files and services come before what is put in. What stands on
no page, such as the packages of an environment, has no place here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Generic, TypeVar, assert_never

from msgspec import Struct

from affidavit.examples.compared import exchanges_of
from affidavit.examples.inputs import Placed, placed_inputs
from affidavit.examples.parse.parsed import below
from affidavit.examples.plan import Run
from affidavit.model.evidence import Outcome, Record
from affidavit.model.examples import ConsoleStep, Exchange, FileStep, HttpStep, PyconStep, ServiceStep, Step
from affidavit.model.inputs import DeclaredInput, FileInput, HttpInput, Input, ServiceInput
from affidavit.model.place import Place
from affidavit.model.plain import shown

T = TypeVar("T")
_LONGEST = 120
"""The most characters of a line that a sentence has."""


class Changed(Struct, frozen=True):
    """A line of a page, and a clause that says what was there when it was run."""

    place: Place
    told: str


def changed(run: Run, record: Record, contents: Mapping[str, str]) -> Changed | None:
    """Return where a page has changed since a run, ``None`` where nothing is found.

    ``contents`` are the hashes of the files that it reads today, by name.
    """
    if record.inputs is None:
        return None
    return _of_inputs(record.inputs, placed_inputs(run, contents)) or _of_exchanges(run, record)


class _Parting(Struct, Generic[T], frozen=True):
    """What two rows have between their common beginning and their common end, and how long that beginning is."""

    at: int
    was: Sequence[T]
    now: Sequence[T]


def _parting(was: Sequence[T], now: Sequence[T]) -> _Parting[T]:
    at = _common(was, now)
    end = _common(was[at:][::-1], now[at:][::-1])
    return _Parting(at, was[at : len(was) - end], now[at : len(now) - end])


def _common(was: Sequence[T], now: Sequence[T]) -> int:
    """Return how many elements are the same at the beginning."""
    return len([*takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False))])


def _of_inputs(was: Sequence[Input], now: Sequence[Placed]) -> Changed | None:
    parting = _parting(was, [each.input for each in now])
    at = parting.at
    if parting.was and parting.now:
        return _of_pair(parting.was[0], now[at])
    if parting.now:
        return Changed(now[at].place, f"{_named(parting.now[0])} was not there when it was run")
    if parting.was and now:
        near = now[max(0, at - 1)]
        return Changed(near.home, _gone(_named(parting.was[0])))
    return None


def _gone(named: str) -> str:
    return f"{named} was there when it was run, and is gone"


def _of_pair(was: Input, now: Placed) -> Changed:
    """Return what was there in the place of an input: something else, or the same in another way."""
    new = now.input
    if isinstance(was, FileInput) and isinstance(new, FileInput) and was.path == new.path:
        return _of_file(was, new, now)
    if isinstance(was, ServiceInput) and isinstance(new, ServiceInput) and was.command == new.command:
        other = "what tells that it is ready" if was.ready != new.ready else "the signal that stops it"
        return Changed(now.place, f"{_named(new)} was another when it was run: {other}")
    if isinstance(was, DeclaredInput) and isinstance(new, DeclaredInput) and was.name == new.name:
        return Changed(now.place, _other(_named(new)))
    return Changed(now.place, f"in place of {_named(new)} was {_named(was)} when it was run")


def _other(named: str) -> str:
    return f"{named} was another when it was run"


def _of_file(was: FileInput, new: FileInput, now: Placed) -> Changed:
    if was.source != new.source:
        kept = f"taken from `{was.source}`" if was.source else "written in the page"
        return Changed(now.place, f"{_named(new)} was {kept} when it was run")
    if was.hash != new.hash:
        return Changed(now.place, _other(f"the file `{new.source}`"))
    if was.mode != new.mode:
        return Changed(now.place, f"{_named(new)} had the permissions {was.mode:o} when it was run")
    return _of_lines(was.text, new.text, _named(new), now.begins or now.place, known=now.begins is not None)


def _of_lines(was: str, new: str, named: str, begins: Place, *, known: bool) -> Changed:
    """Return the first line of a text that is another, is new or is gone; ``known`` is whether its place is."""
    before, after = ([*text.removesuffix("\n").split("\n")] for text in (was, new))
    parting = _parting(before, after)
    line = f"line {parting.at + 1} of {named}"
    place = below(begins, min(parting.at, len(after) - 1)) if known else begins
    if parting.was and parting.now:
        return Changed(place, f"{line} was {_quoted(parting.was[0])} when it was run")
    if parting.now:
        return Changed(place, f"{line} was not there when it was run")
    gone = _quoted(parting.was[0]) if parting.was else "another"
    return Changed(place, f"{line} was {gone} when it was run, and is gone")


def _quoted(line: str) -> str:
    """Return a line for a sentence."""
    return shown(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…") if line else "empty"


def _named(one: Input) -> str:
    match one:
        case FileInput(path=path):
            return f"the file `{path}`"
        case ServiceInput(command=command):
            return f"the service {_quoted(command)}"
        case HttpInput(base=base):
            return f"the server `{base}`"
        case DeclaredInput(name=name):
            return f"the file `{name}`, on which it depends,"
        case _:  # pragma: no cover
            assert_never(one)


def _of_exchanges(run: Run, record: Record) -> Changed | None:
    """Return what was put in and is not any more, as far as the run came."""
    rows, was = [*exchanges_of(run)], [each.given for each in record.seen]
    rows = rows if record.outcome is Outcome.FINISHED else rows[: len(was)]
    parting = _parting(was, [exchange.given for _, exchange in rows])
    if not rows or not (parting.was or parting.now):
        return None
    step, exchange = rows[min(parting.at, len(rows) - 1)]
    named = f"the {_kind(step)} {_quoted(_first(exchange.given))}"
    if parting.was and parting.now:
        return _of_given(parting.was[0], exchange, named)
    if parting.now:
        return Changed(exchange.place, f"{named} was not there when it was run")
    return Changed(exchange.place, _gone(_quoted(_first(parting.was[0]))))


def _first(text: str) -> str:
    return text.partition("\n")[0]


def _of_given(was: str, exchange: Exchange, named: str) -> Changed:
    """Return what a command, a statement or a request was; of several lines, the first that is another."""
    if "\n" in was or "\n" in exchange.given:
        return _of_lines(was, exchange.given, named, exchange.place, known=False)
    return Changed(exchange.place, f"{named} was {_quoted(was)} when it was run")


def _kind(step: Step) -> str:
    match step:
        case ConsoleStep():
            return "command"
        case PyconStep():
            return "statement"
        case HttpStep():
            return "request"
        case FileStep() | ServiceStep():  # pragma: no cover -- nothing is put into them
            return "step"
        case _:  # pragma: no cover
            assert_never(step)
