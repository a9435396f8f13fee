"""Every fact in a record of the guide, changed one at a time, and what a build has to tell then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace
from tests.sphinx.guide_cases import Case, Told

from affidavit.model.cells import Expect
from affidavit.model.codes import Code
from affidavit.model.evidence import ENDED_EARLY, Outcome, Record, Seen
from affidavit.model.inputs import DeclaredInput, FileInput, HttpInput, Input, ServiceInput
from affidavit.model.place import Place

HTTP = re.compile(r"^[0-5]\d\d$", re.MULTILINE)
"""A status of HTTP as curl prints it on a line of its own; it prints 000 where there was no answer."""

OTHERWISE = "otherwise"


class What(StrEnum):
    """What is changed."""

    FINGERPRINT = "the fingerprint"
    VERSION = "a version"
    OUTCOME = "the outcome"
    STATUS = "an exit status"
    HTTP = "an HTTP status"
    LINE = "a line of a file"
    SERVICE = "the command of a service"


class Change(Struct, frozen=True, dict=True):
    """A record in which one fact is another.

    ``at`` counts exchanges, or what else acted, and ``line`` the lines of a file; ``name`` is what has the version.
    """

    what: What
    record: Record
    at: int = -1
    name: str = ""
    line: int = 0


def changes(record: Record) -> Iterator[Change]:
    """Give each fact of a record as another one."""
    yield Change(What.FINGERPRINT, replace(record, fingerprint=f"sha256:{'0' * 64}"))
    yield from _versions(record)
    yield from _inputs(record)
    for other in Outcome:
        if other is not record.outcome:
            yield Change(What.OUTCOME, replace(record, outcome=other, reason=OTHERWISE))
    for at, seen in enumerate(record.seen):
        if seen.status is not None:
            yield Change(What.STATUS, with_seen(record, at, replace(seen, status=seen.status + 1)), at)
        for found in HTTP.finditer(seen.output):
            output = f"{seen.output[: found.start()]}{int(found[0]) + 1:03}{seen.output[found.end() :]}"
            yield Change(What.HTTP, with_seen(record, at, replace(seen, output=output)), at)


def _versions(record: Record) -> Iterator[Change]:
    for at, (name, version) in enumerate(record.versions):
        other = re.sub("[0-9]+", lambda found: str(int(found[0]) + 1), version, count=1)
        versions = (*record.versions[:at], (name, other), *record.versions[at + 1 :])
        yield Change(What.VERSION, replace(record, versions=versions), name=name)


def _inputs(record: Record) -> Iterator[Change]:
    for at, each in enumerate(record.inputs or ()):
        match each:
            case FileInput(source=""):
                lines = each.text.split("\n")[:-1]
                for line, text in enumerate(lines):
                    changed = replace(each, text="\n".join([*lines[:line], f"{text}x", *lines[line + 1 :], ""]))
                    yield Change(What.LINE, with_input(record, at, changed), at, line=line)
            case ServiceInput():
                other = replace(each, command=f"{each.command}x")
                yield Change(What.SERVICE, with_input(record, at, other), at)
            case FileInput() | HttpInput() | DeclaredInput():
                pass
            case _:
                assert_never(each)


def with_input(record: Record, at: int, other: Input) -> Record:
    assert record.inputs
    return replace(record, inputs=(*record.inputs[:at], other, *record.inputs[at + 1 :]))


def with_seen(record: Record, at: int, seen: Seen) -> Record:
    return replace(record, seen=(*record.seen[:at], seen, *record.seen[at + 1 :]))


def due(case: Case, change: Change) -> Told:
    """Return what a build must say of a change that came with a digest of its own; nothing of what no page states."""
    match change.what:
        case What.FINGERPRINT:
            return ((Code.EXAMPLE_STALE, case.lock if case.knows_all else case.run.example.place),)
        case What.VERSION:
            line = case.locked.get(change.name)
            return ((Code.EXAMPLE_STALE, replace(case.lock, line=line)),) if line else ()
        case What.OUTCOME:
            return _of_outcome(case, change.record.outcome)
        case What.STATUS | What.HTTP:
            return _of_exchange(case, change)
        case What.LINE:
            begins = case.inputs[change.at].begins
            assert begins
            return ((Code.EXAMPLE_STALE, replace(begins, line=begins.line + change.line)),)
        case What.SERVICE:
            return ((Code.EXAMPLE_STALE, case.inputs[change.at].place),)
        case _:
            assert_never(change.what)


def passed(case: Case) -> Record:
    """Return what would be recorded if everything came as the page shows it."""
    came = [seen.output for seen in case.record.seen] + [""] * len(case.exchanges)
    shown = zip(case.exchanges, came, strict=False)
    seen = (Seen(each.given, output if each.expected is None else each.expected, each.status) for each, output in shown)
    return replace(case.record, outcome=Outcome.FINISHED, reason="", seen=tuple(seen))


def failed_otherwise(case: Case) -> Record:
    """Return what would be recorded if all that failed had failed in a way that nobody declared."""
    right = passed(case)
    pairs = zip(case.record.seen, right.seen, strict=False)
    seen = tuple(each if each == other else replace(each, output=OTHERWISE) for each, other in pairs)
    return replace(case.record, reason=case.record.reason and OTHERWISE, seen=seen)


def _at_example(case: Case, code: Code) -> Told:
    return ((code, case.run.example.place),)


def _of_outcome(case: Case, outcome: Outcome) -> Told:
    if outcome is Outcome.UNABLE:
        return _at_example(case, Code.EXAMPLE_UNABLE)
    if outcome is Outcome.FINISHED:  # before its last command
        return _at_example(case, Code.EXAMPLE_STALE)
    if not expects_failure(case):
        return against(case, case.run.example.place)
    # A limit shows nothing of a method that is declared to be gone, however it fails.
    exceeded = outcome is Outcome.EXCEEDED and not case.pattern
    return _at_example(case, Code.EXAMPLE_CONTRADICTED) if exceeded else ()


def _of_exchange(case: Case, change: Change) -> Told:
    """Tell apart what the page shows, which is told at once, from what else happens in a failure that is declared."""
    exchange = case.exchanges[change.at]
    if change.what is What.HTTP and exchange.expected is None:
        return ()
    if not expects_failure(case):
        return against(case, exchange.place)
    if not case.pattern:
        return ()
    spoilt = change.at < case.setup
    return against(case, exchange.place) if spoilt or not bearing(case, change.record) else ()


def expects_failure(case: Case) -> bool:
    return case.planned.today.expectation.expect is Expect.FAILS


def bearing(case: Case, record: Record) -> bool:
    """Tell whether a line of what did not come out as the page shows has the declared symptom."""
    own = zip(case.exchanges[case.setup :], record.seen[case.setup :], strict=False)
    wrong = [seen.output for shown, seen in own if shown.expected != seen.output or shown.status != seen.status]
    wrong += [record.reason] if record.outcome in ENDED_EARLY else []
    return any(re.search(case.pattern, output) for output in wrong)


def against(case: Case, place: Place) -> Told:
    """Return what is told of a run that came otherwise: of a card, at its line; else at the line of the example."""
    if case.cell is None:
        return ((Code.EXAMPLE_DRIFTED, place),)
    assert case.cell.stage
    if case.cell.failure:
        return ((Code.FAILURE_DIFFERS, case.cell.failure.place),)
    code = Code.FEATURE_FAILS if case.cell.feature else Code.METHOD_FAILS
    return ((code, case.cell.stage.place),)
