"""Observations as text and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from affidavit.links.facts import from_text, to_text
from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable

TEXT = st.text()
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
PAGES = st.builds(
    PageSeen, TEXT, TEXT, TEXT, st.integers(), TEXTS, absent=TEXTS, whole=st.booleans(), scripted=st.booleans()
)
ANSWERS = st.builds(Answered, TEXT, TEXT, moved_to=TEXT, fragment=TEXT, hints=TEXTS, page=PAGES)
OBSERVATIONS: st.SearchStrategy[Observation] = ANSWERS | st.builds(Unreachable, TEXT, TEXT, online=st.booleans())
SEEN = Answered("http://docs.example/", "http://docs.example/end", 200, 1)
FAILED = Unreachable("http://docs.example/", "http://docs.example/", Trouble.NAME_UNKNOWN, "no such host")


@given(OBSERVATIONS)
def test_every_observation_comes_back(observation):
    text = to_text(observation)
    assert "\n" not in text
    assert from_text(text) == from_text(text.encode()) == observation


@given(st.binary() | st.text())
def test_any_text_is_an_observation_or_none(text):
    assert from_text(text) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)
FIELDS = st.sampled_from(["url", "final", "status", "redirects", "at", "kind", "reason", "page", "hints"])


TYPES = st.sampled_from(["answered", "unreachable"]) | st.text()


@given(st.builds(lambda name, fields: {"type": name, **fields}, TYPES, st.dictionaries(FIELDS, JSON)) | JSON)
def test_any_json_is_an_observation_or_none(value):
    read = from_text(json.dumps(value))
    assert read is None or from_text(to_text(read)) == read


def test_half_of_a_surrogate_pair_is_not_written_nor_read():
    with pytest.raises(UnicodeEncodeError):
        to_text(replace(SEEN, fragment="\ud800"))
    assert from_text(changed(SEEN, fragment="\ud800")) is None


def changed(observation: Observation, **fields: object) -> str:
    given = json.loads(to_text(observation)) | fields
    return json.dumps({key: value for key, value in given.items() if value is not None})


WRONG = {
    "a field that is not known": changed(SEEN, anchors=[]),
    "a field that lacks": changed(SEEN, final=None),
    "a number as text": changed(SEEN, status="200"),
    "a truth as a number": changed(SEEN, redirects=True),
    "a fraction": changed(SEEN, status=200.0),
    "a page that is none": changed(SEEN, page=[]),
    "a page with a field that is not known": changed(SEEN, page={"smell": "sweet"}),
    "hints that are no text": changed(SEEN, hints=[1]),
    "hints that are no list": changed(SEEN, hints="hint"),
    "a trouble that is not known": changed(FAILED, kind="bad-mood"),
    "a trouble that is no word": changed(FAILED, kind=[]),
    "another kind": changed(SEEN, type="guessed"),
    "a kind that is no word": changed(SEEN, type=1),
    "no kind": changed(SEEN, type=None),
    "a list": json.dumps([json.loads(to_text(SEEN))]),
    "too deep": "[" * 100_000,
    "a number that is too long": to_text(SEEN).replace("200", "9" * 5000),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_has_another_shape_is_no_observation(text):
    assert from_text(text) is None


def test_what_stands_in_files():
    assert to_text(SEEN) == (
        '{"type":"answered","url":"http://docs.example/","final":"http://docs.example/end","status":200,"redirects":1}'
    )
    page = PageSeen(media="text/html", present=("anchor:part",), whole=True)
    assert json.loads(to_text(replace(SEEN, hints=("server: x",), page=page))) == {
        "type": "answered",
        "url": "http://docs.example/",
        "final": "http://docs.example/end",
        "status": 200,
        "redirects": 1,
        "hints": ["server: x"],
        "page": {"media": "text/html", "present": ["anchor:part"], "whole": True},
    }
    assert json.loads(to_text(FAILED)) == {
        "type": "unreachable",
        "url": "http://docs.example/",
        "at": "http://docs.example/",
        "kind": "name-unknown",
        "reason": "no such host",
    }
