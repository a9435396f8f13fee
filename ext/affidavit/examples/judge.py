"""What the evidence makes of all examples of a site: a verdict each, and what is wrong with the evidence. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import assert_never

from msgspec import Struct, field

from affidavit.examples.compared import Differing
from affidavit.examples.environments.declared import Declared, Locks, of_locks
from affidavit.examples.evidence import PROOFS
from affidavit.examples.examine import own_of
from affidavit.examples.fingerprint import fingerprint, inputs_of
from affidavit.examples.plan import Problem, Run, plan
from affidavit.examples.run_states import run_state
from affidavit.examples.stale import RUN_SLOW, all_named, named, of_stale
from affidavit.examples.states import Evidence, Kept, Stood, Today, standing
from affidavit.examples.verdict import Mismatch, Unusable
from affidavit.model.cells import Expectations
from affidavit.model.codes import Code
from affidavit.model.evidence import WORST_FIRST, State
from affidavit.model.examples import Example
from affidavit.model.place import Place
from affidavit.model.report import Judged
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, Holds, Refuted, Unable, Unproven, Verdict, finding

_REFUTING = {
    State.CONTRADICTED: Code.EXAMPLE_CONTRADICTED,
    State.DRIFTED: Code.EXAMPLE_DRIFTED,
    State.STALE: Code.EXAMPLE_STALE,
}

NOTHING_SAID = Expectations()
NO_LOCKS: Locks = {}


class Tried(Struct, frozen=True):
    """What is kept of runs, the hashes of the files that they read, by name, and the locks of environments.

    ``platform`` is that of here; where it is empty, runs elsewhere count as those of here.
    """

    kept: Kept = field(default_factory=Kept)
    contents: Mapping[str, str] = field(default_factory=dict)
    locks: Locks = field(default_factory=dict)
    platform: str = ""


def inputs(examples: Sequence[Example]) -> tuple[str, ...]:
    """Return the names of all files that examples read."""
    return tuple(dict.fromkeys(name for run in plan(examples, ()).runs for name in inputs_of(run)))


def stood(
    examples: Sequence[Example], tried: Tried, settings: Settings, day: date, expected: Expectations = NOTHING_SAID
) -> dict[Place, tuple[Stood, ...]]:
    """Return the runs that are about each example, the worst first, by the example's place."""
    found: dict[Place, list[Stood]] = defaultdict(list)
    declared, own = Declared(settings.environments, tried.locks), own_of(settings)
    for run in plan(examples, ()).runs:
        mark = declared.mark(run.environment)
        expectation, pins = expected.of(run.subject), declared.pins(run.environment)
        now = Today(
            fingerprint(run, tried.contents, mark), day, settings.evidence_days, tried.platform,
            expectation=expectation, pins=pins, contents=tried.contents, mark=mark,
        )  # fmt: skip
        evidence = tried.kept.evidence.get(run.key, Evidence())
        found[run.example.place].append(Stood(run, evidence, standing(run, evidence, now, own)))
    return {place: tuple(sorted(each, key=_rank)) for place, each in found.items()}


def judge_all(
    examples: Sequence[Example],
    found: Mapping[Place, Sequence[Stood]],
    told: Mapping[str, Finding],
    settings: Settings,
    locks: Locks = NO_LOCKS,
) -> Iterator[Judged]:
    """Judge every example by its runs; ``told`` is what speaks against cards, by the keys of runs."""
    problems: dict[Place, list[Problem]] = defaultdict(list)
    for each in plan(examples, Declared(settings.environments).names).problems:
        problems[each.example.place].append(each)
    stale = of_stale([each for runs in found.values() for each in runs], settings, locks)
    against = {**stale, **{key: (each,) for key, each in told.items()}}
    for example in examples:
        runs = found.get(example.place, ())
        states = tuple(run_state(each.run, each.standing, each.evidence, settings.evidence) for each in runs)
        yield Judged(example, _verdict(runs, problems[example.place], against), runs=states)


