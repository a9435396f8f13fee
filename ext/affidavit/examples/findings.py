"""What came of runs as findings and as a report, for the faces that tell these. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgspec.structs import replace

from affidavit.examples.came import Came, Word
from affidavit.examples.endings import place_of
from affidavit.examples.run_states import run_state
from affidavit.examples.states import Evidence, Standing
from affidavit.examples.verdict import Mismatch, Unusable
from affidavit.model.codes import Code
from affidavit.model.evidence import State
from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.verdicts import Finding, Holds, Refuted, Unable, Verdict, finding

_TOLD_AS = {
    Word.AS_SHOWN: (State.PROVEN, None),
    Word.UNABLE: (State.UNABLE, Code.EXAMPLE_UNABLE),
    Word.NOT_AS_RECORDED: (State.DRIFTED, Code.EVIDENCE_DRIFTED),
    Word.DRIFTED: (State.DRIFTED, Code.EXAMPLE_DRIFTED),
    Word.CONTRADICTED: (State.CONTRADICTED, Code.EXAMPLE_CONTRADICTED),
    Word.FAILED: (State.NOT_YET_PROVEN, Code.EXAMPLE_FAILED),
}
"""The state of a run in reports, and the code of what is to be said of it, by the word for what it came to."""


_SKIPPED = "Its `skip-if` says so: run it where that condition does not hold."


def findings_of(came: Came) -> tuple[Finding, ...]:
    """Return what is to be said of a run, at the lines of its page that came out otherwise."""
    code = _TOLD_AS[came.word][1]
    if code is None:
        return ()
    lines = _lines(came) if came.word in (Word.DRIFTED, Word.NOT_AS_RECORDED) else ()
    key = came.planned.run.key
    told = list(lines) or [(place_of(came), came.reason)]
    advice = _SKIPPED if came.word is Word.UNABLE and _is_skipped(came) else ""
    return tuple(finding(code, place, f"`{key}`: {reason.rstrip('.')}.", advice) for place, reason in told)


def _is_skipped(came: Came) -> bool:
    """Tell whether an example is not run because its page says so."""
    return any(came.reason == skip.reason for example in came.planned.run.chain for skip in example.skips)


def report_of(came: Iterable[Came], others: Iterable[Finding] = ()) -> Report:
    """Return a report on runs: each is a claim of its own, that its example is as its page shows.

    ``others`` are findings about what could not be run.
    """
    ordered = sorted(came, key=lambda each: (each.planned.run.example.place, each.planned.run.key))
    found = {finding: None for each in ordered for finding in findings_of(each)}
    return Report(tuple(map(_judged, ordered)), tuple({**dict.fromkeys(others), **found}))


def _lines(came: Came) -> Iterator[tuple[Place, str]]:
    for each in came.differing:
        match each.verdict:
            case Mismatch(detail=told) | Unusable(sentence=told):
                yield each.exchange.place, told
            case _:  # pragma: no cover
                assert_never(each.verdict)


def _judged(came: Came) -> Judged:
    run = came.planned.run
    standing = Standing(_TOLD_AS[came.word][0], came.reason)
    told = replace(run_state(run, standing, Evidence(came.record), ""), file="", seconds=came.seconds)
    return Judged(replace(run.example, name=run.key), _verdict(came), runs=(told,))


def _verdict(came: Came) -> Verdict:
    found = findings_of(came)
    if not found:
        return Holds()
    return Unable(found[0].message, found[0].code) if came.word is Word.UNABLE else Refuted(found)
