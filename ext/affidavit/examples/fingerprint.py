"""What a run depends on, as one hash: the steps as far as they act, the files they read, the environment. Pure.

What the page expects is no part of it. A record is an observation: when only the expected output changes, the record of
old is held against it, and nothing needs to run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import assert_never

from affidavit.examples.plan import Run
from affidavit.model.examples import ConsoleStep, Exchange, FileStep, HttpStep, PyconStep, ServiceStep, Step

VERSION = 1
"""Counts up when the same run would get another hash, or when runs are done in another way."""


def fingerprint(run: Run, contents: Mapping[str, str], lock: str) -> str:
    """Return the hash of a run: ``sha256:`` and 64 digits.

    ``contents`` are the hashes of the repository's files that it reads, by name; one that is not there has none.
    ``lock`` is the hash of what its environment is made of.
    """
    told = {
        "version": VERSION,
        "steps": [_acting(step, contents) for example in run.chain for step in example.steps],
        "files": {name: contents.get(name, "") for example in run.chain for name in example.files},
        "environment": lock,
        "network": any(example.network for example in run.chain),
    }
    text = json.dumps(told, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def inputs_of(run: Run) -> tuple[str, ...]:
    """Return the names of the repository's files that a run reads."""
    shown = (_source(step) for example in run.chain for step in example.steps)
    declared = (name for example in run.chain for name in example.files)
    return tuple(dict.fromkeys([*filter(None, shown), *declared]))


def _source(step: Step) -> str:
    return step.source if isinstance(step, FileStep) else ""


def _acting(step: Step, contents: Mapping[str, str]) -> list[object]:
    """Return what a step does, without what it is compared with, and without where it stands."""
    match step:
        case FileStep():
            text = contents.get(step.source, "") if step.source else step.text
            return [step.kind, step.path, step.source, text, step.mode]
        case ConsoleStep() | PyconStep():
            return [step.kind, *_given(step.exchanges)]
        case HttpStep():
            return [step.kind, step.base, *_given(step.exchanges)]
        case ServiceStep():
            ready = [[str(each.kind), each.value, each.status] for each in step.ready]
            return [step.kind, step.command, ready, step.stop]
        case _:  # pragma: no cover
            assert_never(step)


def _given(exchanges: tuple[Exchange, ...]) -> Iterator[str]:
    return (each.given for each in exchanges)
