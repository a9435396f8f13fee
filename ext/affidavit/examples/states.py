"""What the evidence makes of an example today: its state, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from affidavit.examples.changed import changed
from affidavit.examples.compared import Differing, differences, failure, is_complete
from affidavit.examples.environments.pins import UNPINNED, Pins, Unlike, unlike
from affidavit.examples.failing import declared_failure, told
from affidavit.examples.inputs import recorded_inputs
from affidavit.examples.plan import HERE, Run
from affidavit.examples.rewritten import rewritten
from affidavit.examples.settle import Own
from affidavit.examples.verdict import Held, Mismatch, Unusable
from affidavit.model.cells import HOLDS, Expect, Expectation
from affidavit.model.evidence import ENDED_EARLY, Outcome, Proof, Record, State
from affidavit.model.place import Place


class Evidence(Struct, frozen=True):
    """What is kept of a run: its record and when that was last seen to be so; ``None`` where there is none."""

    record: Record | None = None
    proof: Proof | None = None


class Kept(Struct, frozen=True):
    """All evidence of a folder, by the keys of runs; ``unreadable`` says what is wrong with a file, by its name.

    ``proofs`` are all that the folder has, also of runs whose record is gone. ``later`` are the files of those that
    only a later Affidavit reads, ``edited`` those that are written well, and not as a run left them. ``lines`` are
    where that is, by the names of files, as far as it is known.
    """

    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()
    lines: Mapping[str, int] = field(default_factory=dict)


class Today(Struct, frozen=True):
    """What evidence is held against.

    ``fingerprint`` is that of what the page shows now. ``most_days`` is the age up to which evidence counts, 0 for any.
    ``platform`` is that of here, empty where nobody asked. ``expectation`` is what cards make of it, ``pins`` are the
    versions that its environment has, ``mark`` is the hash of what that is made of, ``contents`` are the hashes of the
    files that it reads, by name.
    """

    fingerprint: str
    day: date
    most_days: int = 0
    platform: str = ""
    expectation: Expectation = HOLDS
    pins: Pins = UNPINNED
    contents: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""


class Standing(Struct, frozen=True):
    """The state of an example, a clause that says why, and what came out otherwise than its page shows.

    ``place`` is where its page has changed since it was run, ``None`` where that is not known, or it has not. It is
    ``unlike`` its lock in these versions; its environment was ``remade`` where only what that is made of can be
    another. Of records of version 1 none of that is told.
    """

    state: State
    reason: str = ""
    differing: tuple[Differing, ...] = ()
    place: Place | None = None
    unlike: tuple[Unlike, ...] = ()
    remade: bool = False


class Stood(Struct, frozen=True):
    """A run that an example asks for, what is kept of it, and what that makes of it."""

    run: Run
    evidence: Evidence
    standing: Standing


def standing(run: Run, evidence: Evidence, today: Today, own: Sequence[Own] = ()) -> Standing:
    """Return what the evidence makes of a run; whatever speaks against it counts before its age and its place."""
    record = evidence.record
    if record is None:
        return Standing(State.NOT_YET_PROVEN, "no run has shown it")
    other = unlike(today.pins, record.versions, tried=record.outcome is not Outcome.UNABLE)
    if other:  # before the fingerprint, which has the lock in it, and cannot say what is another one
        return Standing(State.STALE, str(other[0]), unlike=other if record.inputs is not None else ())
    if record.fingerprint != today.fingerprint or _has_other_inputs(run, record, today):
        return _stale(run, record, today)
    if record.outcome is Outcome.UNABLE:
        return Standing(State.UNABLE, record.reason)
    against = _against(run, record, today.expectation, own)
    if against is not None:
        return against
    found = _aged(evidence, today)
    return replace(found, reason=_remark(run, record, today.expectation, own)) if found.state is State.PROVEN else found


def _has_other_inputs(run: Run, record: Record, today: Today) -> bool:
    """Tell whether a record names other inputs than its page, which its fingerprint says no word of."""
    return record.inputs is not None and record.inputs != recorded_inputs(run, today.contents)


def _stale(run: Run, record: Record, today: Today) -> Standing:
    """Return that a page has changed, and where; what its environment is made of has no place in it."""
    found = changed(run, record, today.contents) or rewritten(run, record, today.contents, today.mark)
    if found is not None:
        return Standing(State.STALE, found.told, place=found.place)
    if run.environment == HERE or record.inputs is None or record.outcome is not Outcome.FINISHED:
        return Standing(State.STALE, "it has changed since it was run")
    return Standing(State.STALE, "what its environment is made of has changed since it was run", remade=True)


def _remark(run: Run, record: Record, expectation: Expectation, own: Sequence[Own]) -> str:
    """Return what is to be said of a run against which nothing speaks: where it fails all the same."""
    match expectation.expect:
        case Expect.HOLDS:
            return ""
        case Expect.FAILS:
            return "it fails, as its card declares"
        case Expect.EITHER:
            return "it fails, and its card declares the method broken" if told(run, record, own) else ""
        case _:  # pragma: no cover
            assert_never(expectation.expect)


def _against(run: Run, record: Record, expectation: Expectation, own: Sequence[Own]) -> Standing | None:
    """Return what speaks against an example, ``None`` if nothing does."""
    if record.outcome not in ENDED_EARLY and not is_complete(run, record.seen):
        return Standing(State.STALE, "the record has other commands than the page")
    match expectation.expect:
        case Expect.HOLDS:
            return _against_page(run, record, own)
        case Expect.FAILS:
            verdict = declared_failure(run, record, expectation.symptom, own)
            return None if isinstance(verdict, Held) else Standing(State.CONTRADICTED, _told(verdict))
        case Expect.EITHER:
            return Standing(State.DRIFTED, record.reason) if record.outcome is Outcome.EXCEEDED else None
        case _:  # pragma: no cover
            assert_never(expectation.expect)


def _against_page(run: Run, record: Record, own: Sequence[Own]) -> Standing | None:
    """Return what speaks against what the page itself says of a run."""
    differing = differences(run, record.seen, own)
    broke_off = record.reason if record.outcome in ENDED_EARLY else ""
    symptom = run.example.symptom
    if symptom is not None:
        verdict = failure(run, record.seen, symptom, broke_off)
        if not isinstance(verdict, Held):
            early = f" It ended early: {broke_off}." if broke_off else ""
            return Standing(State.CONTRADICTED, f"{_told(verdict)}{early}", differing)
    elif broke_off:
        return Standing(State.DRIFTED, broke_off, differing)
    return Standing(State.DRIFTED, "it does not give what the page shows", differing) if differing else None


def _told(verdict: Mismatch | Unusable) -> str:
    match verdict:
        case Mismatch(detail=detail):
            return detail
        case Unusable(sentence=sentence):
            return sentence
        case _:  # pragma: no cover
            assert_never(verdict)


def _aged(evidence: Evidence, today: Today) -> Standing:
    if evidence.proof is None:
        return Standing(State.NOT_YET_PROVEN, "nothing says when it was run")
    age = (today.day - evidence.proof.day).days
    if today.most_days and age > today.most_days:
        return Standing(State.EXPIRED, f"it was proven {age} days ago")
    record = evidence.record
    if record and today.platform and record.platform != today.platform:
        return Standing(State.PROVEN_ELSEWHERE, f"on {record.platform}")
    return Standing(State.PROVEN)