def of_evidence(examples: Sequence[Example], tried: Tried, settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the evidence itself, and with what it depends on, of a site that has examples."""
    yield from of_locks(settings, tried.locks)
    if not examples:
        return
    yield from _of_files(examples, tried)
    for name, problem in tried.kept.unreadable.items():
        message = f"The evidence `{name}` cannot be used: {problem}."
        yield finding(_code(name, tried.kept), _place(name, settings, tried.kept.lines.get(name, 0)), message)
    planned = plan(examples, Declared(settings.environments).names)
    if planned.problems:  # what cannot be planned may be what asks for a record
        return
    keys = {run.key for run in planned.runs}
    for key in tried.kept.evidence:
        if key not in keys:
            place = _place(f"{key}.json", settings)
            yield finding(Code.EVIDENCE_UNUSED, place, f"No page asks for the run `{key}`.")


def _code(name: str, kept: Kept) -> Code:
    """Return what is to be said of a file that cannot be used."""
    if name in kept.edited:
        return Code.EVIDENCE_EDITED
    return Code.EVIDENCE_VERSION if name in kept.later else Code.EVIDENCE_UNREADABLE


def undecided(judged: Iterable[Judged], found: Mapping[Place, Sequence[Stood]], kept: Kept) -> Iterator[Finding]:
    """Yield what is to be said of examples of which nobody can tell whether they do what their page shows.

    Where evidence is there that cannot be used, that is told, and not that there is none.
    """
    for each in judged:
        match each.claim, each.verdict:
            case (Example(), Unable(reason, code)):
                yield finding(code, each.claim.place, reason)
            case (Example(), Unproven()):
                runs = found.get(each.claim.place, ())
                missing = [one for one in runs if _lacks_evidence(one, kept)]
                for message in _unproven(each.claim, missing, runs):
                    yield finding(Code.EXAMPLE_UNPROVEN, each.claim.place, message)


def _unproven(example: Example, missing: Sequence[Stood], runs: Sequence[Stood]) -> Iterator[str]:
    """Tell which runs have no record, and of which records nothing says when they were seen."""
    unseen = [each.run for each in missing if each.evidence.record is None]
    undated = [each.run for each in missing if each.evidence.record is not None]

    def named(some: Sequence[Run]) -> str:
        return all_named(some) if len(some) < len(runs) else f"`{example.name}`"

    if unseen or not runs:
        yield f"No run has shown {named(unseen)} yet."
    if undated:
        yield f"Nothing says when a run showed {named(undated)} as its record has it: `{PROOFS}` names no such record."


def _lacks_evidence(each: Stood, kept: Kept) -> bool:
    """Tell whether nothing is there, of which it would be told that it cannot be used."""
    name = PROOFS if each.evidence.record else f"{each.run.key}.json"
    return each.standing.state is State.NOT_YET_PROVEN and name not in kept.unreadable


def _of_files(examples: Sequence[Example], tried: Tried) -> Iterator[Finding]:
    """Yield the files that an outcome is said to depend on, and that are not there."""
    for example in examples:
        for name in example.files:
            if name not in tried.contents:
                message = f"The file `{name}`, on which `{example.name}` depends, cannot be read."
                yield finding(Code.EXAMPLE_MALFORMED, example.place, message)


def _rank(each: Stood) -> tuple[int, str]:
    return WORST_FIRST.index(each.standing.state), each.run.key


def _verdict(runs: Sequence[Stood], problems: Sequence[Problem], told: Mapping[str, tuple[Finding, ...]]) -> Verdict:
    if problems:
        return Refuted(tuple(each.finding for each in problems))
    refuting = [each for each in runs if each.standing.state in _REFUTING or each.run.key in told]
    if refuting:
        found = (one for each in refuting for one in told.get(each.run.key) or (_finding(each),))
        return Refuted(tuple(dict.fromkeys(found)))
    return _of_standing(runs[0]) if runs else Unproven()


def _of_standing(each: Stood) -> Verdict:
    """Return the verdict for the worst run of an example, where nothing speaks against it."""
    told = f"{named(each.run)}: {each.standing.reason}."
    match each.standing.state:
        case State.PROVEN:
            return Holds()
        case State.PROVEN_ELSEWHERE:
            return Holds(f"proven {each.standing.reason}")
        case State.NOT_YET_PROVEN:
            return Unproven()
        case State.EXPIRED:
            return Unable(told, Code.EXAMPLE_EXPIRED)
        case State.UNABLE:
            return Unable(told, Code.EXAMPLE_UNABLE)
        case State.CONTRADICTED | State.DRIFTED | State.STALE:
            return Refuted((_finding(each),))
        case _:  # pragma: no cover
            assert_never(each.standing.state)


def _finding(each: Stood) -> Finding:
    """Return what speaks against a run: at the line that came out otherwise, where there is one."""
    code, stale = _REFUTING[each.standing.state], each.standing.state is State.STALE
    first = next(iter(each.standing.differing), None)
    if first is None or each.standing.state is not State.DRIFTED:
        message = f"{named(each.run)}: {each.standing.reason.rstrip('.')}."
        place = each.standing.place or each.run.example.place
        return finding(code, place, message, RUN_SLOW if stale and each.run.slow else "")
    return finding(code, first.exchange.place, f"{named(each.run)}: {_sentence(first)}")


def _sentence(differing: Differing) -> str:
    match differing.verdict:
        case Mismatch(detail=detail):
            return detail
        case Unusable(sentence=sentence):
            return sentence
        case _:  # pragma: no cover
            assert_never(differing.verdict)


def _place(name: str, settings: Settings, line: int = 0) -> Place:
    return Place(f"{PurePath(settings.evidence).as_posix()}/{name}", line)
