"""Where a run that broke off is told, and with what advice one that its page skips."""

from datetime import date

import pytest
from msgspec.structs import replace

from affidavit.examples.came import Came, Word
from affidavit.examples.endings import broke_off_at, place_of
from affidavit.examples.findings import findings_of
from affidavit.examples.observed import REASONS
from affidavit.examples.plan import HERE, Run
from affidavit.examples.planned import NONE, Planned
from affidavit.examples.states import Standing, Today
from affidavit.model.evidence import Outcome, Record, Seen, State
from affidavit.model.examples import ConsoleStep, Example, Exchange, FileStep, ServiceStep, Skip
from affidavit.model.place import Place
from affidavit.model.runs import End


def at(line):
    return Place("guide.rst", line)


STEPS = (
    ServiceStep("serve", at(5)),
    ConsoleStep((Exchange("true", "", at(9)), Exchange("exit 0", "", at(10)), Exchange("true", "", at(11))), at(7)),
    FileStep("a", "x", at(14)),
)
EXAMPLE = Example("a", STEPS, at(3), skips=(Skip("true", "it needs more"),))
RUN = Run((EXAMPLE,), HERE)
BLANK = Record("sha256:00", Outcome.BROKE_OFF, (), (), "Linux", "bubblewrap")
PLANNED = Planned(RUN, Today("", date(2030, 1, 1)), NONE, Standing(State.NOT_YET_PROVEN))
SEEN = (Seen("true", "", 0), Seen("exit 0", "", 0))

ENDINGS = [
    (End.SESSION_ENDED, ", at a console step: The shell had ended with status 0.", SEEN, 10),
    (End.SESSION_ENDED, ", at a console step", (), 9),
    (End.FILE_REFUSED, ", at the file `a`", SEEN, 14),
    (End.SERVICE_DIED, ", at the service `serve`: It ended with status 1.", SEEN, 5),
    (End.SERVICE_NOT_READY, ", at the service `serve`: It was not ready in time.", (), 5),
]


@pytest.mark.parametrize(("end", "rest", "seen", "line"), ENDINGS)
def test_a_run_that_broke_off_is_told_where_it_did(end, rest, seen, line):
    record = replace(BLANK, reason=f"{REASONS[end]}{rest}", seen=seen)
    assert broke_off_at(RUN, record) == at(line)


@pytest.mark.parametrize("outcome", [Outcome.EXCEEDED, Outcome.FINISHED, Outcome.UNABLE])
def test_any_other_is_told_at_its_example(outcome):
    record = replace(BLANK, outcome=outcome, reason="it took longer than 1 second, at a console step")
    assert place_of(Came(PLANNED, Word.DRIFTED, record.reason, record=record)) == at(3)


def test_the_finding_stands_there():
    record = replace(BLANK, reason=f"{REASONS[End.FILE_REFUSED]}, at the file `a`")
    (found,) = findings_of(Came(PLANNED, Word.DRIFTED, record.reason, record=record))
    assert found.place == at(14)
    (found,) = findings_of(Came(PLANNED, Word.CONTRADICTED, record.reason, record=record))
    assert found.place == at(3)


def test_where_its_page_skips_a_run_nothing_need_be_installed():
    (skipped,) = findings_of(Came(PLANNED, Word.UNABLE, "it needs more"))
    assert skipped.advice == "Its `skip-if` says so: run it where that condition does not hold."
    (lacking,) = findings_of(Came(PLANNED, Word.UNABLE, "`curl` is not installed"))
    assert lacking.advice.startswith("Install what it names")
