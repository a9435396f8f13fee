"""What came of a run: held against its page, and against the evidence of earlier. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from affidavit.examples.again import drifted, is_same
from affidavit.examples.compared import Differing
from affidavit.examples.ground import Failed, Observed
from affidavit.examples.planned import Planned
from affidavit.examples.states import Evidence, standing
from affidavit.model.evidence import Outcome, Proof, Record, State


class Word(StrEnum):
    """What a run came to, in words for people."""

    AS_SHOWN = "as shown"
    UNABLE = "unable"
    """It cannot be run here."""
    NOT_AS_RECORDED = "not as recorded"
    """It is as its page shows, but not as the evidence has it, which the page shows as well."""
    DRIFTED = "drifted"
    CONTRADICTED = "contradicted"
    FAILED = "failed"
    """Trying it failed, and nothing is known."""


WRONG = frozenset({Word.NOT_AS_RECORDED, Word.DRIFTED, Word.CONTRADICTED, Word.FAILED})


class Came(Struct, frozen=True):
    """What came of a run; ``record`` is what is to be recorded of it, ``None`` where that would take knowledge away."""

    planned: Planned
    word: Word
    reason: str = ""
    seconds: float = 0
    differing: tuple[Differing, ...] = ()
    record: Record | None = None
    is_new: bool = False
    shared: bool = False


def judged(planned: Planned, found: Observed | Failed, *, recording: bool) -> Came:
    """Return what a run came to; where it is ``recording``, earlier evidence gives way, and speaks against nothing."""
    if isinstance(found, Failed):
        return Came(planned, Word.FAILED, found.reason)
    old, new, run = planned.evidence.record, found.record, planned.run
    if new.outcome is Outcome.UNABLE:
        kept = old is None or old.outcome is Outcome.UNABLE
        return Came(planned, Word.UNABLE, new.reason, record=new if kept else None, is_new=old != new)
    record = _to_record(planned, old, new)
    stands = standing(run, Evidence(new, Proof(planned.today.day, found.seconds)), planned.today, planned.own)
    word, reason, differing = _word(stands.state), stands.reason, stands.differing
    other = drifted(run, old, new, planned.own) if old and not recording else ()
    if word is Word.AS_SHOWN and other:
        word, reason = Word.NOT_AS_RECORDED, "it does not give what was recorded"
    return Came(planned, word, reason, found.seconds, (*differing, *other), record, record != old, found.shared)


def _to_record(planned: Planned, old: Record | None, new: Record) -> Record:
    """Return what is to be kept: where both came to the same, the old one, with the inputs that it may not know yet."""
    if old is None or not is_same(planned.run, old, new, planned.own, planned.declared):
        return new
    return old if old.inputs is not None else replace(old, inputs=new.inputs)


def _word(state: State) -> Word:
    match state:
        case State.PROVEN | State.PROVEN_ELSEWHERE | State.EXPIRED:
            return Word.AS_SHOWN
        case State.CONTRADICTED:
            return Word.CONTRADICTED
        case State.DRIFTED:
            return Word.DRIFTED
        case State.UNABLE:
            return Word.UNABLE
        case State.STALE | State.NOT_YET_PROVEN:  # a file changed while it ran: this run says nothing of the page
            return Word.FAILED
        case _:  # pragma: no cover
            assert_never(state)
