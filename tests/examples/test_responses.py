"""An HTTP answer is what the page shows."""

from __future__ import annotations

import pytest

from affidavit.examples.responses import compare_response
from affidavit.examples.verdict import Held, Mismatch, Rule, Unusable
from affidavit.model.examples import Comparison, Matching

SEEN = (
    "HTTP/1.1 201 Created\r\nDate: Sat, 28 Nov 2026 10:15:00 GMT\r\nContent-Type: a/b\r\n"
    'X-A: 1\r\nX-A: 2\r\n\r\n{"a": 1, "b": 2}\n'
)
JSON = Matching(Comparison.JSON)

HOLDS = [
    ("the status", "HTTP/1.1 201 Created", Matching()),
    ("another phrase and version", "HTTP/2 201", Matching()),
    ("a field", "HTTP/1.1 201\ncontent-type: a/b", Matching()),
    ("a field with anything", "HTTP/1.1 201\nContent-Type: a...", Matching()),
    ("another date", "HTTP/1.1 201\nDate: Sun, 06 Nov 1994 08:49:37 GMT", Matching()),
    ("one of two fields", "HTTP/1.1 201\nX-A: 2", Matching()),
    ("and others", "HTTP/1.1 201\n...\nX-A: 1", Matching()),
    ("content", 'HTTP/1.1 201\n\n{"a": 1, "b": 2}', Matching()),
    ("content as JSON", 'HTTP/1.1 201\n\n{"b": 2}', JSON),
    ("no content shown", "HTTP/1.1 201\n\n", JSON),
]


@pytest.mark.parametrize(("expected", "matching"), [row[1:] for row in HOLDS], ids=[row[0] for row in HOLDS])
def test_what_holds(expected, matching):
    assert compare_response(expected, SEEN, matching) == Held()


MISMATCHES = [
    ("another status", "HTTP/1.1 200 OK", Rule.HTTP_STATUS, 1, "The status is 201; the page shows 200"),
    ("no status", "a", Rule.HTTP_STATUS, 1, "the page shows none"),
    ("another value", "HTTP/1.1 201\nDate: ...\nX-A: 3", Rule.FIELD, 3, "“X-A” is not"),
    ("no such field", "HTTP/1.1 201\nX-B: 3", Rule.FIELD, 2, "“X-B” is missing"),
    ("other content", "HTTP/1.1 201\nX-A: 1\n\n[]", Rule.LINES, 4, "Line 4"),
]


@pytest.mark.parametrize(
    ("expected", "rule", "line", "words"), [row[1:] for row in MISMATCHES], ids=[row[0] for row in MISMATCHES]
)
def test_what_does_not_hold(expected, rule, line, words):
    mismatch = compare_response(expected, SEEN, Matching())
    assert isinstance(mismatch, Mismatch)
    assert (mismatch.rule, mismatch.line) == (rule, line)
    assert words in mismatch.detail
    assert mismatch.expected == tuple(expected.split("\n"))
    head = expected.split("\n")[0] if rule is Rule.LINES else "HTTP/1.1 201 Created"
    assert mismatch.seen[0] == head


def test_fields_that_are_not_shown_hide_no_difference_of_the_content():
    mismatch = compare_response("HTTP/1.1 201\nX-A: 1\n\n[]", SEEN, Matching())
    assert isinstance(mismatch, Mismatch)
    assert mismatch.seen[:3] == ("HTTP/1.1 201", "X-A: 1", "")
    assert "Date" not in "".join(mismatch.seen)


def test_what_nothing_can_be_compared_with_is_told_with_its_line():
    unusable = compare_response("HTTP/1.1 201\n\n{", SEEN, JSON)
    assert isinstance(unusable, Unusable)
    assert unusable.line == 3


def test_an_answer_that_is_none_has_no_status():
    mismatch = compare_response("HTTP/1.1 200", "", Matching())
    assert isinstance(mismatch, Mismatch)
    assert "not to be seen" in mismatch.detail
