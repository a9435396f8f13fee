"""The published schemas of the evidence and the code that reads it are of one mind, and so are their versions."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.examples.test_evidence import DAYS, NAMES, PROOFS_TEXT, RECORDS, RECORDS_2, TEXT, TEXT_2

from affidavit.examples import evidence
from affidavit.examples.evidence import (
    PROOFS_VERSION,
    RECORD_VERSIONS,
    proofs_text,
    read_proofs,
    read_record,
    record_text,
    schema,
)
from affidavit.examples.input_text import Kind
from affidavit.examples.versioned import EditedError, LaterError
from affidavit.model.evidence import Outcome
from affidavit.model.examples import ReadyKind
from affidavit.model.plain import ShapeError

RECORD_SCHEMAS = {each: json.loads(schema("record", each)) for each in RECORD_VERSIONS}
PROOFS_SCHEMA = json.loads(schema("proofs", PROOFS_VERSION))
VALID_RECORD = {each: Draft202012Validator(told).is_valid for each, told in RECORD_SCHEMAS.items()}
VALID_PROOFS = Draft202012Validator(PROOFS_SCHEMA).is_valid


@pytest.mark.parametrize(("version", "told"), [*RECORD_SCHEMAS.items(), (PROOFS_VERSION, PROOFS_SCHEMA)])
def test_the_schemas_are_some(version, told):
    Draft202012Validator.check_schema(told)
    assert told["properties"]["version"]["const"] == version


@pytest.mark.parametrize("told", RECORD_SCHEMAS.values())
def test_the_outcomes_are_those_of_the_code(told):
    assert told["properties"]["outcome"]["enum"] == list(Outcome)


def test_the_kinds_of_inputs_are_those_of_the_code():
    told = RECORD_SCHEMAS[2]["$defs"]
    names = {
        each["$ref"].removeprefix("#/$defs/") for each in RECORD_SCHEMAS[2]["properties"]["inputs"]["items"]["oneOf"]
    }
    assert {told[name]["properties"]["kind"]["const"] for name in names} == set(Kind)
    assert told["sign"]["properties"]["kind"]["enum"] == list(ReadyKind)


@settings(deadline=None)
@given(RECORDS, RECORDS_2)
def test_whatever_is_recorded_keeps_to_the_schema(old, new):
    assert VALID_RECORD[1](json.loads(record_text(old)))
    assert VALID_RECORD[2](json.loads(record_text(new)))


@given(st.dictionaries(NAMES, DAYS))
def test_whatever_is_proven_keeps_to_the_schema(proofs):
    assert VALID_PROOFS(json.loads(proofs_text(proofs)))


def test_the_evidence_of_the_guide_keeps_to_the_schemas(project):
    folder = project / "doc" / "evidence"
    for path in folder.rglob("*.json"):
        told = json.loads(path.read_text(encoding="utf-8"))
        valid = VALID_PROOFS if path == folder / evidence.PROOFS else VALID_RECORD[told["version"]]
        assert valid(told), path


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


def only(kind):
    """Return a record that has the last of its inputs that are of a kind alone: the first of a list is what varies."""
    told = json.loads(TEXT_2)
    inputs = [each for each in told["inputs"] if each["kind"] == kind]
    return json.dumps({**told, "inputs": inputs[-1:]})


def is_read(raw, read):
    try:
        read(json.dumps(raw) + "\n")
    except EditedError:  # which a schema cannot tell
        return True
    except ShapeError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "valid", "read"),
    [(TEXT, VALID_RECORD[1], read_record), (TEXT_2, VALID_RECORD[2], read_record),
     *((only(kind), VALID_RECORD[2], read_record) for kind in Kind),
     (PROOFS_TEXT, VALID_PROOFS, read_proofs)],
)  # fmt: skip
def test_both_refuse_and_take_the_same_of_what_is_changed_in_one_place(text, valid, read):
    every = list(variants(json.loads(text)))
    told = [(valid(raw), is_read(raw, read)) for raw in every]
    assert [raw for raw, (one, other) in zip(every, told, strict=True) if one is not other] == []
    assert {one for one, _ in told} == {True, False}


@pytest.mark.parametrize(
    ("text", "read", "last"), [(TEXT_2, read_record, RECORD_VERSIONS[-1]), (PROOFS_TEXT, read_proofs, PROOFS_VERSION)]
)
def test_a_later_version_is_refused_as_such_whatever_it_holds(text, read, last):
    raw = {**json.loads(text), "version": last + 1, "new": 1}
    with pytest.raises(LaterError, match=f"has the version {last + 1}, and only versions up to {last} are known here"):
        read(json.dumps(raw))


def test_each_version_has_a_reader_of_its_own(monkeypatch):
    """A made-up version, to try the seam by which an old one would stay readable."""
    readers = {**evidence._PROOFS, 7: lambda top, _text: {top.field("old").text(): None}}  # noqa: SLF001
    monkeypatch.setattr(evidence, "_PROOFS", readers)
    assert read_proofs('{"version": 7, "old": "a/here"}\n') == {"a/here": None}
    assert set(read_proofs(PROOFS_TEXT)) == {"b/here", "a/x@old"}


def test_what_is_written_is_the_last_that_is_read():
    assert tuple(evidence._RECORDS) == RECORD_VERSIONS  # noqa: SLF001 -- the tables are the seam
    assert tuple(evidence._PROOFS) == (PROOFS_VERSION,)  # noqa: SLF001
    assert json.loads(TEXT_2)["version"] == max(RECORD_VERSIONS)
