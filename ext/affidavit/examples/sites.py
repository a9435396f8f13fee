"""What all runs of a site start from, whichever face asks for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from msgspec import Struct

from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.grounds import grounds, machine_ground
from affidavit.examples.environments.locks import read_locks
from affidavit.examples.environments.machine import system
from affidavit.examples.examine import own_of
from affidavit.examples.judge import NOTHING_SAID, Tried, inputs
from affidavit.examples.planned import Known, Planned, Plans, Wanted, plans
from affidavit.examples.sandbox.sandbox import Sandbox
from affidavit.examples.states import Kept
from affidavit.examples.store import contents_of, read_evidence
from affidavit.examples.work import Work
from affidavit.model.cells import Expectations
from affidavit.model.examples import Example
from affidavit.model.settings import Settings

EVERY = Wanted()
Told = Callable[[str], AbstractContextManager[None]]


def _in_silence(what: str) -> AbstractContextManager[None]:
    del what
    return nullcontext()


class Site(Struct, frozen=True):
    """The examples of a site, its settings, its environments, and what is kept of earlier runs.

    ``home`` is the folder of its conf.py, ``folder`` that of its sources. ``expected`` is what cards make of runs.
    """

    home: Path
    folder: Path
    examples: Sequence[Example]
    settings: Settings
    declared: Declared
    kept: Kept
    expected: Expectations = NOTHING_SAID

    def tried(self) -> Tried:
        """Return what is kept of runs, as judging goes by it."""
        return Tried(self.kept, contents_of(inputs(self.examples), self.folder), self.declared.locks, system())

    def plans(self, day: date, wanted: Wanted = EVERY) -> Plans:
        """Return what is to run; raise an error for names that no example, or no environment, has."""
        contents = contents_of(inputs(self.examples), self.folder)
        days, own = self.settings.evidence_days, own_of(self.settings)
        known = Known(self.kept, contents, day, days, self.declared, own, self.expected, system())
        return plans(self.examples, known, wanted)

    def work(
        self,
        waiting: Sequence[Planned],
        sandbox: Sandbox,
        jobs: int,
        kept: Path | None = None,
        told: Told = _in_silence,
    ) -> Work:
        """Return how runs are done; the environments that they need stand from then on, or say why not."""
        machine = machine_ground(self.settings, self.folder.absolute(), sandbox)
        needed = {each.run.environment for each in waiting}
        return Work(machine, jobs, kept, grounds(machine, self.declared, needed, os.environ, told))


def site_in(
    home: Path,
    folder: Path,
    examples: Sequence[Example],
    settings: Settings,
    expected: Expectations = NOTHING_SAID,
) -> Site:
    """Return what the runs of a site start from."""
    declared = Declared(settings.environments, read_locks(settings.environments, folder))
    return Site(home, folder, examples, settings, declared, read_evidence(home / settings.evidence), expected)
