"""Where its page has what a run ended at before its time. Pure."""

from __future__ import annotations

from affidavit.examples.came import Came, Word
from affidavit.examples.compared import exchanges_of, of_step
from affidavit.examples.observed import REASONS, named
from affidavit.examples.plan import Run
from affidavit.model.evidence import Outcome, Record
from affidavit.model.place import Place
from affidavit.model.runs import End


def place_of(came: Came) -> Place:
    """Return where what came of a run is told: at its example, or at what it broke off at."""
    found = broke_off_at(came.planned.run, came.record) if came.record and came.word is Word.DRIFTED else None
    return found or came.planned.run.example.place


def broke_off_at(run: Run, record: Record) -> Place | None:
    """Return the place of the file, of the service or of what ended the session; ``None`` where it was none of them."""
    if record.outcome is not Outcome.BROKE_OFF:
        return None
    if record.reason.startswith(REASONS[End.SESSION_ENDED]):
        places = [exchange.place for _, exchange in exchanges_of(run)]
        return places[max(len(record.seen) - 1, 0)] if len(places) >= len(record.seen) else None
    steps = (step for example in run.chain for step in example.steps if not of_step(step))
    return next((step.place for step in steps if f", at {named(step)}" in record.reason), None)
