"""Which stage of a card speaks of the release that a site documents."""

from __future__ import annotations

from affidavit.model.claims import Card, Stage
from affidavit.model.settings import Settings


def current_stage(card: Card, settings: Settings) -> Stage | None:
    """Return the stage that covers the documented release, the first of them if stages overlap.

    ``None`` where no stage does, or where the site does not say what it documents.
    """
    at = settings.releases.position(settings.release)
    if at is None:
        return None
    return next((stage for stage in card.stages if at in settings.releases.span(stage.interval)), None)
