"""The guide as it was gathered, run by run: what a build tells of a run, were its record or its card another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from affidavit.cells import expected, prove
from affidavit.examples.compared import exchanges_of, of_step
from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.lock import asked_for, file_of
from affidavit.examples.examine import own_of
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.inputs import Placed, placed_inputs
from affidavit.examples.judge import judge_all
from affidavit.examples.plan import Run
from affidavit.examples.planned import Known, Planned, Wanted, plans
from affidavit.examples.states import Evidence, Stood, standing
from affidavit.examples.tries import tries
from affidavit.gathered import Gathered
from affidavit.methods.contradictions import contradictions
from affidavit.model.cells import Cell, Expectation
from affidavit.model.codes import Code
from affidavit.model.evidence import Outcome, Record
from affidavit.model.examples import Exchange
from affidavit.model.place import Place
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Refuted, Unable
from affidavit.project.reading import read_project

Told = tuple[tuple[Code, Place], ...]

TODAY = datetime.now(UTC).date()


@cache
def gathered(project: Path) -> Gathered:
    """Return all that the site states, with the evidence that it keeps: read once for all tests of a process."""
    warned: list[str] = []
    found = read_project(project / "doc", 1, warned.append)
    assert warned == []
    return found


class Case(Struct, frozen=True, dict=True):
    """A run of the guide: what is planned and kept of it, and the cell of a card that it is about, if any.

    ``setup`` is how many of its ``exchanges`` are not its own, but of what it runs under. ``locked`` are the lines that
    its environment's lock has of what that names, by name. ``declared`` has its hash; ``contents`` are those of files.
    """

    planned: Planned
    cell: Cell | None
    settings: Settings
    exchanges: tuple[Exchange, ...]
    setup: int
    locked: Mapping[str, int]
    declared: Declared
    contents: Mapping[str, str]

    @property
    def run(self) -> Run:
        return self.planned.run

    @property
    def record(self) -> Record:
        assert self.planned.evidence.record
        return self.planned.evidence.record

    @property
    def pattern(self) -> str:
        """Return what a line of its output has where it fails as its card declares."""
        return self.planned.today.expectation.symptom.pattern

    @property
    def inputs(self) -> tuple[Placed, ...]:
        """Return what acts in it apart from what is put in, and where its page has that."""
        return placed_inputs(self.run, self.contents)

    def told(self, record: Record) -> Told:
        """Return what a build says, were this what the run saw, and proven on the same day."""
        planned = self.planned
        evidence = Evidence(record, planned.evidence.proof)
        stood = Stood(self.run, evidence, standing(self.run, evidence, planned.today, planned.own))
        cells = [replace(self.cell, tried=next(tries([stood], self.settings)))] if self.cell else []
        against = {key: each.finding for each in contradictions(cells) for key in each.keys}
        found, locks = {self.run.example.place: (stood,)}, self.declared.locks
        judged = judge_all(self.run.chain, found, against, self.settings, locks)
        return next(_told(each.verdict, each.claim.place) for each in judged if each.runs)

    def asked(self, run: Run) -> Case:
        """Return what it is where its page asks for another run."""
        today = replace(self.planned.today, fingerprint=fingerprint(run, self.contents, self.planned.today.mark))
        return replace(self, planned=replace(self.planned, run=run, today=today))

    def within(self, declared: Declared) -> Case:
        """Return what it is where its environment is another one."""
        mark, pins = declared.mark(self.run.environment), declared.pins(self.run.environment)
        today = replace(
            self.planned.today, fingerprint=fingerprint(self.run, self.contents, mark), mark=mark, pins=pins
        )
        return replace(self, planned=replace(self.planned, today=today), declared=declared)

    @property
    def lock(self) -> Place:
        """Return where it is told that its environment is made of something else."""
        return Place(file_of(self.run.environment), 1)

    @property
    def knows_all(self) -> bool:
        """Tell whether its record has all that its page does."""
        return self.record.outcome is Outcome.FINISHED

    def expecting(self, expectation: Expectation) -> Case:
        """Return what it is where its card makes something else of it."""
        return replace(self, planned=replace(self.planned, today=replace(self.planned.today, expectation=expectation)))


def _told(verdict: object, place: Place) -> Told:
    match verdict:
        case Refuted(findings):
            return tuple((each.code, each.place) for each in findings)
        case Unable(_, code):
            return ((code, place),)
        case _:
            return ()


@cache
def cases(project: Path) -> tuple[Case, ...]:
    """Return the runs that the pages of the guide ask for."""
    found = gathered(project)
    corpus, settings, tried = found.corpus, found.settings, found.tried
    assert tried
    declared = Declared(settings.environments, tried.locks)
    known = Known(
        tried.kept, tried.contents, TODAY, declared=declared, own=own_of(settings), expected=expected(corpus, settings)
    )
    cells = {each.tried.key: each for each in prove(corpus, tried, settings, TODAY).cells if each.tried}
    planned = plans(corpus.examples, known, Wanted(slow=True)).planned
    of_guide = [each for each in planned if each.run.example.place.file.startswith("guide/")]
    return tuple(_case(each, cells.get(each.run.key), known, settings, project / "doc") for each in of_guide)


def _case(planned: Planned, cell: Cell | None, known: Known, settings: Settings, folder: Path) -> Case:
    run, declared = planned.run, known.declared
    exchanges = tuple(exchange for _, exchange in exchanges_of(run))
    own = sum(len(of_step(step)) for step in run.example.steps)
    environment = declared.of(run.environment)
    locked = _lines(folder / file_of(environment.name), asked_for(environment)) if environment else {}
    return Case(planned, cell, settings, exchanges, len(exchanges) - own, locked, declared, known.contents)


@cache
def _lines(path: Path, names: tuple[str, ...]) -> Mapping[str, int]:
    """Return the lines of a lock that have packages of these names, and the one that has the Python."""
    lines = path.read_text(encoding="utf-8").split("\n")
    heads = {"python3": "# python:", **{name: f"{name}==" for name in names}}
    return {name: next(n for n, line in enumerate(lines, 1) if line.startswith(head)) for name, head in heads.items()}
