"""Where a page puts the same together in another way than when it was run: in other blocks, or another order. Pure.

A record has what was put in and what else acted, each in its order, but not how both were mixed. So each single change
of that is tried: where one of them gives the fingerprint of the record, that is what the page was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from affidavit.examples.changed import Changed
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.plan import Run
from affidavit.model.evidence import Record
from affidavit.model.examples import ConsoleStep, FileStep, PyconStep, ServiceStep, Step

Block = ConsoleStep | PyconStep


class _Before(Struct, frozen=True):
    """What a run may have been, and what of the page is another one then."""

    run: Run
    changed: Changed


def rewritten(run: Run, record: Record, contents: Mapping[str, str], mark: str) -> Changed | None:
    """Return what a page puts together in another way, ``None`` where nothing is found.

    ``contents`` are the hashes of the files that it reads, ``mark`` is that of what its environment is made of.
    """
    if record.inputs is None:
        return None
    before = (each for each in _before(run) if fingerprint(each.run, contents, mark) == record.fingerprint)
    return next((each.changed for each in before), None)


def _before(run: Run) -> Iterator[_Before]:
    yield _of_network(run)
    steps = tuple(step for example in run.chain for step in example.steps)
    for at, (one, other) in enumerate(pairwise(steps)):
        joined = _joined(one, other)
        if joined:
            told = Changed(other.place, "the block was one with that before it when it was run")
            yield _Before(_with(run, (*steps[:at], joined, *steps[at + 2 :])), told)
    for at, step in enumerate(steps):
        for parts in _parted(step):
            told = Changed(step.place, "the block was two blocks when it was run")
            yield _Before(_with(run, (*steps[:at], *parts, *steps[at + 1 :])), told)
        for moved in _moved(steps, at):
            told = Changed(step.place, f"{_named(step)} stood elsewhere among the commands when it was run")
            yield _Before(_with(run, moved), told)


def _of_network(run: Run) -> _Before:
    could = any(example.network for example in run.chain)
    chain = tuple(replace(example, network=not could) for example in run.chain)
    place = next((each.place for each in run.chain if each.network), run.example.place)
    had = "could not reach" if could else "could reach"
    return _Before(replace(run, chain=chain), Changed(place, f"it {had} the network when it was run"))


def _with(run: Run, steps: tuple[Step, ...]) -> Run:
    """Return a run with other steps; in which of its examples they stand makes no difference."""
    first, *others = run.chain
    return replace(run, chain=(replace(first, steps=steps), *(replace(each, steps=()) for each in others)))


def _joined(one: Step, other: Step) -> Block | None:
    """Return two blocks as one, where they could have been; of requests, the record knows the blocks."""
    if isinstance(one, ConsoleStep) and isinstance(other, ConsoleStep):
        return replace(one, exchanges=(*one.exchanges, *other.exchanges))
    if isinstance(one, PyconStep) and isinstance(other, PyconStep):
        return replace(one, exchanges=(*one.exchanges, *other.exchanges))
    return None


def _parted(step: Step) -> Iterator[tuple[Block, Block]]:
    """Give what a block may have been as two."""
    if isinstance(step, Block):
        for at in range(1, len(step.exchanges)):
            yield replace(step, exchanges=step.exchanges[:at]), replace(step, exchanges=step.exchanges[at:])


def _moved(steps: tuple[Step, ...], at: int) -> Iterator[tuple[Step, ...]]:
    """Give the orders in which a file or a service may have stood."""
    if not isinstance(steps[at], FileStep | ServiceStep):
        return
    others = (*steps[:at], *steps[at + 1 :])
    for to in range(len(others) + 1):
        if to != at:
            yield (*others[:to], steps[at], *others[to:])


def _named(step: Step) -> str:
    return f"the file `{step.path}`" if isinstance(step, FileStep) else "the service"
