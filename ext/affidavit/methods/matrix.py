"""What the cards declare about each feature under each method, for one release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from affidavit.methods.stages import current_stage
from affidavit.model.claims import Card, Feature, Stage, Status
from affidavit.model.settings import Settings


class Declared(StrEnum):
    """What a card says of a feature: nothing of this is proven, it is what editors declare."""

    WORKS = "works"
    FAILS = "fails"
    VARIES = "varies"
    REMOVED = "removed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Row:
    """A method: its card, its current status, and one cell for each feature, in the matrix's order."""

    card: Card
    status: Status
    cells: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Methods by features for the documented release."""

    features: tuple[Feature, ...]
    rows: tuple[Row, ...]


def matrix(cards: Sequence[Card], features: Sequence[Feature], settings: Settings) -> Matrix:
    """Draw up the matrix of all cards and features, both in the order in which the site declares them."""
    return Matrix(tuple(features), tuple(_row(card, features, settings) for card in cards))


def _row(card: Card, features: Sequence[Feature], settings: Settings) -> Row:
    stage = current_stage(card, settings)
    status = stage.status if stage else Status.UNKNOWN
    return Row(card, status, tuple(_cell(stage, feature) for feature in features))


def _cell(stage: Stage | None, feature: Feature) -> Declared:
    if stage is None:
        return Declared.NOTHING
    fails = [failure for failure in stage.fails if failure.feature == feature.name]
    if fails:
        return Declared.VARIES if all(failure.variant for failure in fails) else Declared.FAILS
    match stage.status:
        case Status.RECOMMENDED | Status.SUPPORTED:
            return Declared.WORKS
        case Status.REMOVED:
            return Declared.REMOVED
        case Status.DISCOURAGED | Status.BROKEN | Status.UNKNOWN:
            # Neither advice against a method nor "something is broken" says anything of this feature.
            return Declared.NOTHING
