"""What all runs of a site start from, whichever face asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from affidavit.examples.judge import inputs
from affidavit.examples.planned import Known, Plans, Wanted, plans
from affidavit.examples.running import Ground
from affidavit.examples.sandbox.sandbox import Sandbox
from affidavit.examples.states import Kept
from affidavit.examples.store import contents_of, read_evidence
from affidavit.model.examples import Example
from affidavit.model.settings import Settings

EVERY = Wanted()


@dataclass(frozen=True, slots=True)
class Site:
    """The examples of a site, its settings, and what is kept of earlier runs.

    ``home`` is the folder of its conf.py, ``folder`` that of its sources.
    """

    home: Path
    folder: Path
    examples: Sequence[Example]
    settings: Settings
    kept: Kept

    def plans(self, day: date, wanted: Wanted = EVERY) -> Plans:
        """Return what is to run; raise :class:`~affidavit.examples.planned.UnknownExampleError` for unknown names."""
        contents = contents_of(inputs(self.examples), self.folder)
        return plans(self.examples, Known(self.kept, contents, day, self.settings.evidence_days), wanted)

    def ground(self, sandbox: Sandbox) -> Ground:
        """Return what its runs have in common, in a sandbox."""
        return Ground(self.folder.absolute(), sandbox)


def site_in(home: Path, folder: Path, examples: Sequence[Example], settings: Settings) -> Site:
    """Return what the runs of a site start from."""
    return Site(home, folder, examples, settings, read_evidence(home / settings.evidence))
