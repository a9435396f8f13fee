"""What the cards declare about each feature under each method in one release, and what runs showed of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from affidavit.methods.cells import releases_of
from affidavit.methods.stages import stage_of
from affidavit.model.cells import Cell
from affidavit.model.claims import Card, Feature, Stage, Status
from affidavit.model.evidence import WORST_FIRST
from affidavit.model.releases import Releases
from affidavit.model.settings import Settings


class Declared(StrEnum):
    """What a card says of a feature: nothing of this is proven, it is what editors declare."""

    WORKS = "works"
    FAILS = "fails"
    VARIES = "varies"
    REMOVED = "removed"
    NOTHING = "nothing"


class Row(Struct, frozen=True):
    """A method: its card, its status in the release, and for each feature, in the matrix's order, what is declared.

    ``tried`` are what runs showed of each feature, one for each variant, and ``setups`` what they showed of the method
    alone; of several environments the worst counts.
    """

    card: Card
    status: Status
    cells: tuple[Declared, ...]
    tried: tuple[tuple[Cell, ...], ...] = ()
    setups: tuple[Cell, ...] = ()


class Matrix(Struct, frozen=True):
    """Methods by features for a release."""

    release: str
    features: tuple[Feature, ...]
    rows: tuple[Row, ...]

    @property
    def tried(self) -> tuple[Cell, ...]:
        """Return what runs showed in this release."""
        return tuple(cell for row in self.rows for each in (row.setups, *row.tried) for cell in each)


class Stated(Struct, frozen=True):
    """What a site states of methods: its cards and features, its cells, its releases."""

    cards: Sequence[Card]
    features: Sequence[Feature]
    cells: Sequence[Cell]
    releases: Releases


def matrices(stated: Stated, settings: Settings) -> tuple[Matrix, ...]:
    """Return the matrix of the documented release, and behind it those of all others that runs speak of."""
    others = [each for each in releases_of(settings) if each != settings.release]
    drawn = [matrix(stated, each) for each in others]
    return (matrix(stated, settings.release), *(each for each in drawn if each.tried))


def matrix(stated: Stated, release: str) -> Matrix:
    """Draw up the matrix of all cards and features, both in the order in which the site declares them."""
    here = [cell for cell in stated.cells if cell.release == release and cell.tried]
    return Matrix(release, tuple(stated.features), tuple(_row(card, stated, here, release) for card in stated.cards))


def _row(card: Card, stated: Stated, here: Sequence[Cell], release: str) -> Row:
    stage = stage_of(card, release, stated.releases)
    status = stage.status if stage else Status.UNKNOWN
    own = [cell for cell in here if cell.method == card.name]
    return Row(
        card,
        status,
        tuple(_cell(stage, feature) for feature in stated.features),
        tuple(_worst(own, feature.name) for feature in stated.features),
        _worst(own, ""),
    )


def _worst(own: Sequence[Cell], feature: str) -> tuple[Cell, ...]:
    """Return the cells of a feature, one for each variant: the worst of its environments."""
    found: dict[str, Cell] = {}
    for cell in sorted(
        (each for each in own if each.feature == feature), key=lambda each: WORST_FIRST.index(each.state)
    ):
        found.setdefault(cell.variant, cell)
    return tuple(found[variant] for variant in dict.fromkeys(each.variant for each in own) if variant in found)


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
