"""All that is to be said of the examples of a site. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from affidavit.examples import examine, judge
from affidavit.examples.judge import Tried
from affidavit.model.examples import Example
from affidavit.model.report import Report
from affidavit.model.settings import Settings


def report_of(examples: Sequence[Example], tried: Tried | None, settings: Settings, day: date) -> Report:
    """Return a verdict on each, and what is wrong with them and their evidence; ``None`` is that nobody looked."""
    kept = tried or Tried()
    judged = tuple(judge.judge_all(examples, kept, settings, day))
    found = (
        *examine.examine(examples, settings),
        *judge.of_evidence(examples, kept, settings),
        *judge.undecided(judged),
    )
    return Report(judged, found)
