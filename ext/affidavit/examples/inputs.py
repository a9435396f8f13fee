"""What acts in a run apart from what is put in, and where its page has it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from msgspec import Struct

from affidavit.examples.plan import Run
from affidavit.model.examples import ConsoleStep, Example, FileStep, HttpStep, PyconStep, ServiceStep, Step
from affidavit.model.inputs import DeclaredInput, FileInput, HttpInput, Input, ServiceInput
from affidavit.model.place import Place


class Placed(Struct, frozen=True):
    """An input, the ``place`` of its directive, and that of the example that has it: ``home``.

    ``begins`` is the line where the text of a file begins, ``None`` where it has none, or nobody knows.
    """

    input: Input
    place: Place
    home: Place
    begins: Place | None = None


def placed_inputs(run: Run, contents: Mapping[str, str]) -> tuple[Placed, ...]:
    """Return the inputs of a run, in the order of its chain; ``contents`` are the hashes of files, by name."""
    return tuple(each for example in run.chain for each in _of_example(example, contents))


def recorded_inputs(run: Run, contents: Mapping[str, str]) -> tuple[Input, ...]:
    """Return them as a record keeps them."""
    return tuple(each.input for each in placed_inputs(run, contents))


def _of_example(example: Example, contents: Mapping[str, str]) -> Iterator[Placed]:
    for step in example.steps:
        found = _of_step(step, contents)
        if found is not None:
            begins = step.begins if isinstance(step, FileStep) and not step.source else None
            yield Placed(found, step.place, example.place, begins)
    for name in example.files:
        yield Placed(DeclaredInput(name, contents.get(name, "")), example.place, example.place)


def _of_step(step: Step, contents: Mapping[str, str]) -> Input | None:
    match step:
        case FileStep(source=""):
            return FileInput(step.path, step.text, mode=step.mode)
        case FileStep():
            return FileInput(step.path, "", step.source, contents.get(step.source, ""), step.mode)
        case ServiceStep():
            return ServiceInput(step.command, step.ready, step.stop)
        case HttpStep():
            return HttpInput(step.base)
        case ConsoleStep() | PyconStep():
            return None
        case _:  # pragma: no cover
            assert_never(step)
