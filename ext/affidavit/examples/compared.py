"""What a run saw, held against what its page shows, exchange by exchange. Pure.

The page of the day counts, not that of the day of the run: a record is an observation, and so a page whose expected
output was corrected needs no new run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from msgspec import Struct

from affidavit.examples.match import compare, compare_status, unusable
from affidavit.examples.plan import Run
from affidavit.examples.responses import compare_response, unusable_response
from affidavit.examples.settle import Own
from affidavit.examples.symptoms import compare_symptom
from affidavit.examples.tracebacks import HEAD, without_frames
from affidavit.examples.verdict import Held, Mismatch, Rule, Unusable, Verdict
from affidavit.model.evidence import Seen
from affidavit.model.examples import (
    ConsoleStep,
    Exchange,
    FileStep,
    HttpStep,
    Matching,
    PyconStep,
    ServiceStep,
    Step,
    Symptom,
)

FIRST_BAD_HTTP = 400


class Differing(Struct, frozen=True):
    """An exchange that did not come out as its page shows, and how."""

    exchange: Exchange
    verdict: Mismatch | Unusable


def differences(run: Run, seen: Sequence[Seen], own: Sequence[Own] = ()) -> tuple[Differing, ...]:
    """Return the exchanges of a run that did not come out as their page shows; those it did not reach are left out."""
    pairs = zip(exchanges_of(run), seen, strict=False)
    judged = ((step, exchange, compare_exchange(step, exchange, came, own)) for (step, exchange), came in pairs)
    return tuple(Differing(exchange, found) for _, exchange, found in judged if not isinstance(found, Held))


def is_complete(run: Run, seen: Sequence[Seen]) -> bool:
    """Tell whether a run put in what its page does, all of it and nothing else."""
    return [exchange.given for _, exchange in exchanges_of(run)] == [each.given for each in seen]


def failure(run: Run, seen: Sequence[Seen], symptom: Symptom, reason: str = "") -> Verdict:
    """Return whether a run failed in the declared way; ``reason`` is why it broke off, if it did."""
    pairs = zip(exchanges_of(run), seen, strict=False)
    verdicts = [shows_symptom(step, came, symptom) for (step, _), came in pairs if fails(step, came)]
    verdicts += [compare_symptom(symptom, output=reason)] if reason else []
    if not verdicts:
        return Mismatch(Rule.SYMPTOM, "It is documented to fail, and does not.")
    return next((each for each in verdicts if isinstance(each, Held)), verdicts[-1])


def exchanges_of(run: Run) -> Iterator[tuple[Step, Exchange]]:
    """Give what a run puts in, in its order, each with its step."""
    for example in run.chain:
        for step in example.steps:
            for exchange in of_step(step):
                yield step, exchange


def of_step(step: Step) -> tuple[Exchange, ...]:
    """Return what a step puts in."""
    match step:
        case ConsoleStep() | PyconStep() | HttpStep():
            return step.exchanges
        case FileStep() | ServiceStep():
            return ()
        case _:  # pragma: no cover
            assert_never(step)


def unusable_exchange(step: Step, exchange: Exchange) -> Unusable | None:
    """Return why nothing could be compared with what a page shows of an exchange, whatever a run saw, if so."""
    if exchange.expected is None:
        return None
    match step:
        case ConsoleStep(matching=matching) | PyconStep(matching=matching):
            return unusable(without_frames(exchange.expected), matching)
        case HttpStep(matching=matching):
            return unusable_response(exchange.expected, matching)
        case FileStep() | ServiceStep():
            return None
        case _:  # pragma: no cover
            assert_never(step)


def matching_of(step: Step) -> Matching:
    """Return how the output of a step is compared, as any other is where it has none."""
    match step:
        case ConsoleStep(matching=matching) | PyconStep(matching=matching) | HttpStep(matching=matching):
            return matching
        case FileStep() | ServiceStep():
            return Matching()
        case _:  # pragma: no cover
            assert_never(step)


def compare_exchange(step: Step, exchange: Exchange, came: Seen, own: Sequence[Own]) -> Verdict:
    """Compare what came of an exchange with what its page shows."""
    match step:
        case ConsoleStep(matching=matching):
            status = compare_status(exchange.status, came.status, exchange.expected or "", came.output)
            return _shown(exchange, came, matching, own) if isinstance(status, Held) else status
        case PyconStep(matching=matching):
            return _shown(exchange, came, matching, own)
        case HttpStep(matching=matching):
            shown = exchange.expected
            return Held() if shown is None else compare_response(shown, came.output, matching, own)
        case FileStep() | ServiceStep():
            return Held()
        case _:  # pragma: no cover
            assert_never(step)


def _shown(exchange: Exchange, came: Seen, matching: Matching, own: Sequence[Own]) -> Verdict:
    """Compare what was printed, where the page shows anything; of tracebacks, what Python itself goes by."""
    if exchange.expected is None:
        return Held()
    return compare(without_frames(exchange.expected), without_frames(came.output), matching, own)


def fails(step: Step, came: Seen) -> bool:
    """Tell whether an exchange is a failure, whatever the page says of it."""
    match step:
        case ConsoleStep():
            return came.status != 0
        case PyconStep():
            return HEAD in came.output.split("\n")
        case HttpStep():
            return came.status is None or came.status >= FIRST_BAD_HTTP
        case FileStep() | ServiceStep():
            return False
        case _:  # pragma: no cover
            assert_never(step)


def shows_symptom(step: Step, came: Seen, symptom: Symptom) -> Verdict:
    """Compare an exchange with a declared failure: its status is that of the exit, or of HTTP."""
    over_http = isinstance(step, HttpStep)
    status = {"http_status": came.status} if over_http else {"exit_status": came.status}
    return compare_symptom(symptom, output=came.output, **status)
