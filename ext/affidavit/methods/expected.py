"""What cards make of runs: which must hold, which must fail and how, and of which they say nothing alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from affidavit.methods.stages import stage_of
from affidavit.model.cells import HOLDS, Expect, Expectation, Expectations, Subject
from affidavit.model.claims import Card, Failure, Stage, Status
from affidavit.model.examples import Example
from affidavit.model.settings import Settings

EITHER, FAILS = Expectation(Expect.EITHER), Expectation(Expect.FAILS)


def expectations(cards: Sequence[Card], examples: Sequence[Example], settings: Settings) -> Expectations:
    """Return what is expected of the runs of setups and probes, by the stage of their environment's release."""
    known = {card.name: card for card in reversed(cards)}  # of two with one name, the first counts
    found = {}
    for subject, release in _subjects(examples, settings):
        card = known.get(subject.method)
        stage = stage_of(card, release, settings.releases) if card else None
        if stage and (expectation := expectation_of(stage, subject)) != HOLDS:
            found[subject] = expectation
    return Expectations(found)


def expectation_of(stage: Stage, subject: Subject) -> Expectation:
    """Return what a stage makes of a run."""
    failure = failure_of(stage, subject.feature, subject.variant)
    if failure is not None:
        return Expectation(Expect.FAILS, failure.looks)
    match stage.status:
        case Status.REMOVED:
            return FAILS
        case Status.BROKEN:
            return EITHER
        case Status.RECOMMENDED | Status.SUPPORTED | Status.DISCOURAGED | Status.UNKNOWN:
            return HOLDS
        case _:  # pragma: no cover
            assert_never(stage.status)


def failure_of(stage: Stage, feature: str, variant: str) -> Failure | None:
    """Return the failure that a stage declares of a feature: of this variant rather than of all."""
    found = [each for each in stage.fails if each.feature == feature and each.variant in ("", variant)]
    return next((each for each in found if each.variant), next(iter(found), None))


def _subjects(examples: Sequence[Example], settings: Settings) -> Iterator[tuple[Subject, str]]:
    """Give what runs can be about, each with the release of its environment."""
    setups = dict.fromkeys((each.setup_for, each.variant) for each in examples if each.setup_for)
    features = dict.fromkeys(["", *(each.probe for each in examples if each.probe)])
    for environment in (each for each in settings.environments if each.release):
        for method, variant in setups:
            for feature in features:
                yield Subject(method, variant, feature, environment.name), environment.release
