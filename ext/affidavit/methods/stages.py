"""Which stage of a card speaks of a release."""

from __future__ import annotations

from affidavit.model.claims import Card, Stage
from affidavit.model.releases import Releases
from affidavit.model.settings import Settings


def current_stage(card: Card, settings: Settings) -> Stage | None:
    """Return the stage that covers the documented release, the first of them if stages overlap.

    ``None`` where no stage does, or where the site does not say what it documents.
    """
    return stage_of(card, settings.release, settings.releases)


def stage_of(card: Card, release: str, releases: Releases) -> Stage | None:
    """Return the stage that covers a release, the first of them if stages overlap."""
    at = releases.position(release)
    if at is None:
        return None
    return next((stage for stage in card.stages if at in releases.span(stage.interval)), None)
