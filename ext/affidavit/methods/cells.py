"""The cells of a site: what cards declare of each feature under each variant of each method, with what runs showed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from affidavit.methods.expected import failure_of
from affidavit.methods.stages import stage_of
from affidavit.model.cells import Cell, Try
from affidavit.model.claims import Card, Feature, Stage
from affidavit.model.settings import Settings


def cells(
    cards: Sequence[Card], features: Sequence[Feature], tries: Sequence[Try], settings: Settings
) -> tuple[Cell, ...]:
    """Return all cells, in the order of cards, releases and features; those of unknown methods are left out.

    Without a feature a cell is about the method alone. Besides what runs are about, there is a cell for each feature of
    the documented release, and of those that have environments.
    """
    return tuple(cell for card in cards for cell in _of_card(card, features, tries, settings))


def of_plain(tries: Sequence[Try], settings: Settings) -> tuple[Cell, ...]:
    """Return the cells of plain examples, which no card has."""
    release_by = {each.name: each.release for each in settings.environments}
    plain = (each for each in tries if not each.subject.method)
    return tuple(Cell("", "", "", release_by.get(each.subject.environment, ""), tried=each) for each in plain)


def releases_of(settings: Settings) -> tuple[str, ...]:
    """Return the releases that runs can speak of, and the documented one, newest first."""
    named = {settings.release, *(each.release for each in settings.environments)} - {""}
    order = {each.version: at for at, each in enumerate(settings.releases.items)}
    return tuple(sorted(named, key=lambda name: (-order.get(name, -1), name)))


def _of_card(card: Card, features: Sequence[Feature], tries: Sequence[Try], settings: Settings) -> Iterator[Cell]:
    own = [each for each in tries if each.subject.method == card.name]
    names = list(dict.fromkeys(["", *(each.name for each in features), *(each.subject.feature for each in own)]))
    release_by = {each.name: each.release for each in settings.environments}
    for release in (*releases_of(settings), ""):
        here = [each for each in own if release_by.get(each.subject.environment, "") == release]
        for name in names:
            tried = [each for each in here if each.subject.feature == name]
            for each in tried:
                cell = Cell(card.name, each.subject.variant, name, release, tried=each)
                yield _declared(cell, stage_of(card, release, settings.releases))
            if name and release and not tried:
                yield from _untried(card, name, release, settings)


def _untried(card: Card, feature: str, release: str, settings: Settings) -> Iterator[Cell]:
    """Give the cells of what is only declared: one for each variant that a failure names, else one for all."""
    stage = stage_of(card, release, settings.releases)
    fails = [each for each in stage.fails if each.feature == feature] if stage else []
    for variant in dict.fromkeys(each.variant for each in fails) or [""]:
        yield _declared(Cell(card.name, variant, feature, release), stage)


def _declared(cell: Cell, stage: Stage | None) -> Cell:
    """Return a cell with what the stage of its release says of it."""
    failure = failure_of(stage, cell.feature, cell.variant) if stage else None
    return replace(cell, stage=stage, failure=failure)
