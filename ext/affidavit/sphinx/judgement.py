"""What one build came to, as the drawing of pages needs it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from affidavit.check import World
from affidavit.examples.states import Stood
from affidavit.model.cells import Borne
from affidavit.model.claims import Corpus, NoteRef
from affidavit.model.examples import Example
from affidavit.model.place import Place
from affidavit.model.report import Report
from affidavit.model.settings import Settings
from affidavit.model.statements import Statement
from affidavit.model.verdicts import Finding
from affidavit.noted import resolve
from affidavit.notes.listing import Cited, Listed, by_reference, by_release
from affidavit.notes.lookup import Index
from affidavit.notes.rules import Resolved


class Judgement(Struct, frozen=True):
    """The site's statements, its settings, what was seen of the world, the report, and the runs of examples."""

    corpus: Corpus
    settings: Settings
    world: World
    report: Report
    runs: Mapping[Place, tuple[Stood, ...]]

    def borne(self, statement: Statement) -> tuple[Borne, ...]:
        """Return what runs made of a statement, by release; nothing where it cannot be tested."""
        return next((each.borne for each in self.report.judged if each.claim == statement), ())

    def resolve(self, note: NoteRef) -> Resolved | Finding:
        """Find the section that a reference to release notes names."""
        return resolve(note, self.world.notes)

    @property
    def names_projects(self) -> bool:
        """Tell whether there are several projects with release notes, so that a release alone says too little."""
        return isinstance(self.world.notes, Index) and len(self.world.notes.projects) > 1

    def listed(self, project: str) -> tuple[Listed, ...]:
        """Return the references to release notes of a project, or of all."""
        return by_reference(self.report, self.world.notes, project)

    def cited(self, project: str) -> tuple[Cited, ...]:
        """Return the sections of release notes that pages refer to, of a project or of all."""
        return by_release(self.report, self.world.notes, project)

    def runs_of(self, example: Example) -> tuple[Stood, ...]:
        """Return the runs that are about an example, the worst first; none where they cannot be planned."""
        return self.runs.get(example.place, ())
