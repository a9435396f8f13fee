"""What one build came to, as the drawing of pages needs it."""

from __future__ import annotations

from dataclasses import dataclass

from affidavit.check import World, resolve
from affidavit.model.claims import Corpus, NoteRef
from affidavit.model.report import Report
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding
from affidavit.notes.rules import Resolved


@dataclass(frozen=True, slots=True)
class Judgement:
    """The site's statements, its settings, what was seen of the world, and the report."""

    corpus: Corpus
    settings: Settings
    world: World
    report: Report

    def resolve(self, note: NoteRef) -> Resolved | Finding:
        """Find the section that a reference to release notes names."""
        return resolve(note, self.world.notes)
