"""Release notes by the Sphinx inventory of the pages that reno made."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from affidavit.model.note_sources import Inventory
from affidavit.notes.facts import Facts, Heading
from affidavit.notes.inventory import facts_of, sections
from affidavit.notes.sources.places import content_of
from affidavit.notes.sources.source import Surroundings


@dataclass(frozen=True, slots=True)
class InventorySource:
    """An inventory, in a file or behind a URL."""

    given: Inventory
    around: Surroundings

    def facts(self) -> Facts:
        """Return all sections."""
        return facts_of(sections(content_of(self.given.place, self.around)))

    def texts(self, wanted: Collection[Heading]) -> Mapping[Heading, str]:
        """Return nothing: an inventory has no texts."""
        del wanted
        return {}
