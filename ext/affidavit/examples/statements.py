"""What is known of runs as statements of the in-toto attestation framework, a line each. Pure.

The form is that of the Statement, version 1, with the predicate for test results, version 0.1. Nothing is signed here:
that takes a key, and whoever has one wraps each line in an envelope. The same evidence gives the same bytes.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from affidavit.examples.states import Stood
from affidavit.model.evidence import Proof, Record, State

STATEMENT = "https://in-toto.io/Statement/v1"
TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"

RESULTS = {
    State.PROVEN: "PASSED",
    State.PROVEN_ELSEWHERE: "PASSED",
    State.DRIFTED: "FAILED",
    State.CONTRADICTED: "FAILED",
}
"""What is stated of a run, by its state; of one in another state there is no statement: nothing is known of it."""


def statements(runs: Iterable[Stood], hashes: Mapping[str, str], folder: str) -> tuple[str, ...]:
    """Return a statement for each run that was proven, or failed, sorted by the keys of runs.

    ``hashes`` are those of the records, by the names of their files below ``folder``, and of the pages, by theirs.
    """
    told = {each.run.key: _statement(each, hashes, folder) for each in runs if each.standing.state in RESULTS}
    return tuple(json.dumps(told[key], ensure_ascii=False, sort_keys=True) for key in sorted(told))


def record_name(key: str) -> str:
    """Return the name of a record's file, below the folder of evidence."""
    return f"{key}.json"


def _statement(each: Stood, hashes: Mapping[str, str], folder: str) -> dict[str, object]:
    record, proof, name = each.evidence.record, each.evidence.proof, record_name(each.run.key)
    fingerprint = record.fingerprint if record else ""
    subject = {
        "name": f"{PurePath(folder).as_posix()}/{name}",
        "digest": _digest(hashes[name]),
        "annotations": {"affidavit": {"fingerprint": fingerprint}},
    }
    return {
        "_type": STATEMENT,
        "subject": [subject],
        "predicateType": TEST_RESULT,
        "predicate": {
            **_result(each),
            "configuration": [_what_ran(each, record, proof), *_page(each, hashes)],
        },
    }


def _result(each: Stood) -> dict[str, object]:
    result = RESULTS[each.standing.state]
    passed, failed = ([each.run.key] if result == word else [] for word in ("PASSED", "FAILED"))
    return {"result": result, "passedTests": passed, "warnedTests": [], "failedTests": failed}


def _what_ran(each: Stood, record: Record | None, proof: Proof | None) -> dict[str, object]:
    """Return the run itself: its fingerprint is a hash over all that it depends on."""
    about: dict[str, object] = {"state": str(each.standing.state), "reason": each.standing.reason}
    if record:
        about |= {"platform": record.platform, "sandbox": record.sandbox, "versions": dict(record.versions)}
    if proof:
        about |= {"day": proof.day.isoformat(), "seconds": proof.seconds, **({"shared": True} if proof.shared else {})}
    digest = _digest(record.fingerprint if record else "")
    return {"name": each.run.key, "digest": digest, "annotations": {"affidavit": about}}


def _page(each: Stood, hashes: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the page that shows what ran, and in which line; nothing where its file cannot be read."""
    place = each.run.example.place
    if place.file not in hashes:
        return []
    about = {"affidavit": {"line": place.line}}
    return [{"name": place.file, "digest": _digest(hashes[place.file]), "annotations": about}]


def _digest(told: str) -> dict[str, str]:
    """Return a hash, written as ``sha256:DIGITS``, as a set of digests."""
    algorithm, _, digits = told.partition(":")
    return {algorithm: digits}
