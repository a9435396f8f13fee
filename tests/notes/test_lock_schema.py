"""The published schema of the lock file and the code that reads it are of one mind."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.notes.test_lock import LOCK, LOCKS, OTHER, TEXT, VALUES

from affidavit.model.errors import LockError
from affidavit.notes.facts import State
from affidavit.notes.lock import dumps, schema
from affidavit.notes.shape import VERSION, lock_of

SCHEMA = json.loads(schema())
VALID = Draft202012Validator(SCHEMA).is_valid


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_lock_of_the_guide_keeps_to_the_schema(project):
    assert VALID(json.loads((project / "doc" / "release-notes.lock.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("lock", [LOCK, OTHER])
def test_what_is_written_keeps_to_the_schema(lock):
    assert VALID(json.loads(dumps(lock)))


@settings(deadline=None)
@given(LOCKS)
def test_whatever_is_written_keeps_to_the_schema(lock):
    assert VALID(json.loads(dumps(lock)))


def test_the_states_are_those_of_the_code():
    assert SCHEMA["$defs"]["series"]["properties"]["state"]["enum"] == list(State)
    assert SCHEMA["properties"]["version"]["const"] == VERSION


def is_read(raw):
    try:
        lock_of(raw)
    except LockError:
        return False
    return True


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
    if isinstance(value, list):
        yield from ([other, *value[1:]] for other in variants(value[0]))


EVERY = list(variants(json.loads(TEXT)))


def test_both_refuse_and_take_the_same_of_what_is_changed_in_one_place():
    told = [(VALID(raw), is_read(raw)) for raw in EVERY]
    assert [raw for raw, (valid, read) in zip(EVERY, told, strict=True) if valid is not read] == []
    assert {valid for valid, _ in told} == {True, False}


@settings(deadline=None)
@given(st.builds(lambda inner: {"version": 2, "projects": {"p": inner}}, VALUES))
def test_both_refuse_and_take_the_same_of_anything(raw):
    assert VALID(raw) is is_read(raw)
