"""What runs have in common, what one is given, and what came of it. Values only."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from affidavit.examples.environments.made import Made, Unready
from affidavit.examples.observed import Keeping
from affidavit.examples.plan import Run
from affidavit.examples.sandbox.sandbox import Sandbox
from affidavit.examples.secrets import Redactor
from affidavit.examples.settle import Own
from affidavit.examples.starts import Start
from affidavit.examples.survey import LIMITS, Survey
from affidavit.model.environments import ProgramSpec
from affidavit.model.evidence import Record
from affidavit.model.examples import Step
from affidavit.model.runs import Job, Limits, Promise

Pairs = tuple[tuple[str, str], ...]


class Ground(Struct, frozen=True, dict=True):
    """What all runs of a site have in common that run in one environment.

    ``folder`` is that of the sources, in which the files of ``:source:`` stand. ``variables`` are given to the steps;
    of those named in ``secret``, the values are kept out of everything. ``asked`` are the promises without which the
    site's examples are not to be run. ``own`` are the site's patterns. ``mark`` is the hash of what the environment is
    made of, empty for the machine's own, and ``made`` what stands for it. Of ``programs`` something is known, and the
    ``needed`` ones must be there.
    """

    folder: Path
    sandbox: Sandbox
    variables: Pairs = ()
    secret: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)
    asked: frozenset[Promise] = frozenset()
    own: tuple[Own, ...] = ()
    mark: str = ""
    made: Made | Unready = Made()
    programs: tuple[ProgramSpec, ...] = ()
    needed: tuple[str, ...] = ()

    @cached_property
    def survey(self) -> Survey:
        """Return what looks up programs, which is done once for all runs."""
        return Survey(self.sandbox, self.job((), LIMITS), self.programs, self.keeping())

    @property
    def packages(self) -> Made:
        """Return what stands for the environment; nothing where that could not be made."""
        return self.made if isinstance(self.made, Made) else Made()

    def keeping(self, folder: str = "") -> Keeping:
        """Return how outputs of runs in a folder are made fit to be kept."""
        return Keeping(self.redactor, self.own, folder, self.packages.folder)

    def job(self, steps: tuple[Step, ...], limits: Limits, *, network: bool = False) -> Job:
        """Return a job in this environment."""
        made = self.packages
        return Job(steps, self.variables, limits, network, made.visible, made.folder)

    @cached_property
    def redactor(self) -> Redactor:
        """Return what takes secrets out of texts."""
        return Redactor(value for name, value in self.variables if name in self.secret)


class Observed(Struct, frozen=True):
    """A run as it is to be recorded, and how many seconds it took; ``shared`` as in :class:`Proof`.

    Of these, ``own`` are those of the example that it is about. What was before them is a ``start``, if anything was.
    """

    record: Record
    seconds: float = 0
    shared: bool = False
    own: float = 0
    start: Start | None = None


class Ready(Struct, frozen=True):
    """A run that can be tried: what is to be done, and the record that has only what is known before."""

    run: Run
    job: Job
    blank: Record


class Failed(Struct, frozen=True):
    """Nothing is known of a run, since trying it failed: a sentence on why."""

    reason: str
