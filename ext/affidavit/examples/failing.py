"""How a run failed: what a card that declares a failure is held against, and what readers are told of it. Pure.

The page of a probe shows what works. Where a card declares that it fails, what counts is whatever did not come out as
shown, and where the page shows no output, what failed by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from affidavit.examples.ansi import plain
from affidavit.examples.compared import compare_exchange, exchanges_of, fails, failure, of_step, shows_symptom
from affidavit.examples.plan import Run
from affidavit.examples.settle import Own
from affidavit.examples.symptoms import compare_symptom
from affidavit.examples.verdict import Held, Mismatch, Rule, Unusable, Verdict
from affidavit.model.evidence import ENDED_EARLY, Outcome, Record, Seen
from affidavit.model.examples import ConsoleStep, Exchange, HttpStep, Step, Symptom
from affidavit.model.place import Place

_LONGEST = 200
ANY = Symptom()


class Failing(Struct, frozen=True):
    """An exchange that did not come out as its page shows, or failed; ``own`` if it is not one of the setup's."""

    step: Step
    exchange: Exchange
    seen: Seen
    verdict: Mismatch | Unusable
    own: bool


def failing(run: Run, seen: Sequence[Seen], own: Sequence[Own] = ()) -> Iterator[Failing]:
    """Give what failed in a run, in its order."""
    before = _before(run)
    pairs = zip(exchanges_of(run), seen, strict=False)
    for at, ((step, exchange), came) in enumerate(pairs):
        verdict = compare_exchange(step, exchange, came, own)
        if isinstance(verdict, Held) and exchange.expected is None and fails(step, came):
            verdict = Mismatch(Rule.STATUS, "It fails.")
        if not isinstance(verdict, Held):
            yield Failing(step, exchange, came, verdict, at >= before)


def declared_failure(run: Run, record: Record, symptom: Symptom, own: Sequence[Own] = ()) -> Verdict:
    """Return whether a run failed in the way that a card declares: the probe itself, not its setup."""
    found = list(failing(run, record.seen, own))
    broke_off = record.reason if record.outcome in ENDED_EARLY else ""
    if symptom == ANY and (found or broke_off):
        # A slow or a full machine shows nothing of the method.
        exceeded = not found and record.outcome is Outcome.EXCEEDED
        return Mismatch(Rule.SYMPTOM, f"A limit ended it: {broke_off}.") if exceeded else Held()
    spoilt = next((each for each in found if not each.own or isinstance(each.verdict, Unusable)), None)
    if spoilt is not None:
        return spoilt.verdict if spoilt.own else Mismatch(Rule.SYMPTOM, f"Its setup fails: {_seen(spoilt)}.")
    verdicts = [shows_symptom(each.step, each.seen, symptom) for each in found]
    verdicts += [compare_symptom(symptom, output=broke_off)] if broke_off else []
    if not verdicts:
        return Mismatch(Rule.SYMPTOM, "It is documented to fail, and does not.")
    return next((each for each in verdicts if isinstance(each, Held)), verdicts[0])


def fails_with(run: Run, record: Record, symptom: Symptom, own: Sequence[Own] = ()) -> bool:
    """Tell whether a run fails in a way that a statement names, or cannot be held against that.

    Of a probe counts what is not as its page shows it, as for its card; of a plain example whatever fails.
    """
    broke_off = record.reason if record.outcome in ENDED_EARLY else ""
    if run.subject:
        verdict = declared_failure(run, record, symptom, own)
    else:
        verdict = failure(run, record.seen, symptom, broke_off)
    return not isinstance(verdict, Mismatch)


def told(run: Run, record: Record, own: Sequence[Own] = ()) -> tuple[str, Place] | None:
    """Return how a run failed, on one line, and where on its page; ``None`` where it did not."""
    found = next(failing(run, record.seen, own), None)
    if found is not None:
        return _seen(found), found.exchange.place
    if record.outcome in ENDED_EARLY:
        return _cut(record.reason), run.example.place
    return None


def _before(run: Run) -> int:
    """Return how many exchanges a run has before those of what it is about."""
    return sum(len(of_step(step)) for example in run.chain[:-1] for step in example.steps)


def _seen(found: Failing) -> str:
    """Return what was seen of a failure: the status line of a response, the line that parts, the exit status."""
    lines = plain(found.seen.output).rstrip("\n").split("\n")
    if isinstance(found.step, HttpStep):
        return _cut(lines[0] or "no answer")
    line = _cut(_parted(found.verdict) or lines[-1])
    ended = isinstance(found.step, ConsoleStep) and found.seen.status not in (0, None)
    words = (f"exit status {found.seen.status}" if ended else "", line)
    return ", ".join(filter(None, words)) or "no output"


def _parted(verdict: Mismatch | Unusable) -> str:
    """Return the line of what was seen that is not as expected, empty where none is."""
    if isinstance(verdict, Unusable) or not verdict.at:
        return ""
    return next(iter(verdict.seen[verdict.at - 1 :]), "")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
