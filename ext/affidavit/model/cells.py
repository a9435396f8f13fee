"""Cells: a feature under a variant of a method, in a release; what a card declares of it, and what a run showed.

Cards and examples know nothing of each other; these values are what both are told of.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from affidavit.model.claims import Failure, Stage
from affidavit.model.evidence import State
from affidavit.model.examples import Symptom
from affidavit.model.place import Place
from affidavit.model.statements import Bears


class Subject(Struct, frozen=True, order=True):
    """What a run is about: a feature under a variant of a method, in an environment.

    Without a feature it is about the method alone: whether its setup runs. That of a plain example has no method.
    """

    method: str
    variant: str
    feature: str
    environment: str


class Expect(StrEnum):
    """What is expected of a run by what is declared."""

    HOLDS = "holds"
    """It gives what its page shows."""
    FAILS = "fails"
    """It fails, and in the way that is declared."""
    EITHER = "either"
    """Nothing is said of it alone: the method is declared broken as a whole."""


class Expectation(Struct, frozen=True):
    """What is expected of a run; ``symptom`` is how it fails, where it must."""

    expect: Expect = Expect.HOLDS
    symptom: Symptom = field(default_factory=Symptom)


HOLDS = Expectation()


class Expectations(Struct, frozen=True):
    """What cards make of runs, by what these are about; of whatever else, what its own page says holds."""

    by: Mapping[Subject, Expectation] = field(default_factory=dict)

    def of(self, subject: Subject | None) -> Expectation:
        """Return what is expected of a run about a subject."""
        return HOLDS if subject is None else self.by.get(subject, HOLDS)


class Showed(StrEnum):
    """What a run showed of its subject, whatever was expected."""

    WORKS = "works"
    FAILS = "fails"
    NOTHING = "nothing"
    """There is no run, or none that speaks of what the page shows now."""


class Try(Struct, frozen=True):
    """A run about a subject, and what its evidence says.

    ``key`` is its name, ``record`` the file of its record, from conf.py, empty where there is none. ``example`` is what
    it tries and stands at ``place``, ``setup`` what that ran under; of a setup alone they are the same. ``symptom`` is
    how it failed, at ``at``; ``reason`` why it has its state. ``about`` are the versions of what readers know the
    method by, ``versions`` all that were recorded. ``day`` is when it was last seen to be so. ``failed_with`` are the
    symptoms of statements that its failure shows.
    """

    subject: Subject
    key: str
    example: str
    setup: str
    place: Place
    state: State = State.NOT_YET_PROVEN
    reason: str = ""
    showed: Showed = Showed.NOTHING
    symptom: str = ""
    at: Place | None = None
    about: tuple[tuple[str, str], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    platform: str = ""
    sandbox: str = ""
    day: date | None = None
    record: str = ""
    failed_with: frozenset[Symptom] = frozenset()


class Cell(Struct, frozen=True):
    """A feature under a variant of a method in a release: what is declared, and what a run showed.

    ``stage`` is that of the card which covers the release, ``failure`` the ``fails`` that speaks of the cell. Without a
    ``tried`` no run is planned.
    """

    method: str
    variant: str
    feature: str
    release: str
    stage: Stage | None = None
    failure: Failure | None = None
    tried: Try | None = None

    @property
    def state(self) -> State:
        """Return what the evidence makes of it."""
        return self.tried.state if self.tried else State.NOT_YET_PROVEN

    @property
    def showed(self) -> Showed:
        """Return what a run showed of it."""
        return self.tried.showed if self.tried else Showed.NOTHING


class Borne(Struct, frozen=True):
    """What became of a statement in a release: the cells that it speaks of there, those that decide it first.

    ``release`` is empty where the site knows of none. ``shown`` tells how many of the cells runs have shown.
    """

    release: str
    bears: Bears
    cells: tuple[Cell, ...] = ()
    shown: int = 0
