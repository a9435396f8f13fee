"""Every line of the guide's examples that acts, and every status that they show, written otherwise one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, assert_never

from msgspec.structs import replace
from tests.sphinx.guide_changes import HTTP

from affidavit.examples.plan import Run
from affidavit.model.examples import (
    ConsoleStep,
    Example,
    Exchange,
    FileStep,
    HttpStep,
    PyconStep,
    Ready,
    ServiceStep,
    Step,
)
from affidavit.model.place import Place

T = TypeVar("T")


def acting_otherwise(example: Example) -> Iterator[tuple[str, Place, Example]]:
    """Give an example with another line in a file, another command, or another sign that a service is ready.

    The place is that of the line.
    """
    for at, step in enumerate(example.steps):
        for line, place, other in _of_step(step):
            yield line, place, _with_step(example, at, other)


def with_lines_otherwise(example: Example) -> Iterator[tuple[Place, Example]]:
    """Give an example in which a line of a file is gone, or is new; the place is that of the line, or where it was."""
    for at, step in enumerate(example.steps):
        if isinstance(step, FileStep) and step.begins:
            lines = step.text.splitlines()
            for number in range(len(lines)):
                for other in ([*lines[:number], *lines[number + 1 :]], [*lines[:number], "new", *lines[number:]]):
                    if other:
                        text = "\n".join([*other, ""])
                        yield _parting(step.begins, lines, other), _with_step(example, at, replace(step, text=text))


def _parting(begins: Place, lines: Sequence[str], others: Sequence[str]) -> Place:
    """Return the first line of the others that is not the same, or their last one."""
    same = next((at for at, pair in enumerate(zip(lines, others, strict=False)) if pair[0] != pair[1]), len(others) - 1)
    return replace(begins, line=begins.line + same)


def shown_otherwise(example: Example) -> Iterator[tuple[Exchange, Example]]:
    """Give an example that shows another status of HTTP, with the exchange that does."""
    for at, step in enumerate(example.steps):
        if isinstance(step, ConsoleStep):
            for number, each in enumerate(step.exchanges):
                if each.expected and HTTP.search(each.expected):
                    other = replace(each, expected=HTTP.sub("599", each.expected))
                    yield each, _with_step(example, at, replace(step, exchanges=_put(step.exchanges, number, other)))


def with_example(run: Run, old: Example, new: Example) -> Run:
    """Return a run in which an example is another one."""
    chain = tuple(new if each is old else each for each in run.chain)
    return replace(run, chain=chain, setup=new if run.setup is old else run.setup)


def _with_step(example: Example, at: int, step: Step) -> Example:
    return replace(example, steps=(*example.steps[:at], step, *example.steps[at + 1 :]))


def _of_step(step: Step) -> Iterator[tuple[str, Place, Step]]:
    match step:
        case FileStep():
            lines = step.text.splitlines()
            assert step.text == "\n".join([*lines, ""])
            for at, line in enumerate(lines):
                assert step.begins
                place = replace(step.begins, line=step.begins.line + at)
                yield line, place, replace(step, text="\n".join([*_put(lines, at, f"{line}x"), ""]))
        case ConsoleStep() | PyconStep() | HttpStep():
            for at, each in enumerate(step.exchanges):
                given = replace(each, given=f"{each.given}x")
                yield each.given, each.place, replace(step, exchanges=_put(step.exchanges, at, given))
        case ServiceStep():
            yield step.command, step.place, replace(step, command=f"{step.command}x")
            for at, sign in enumerate(step.ready):
                for other in _of_sign(sign):
                    yield str(sign), step.place, replace(step, ready=_put(step.ready, at, other))
        case _:
            assert_never(step)


def _of_sign(sign: Ready) -> Iterator[Ready]:
    yield replace(sign, value=f"{sign.value}x")
    if sign.status:
        yield replace(sign, status=sign.status + 1)


def _put(items: Sequence[T], at: int, other: T) -> tuple[T, ...]:
    return (*items[:at], other, *items[at + 1 :])
