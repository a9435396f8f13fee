"""From runs and their evidence to what cards and statements are held against. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace
from packaging.utils import canonicalize_name

from affidavit.examples.environments.pins import PACKAGE
from affidavit.examples.examine import own_of
from affidavit.examples.failing import fails_with, told
from affidavit.examples.plan import Run
from affidavit.examples.run_states import run_state
from affidavit.examples.states import Stood
from affidavit.model.cells import Showed, Subject, Try
from affidavit.model.environments import Environment
from affidavit.model.evidence import State
from affidavit.model.examples import Symptom
from affidavit.model.settings import Settings

SILENT = frozenset({State.NOT_YET_PROVEN, State.STALE, State.UNABLE})
"""The states of runs that say nothing of what the page shows now."""

_NAME = re.compile(r"[\w.-]+")


def tries(stood: Iterable[Stood], settings: Settings, symptoms: Sequence[Symptom] = ()) -> Iterator[Try]:
    """Give what runs say; those of plain examples are about no method. ``symptoms`` are those that statements name."""
    known = {each.name: each for each in settings.environments}
    for each in stood:
        about = _about(each.run, known.get(each.run.environment, Environment("")))
        tried = _try(each, each.run.subject or Subject("", "", "", each.run.environment), about, settings)
        yield replace(tried, failed_with=frozenset(_ways(each, symptoms, settings)))


def _try(each: Stood, subject: Subject, about: frozenset[str], settings: Settings) -> Try:
    run, record, standing = each.run, each.evidence.record, each.standing
    setup = run.setup or run.example
    failed = told(run, record, own_of(settings)) if record and standing.state not in SILENT else None
    versions = record.versions if record else ()
    return Try(
        subject,
        run.key,
        run.example.name,
        setup.name,
        run.example.place,
        standing.state,
        standing.reason,
        _showed(standing.state, failed=failed is not None),
        failed[0] if failed else "",
        failed[1] if failed else None,
        tuple((name, version) for name, version in versions if name.removesuffix(PACKAGE) in about),
        versions,
        record.platform if record else "",
        record.sandbox if record else "",
        each.evidence.proof.day if each.evidence.proof else None,
        run_state(run, standing, each.evidence, settings.evidence).file,
    )


def _ways(each: Stood, symptoms: Sequence[Symptom], settings: Settings) -> Iterator[Symptom]:
    """Yield the symptoms with which a run failed."""
    record, own = each.evidence.record, own_of(settings)
    if record and each.standing.state not in SILENT:
        yield from (symptom for symptom in symptoms if fails_with(each.run, record, symptom, own))


def _showed(state: State, *, failed: bool) -> Showed:
    if state in SILENT:
        return Showed.NOTHING
    return Showed.FAILS if failed else Showed.WORKS


def _about(run: Run, environment: Environment) -> frozenset[str]:
    """Return the names of what readers know a method by: what its setup says, needs, or has an environment made of."""
    said = [name for example in run.chain if example.setup_for for name in example.versions]
    if said:
        return frozenset([*said, *map(canonicalize_name, said)])
    needs = (name for example in run.chain if example is not run.example or not run.setup for name in example.needs)
    packages = (canonicalize_name(match[0]) for each in environment.packages if (match := _NAME.match(each)))
    return frozenset([*needs, *(each.name for each in environment.programs), *packages])
