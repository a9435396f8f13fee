"""The published schemas of the evidence and the code that reads it are of one mind, and so are their versions."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.examples.test_evidence import DAYS, NAMES, PROOFS_TEXT, RECORDS, TEXT

from affidavit.examples import evidence
from affidavit.examples.evidence import (
    EditedError,
    LaterError,
    proofs_text,
    read_proofs,
    read_record,
    record_text,
    schema,
)
from affidavit.model.evidence import Outcome
from affidavit.model.plain import ShapeError

RECORD_SCHEMA, PROOFS_SCHEMA = json.loads(schema("record")), json.loads(schema("proofs"))
VALID_RECORD = Draft202012Validator(RECORD_SCHEMA).is_valid
VALID_PROOFS = Draft202012Validator(PROOFS_SCHEMA).is_valid


@pytest.mark.parametrize("told", [RECORD_SCHEMA, PROOFS_SCHEMA])
def test_the_schemas_are_some(told):
    Draft202012Validator.check_schema(told)
    assert told["properties"]["version"]["const"] == evidence.VERSION


def test_the_outcomes_are_those_of_the_code():
    assert RECORD_SCHEMA["properties"]["outcome"]["enum"] == list(Outcome)


@settings(deadline=None)
@given(RECORDS)
def test_whatever_is_recorded_keeps_to_the_schema(record):
    assert VALID_RECORD(json.loads(record_text(record)))


@given(st.dictionaries(NAMES, DAYS))
def test_whatever_is_proven_keeps_to_the_schema(proofs):
    assert VALID_PROOFS(json.loads(proofs_text(proofs)))


def test_the_evidence_of_the_guide_keeps_to_the_schemas(project):
    folder = project / "doc" / "evidence"
    for path in folder.rglob("*.json"):
        valid = VALID_PROOFS if path == folder / evidence.PROOFS else VALID_RECORD
        assert valid(json.loads(path.read_text(encoding="utf-8"))), path


def variants(value):
    """Give values that differ from one in a single place: a key less, one more, or another value."""
    instead: tuple[object, ...] = (None, True, 3, "", "x", [], {}, [""])
    yield from (other for other in instead if other != value)
    if isinstance(value, dict):
        for key, held in value.items():
            rest = {name: each for name, each in value.items() if name != key}
            yield rest
            yield {**rest, "": held}
            yield {**rest, "another": held}
            yield from ({**value, key: other} for other in variants(held))
        yield {**value, "more": "x"}
    if isinstance(value, list) and value:
        yield from ([other, *value[1:]] for other in variants(value[0]))


def is_read(raw, read):
    try:
        read(json.dumps(raw) + "\n")
    except EditedError:  # which a schema cannot tell
        return True
    except ShapeError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "valid", "read"), [(TEXT, VALID_RECORD, read_record), (PROOFS_TEXT, VALID_PROOFS, read_proofs)]
)
def test_both_refuse_and_take_the_same_of_what_is_changed_in_one_place(text, valid, read):
    every = list(variants(json.loads(text)))
    told = [(valid(raw), is_read(raw, read)) for raw in every]
    assert [raw for raw, (one, other) in zip(every, told, strict=True) if one is not other] == []
    assert {one for one, _ in told} == {True, False}


@pytest.mark.parametrize(("text", "read"), [(TEXT, read_record), (PROOFS_TEXT, read_proofs)])
def test_a_later_version_is_refused_as_such_whatever_it_holds(text, read):
    raw = {**json.loads(text), "version": evidence.VERSION + 1, "new": 1}
    with pytest.raises(LaterError, match="has the version 2, and only versions up to 1 are known here"):
        read(json.dumps(raw))


def test_each_version_has_a_reader_of_its_own(monkeypatch):
    """A made-up version, to try the seam by which an old one would stay readable."""
    monkeypatch.setattr(evidence, "_PROOFS", {**evidence._PROOFS, 7: lambda top: {top.field("old").text(): None}})  # noqa: SLF001
    assert read_proofs('{"version": 7, "old": "a/here"}\n') == {"a/here": None}
    assert set(read_proofs(PROOFS_TEXT)) == {"b/here", "a/x@old"}


@pytest.mark.parametrize("readers", [evidence._RECORDS, evidence._PROOFS])  # noqa: SLF001 -- the tables are the seam
def test_what_is_written_is_the_last_that_is_read(readers):
    assert max(readers) == evidence.VERSION
