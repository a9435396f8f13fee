"""HTTP blocks: which lines are requests, which are answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples.parse.http import parse, render
from affidavit.model.examples import Exchange
from affidavit.model.place import Place

PLACE = Place("page.rst", 10, "page")
GET = "GET /a HTTP/1.1"
OK = "HTTP/1.1 200 OK"

BLOCKS = [
    ("a request", f"{GET}\n", [(GET, None, 0)]),
    ("a request and its answer", f"{GET}\n\n{OK}\n", [(GET, OK, 200)]),
    ("an answer without a blank line before", f"{GET}\n{OK}\n", [(GET, OK, 200)]),
    ("fields and content", f"{GET}\nHost: b\n\nc\n\n{OK}\nD: e\n\nf\n\ng\n", [
        (f"{GET}\nHost: b\n\nc", f"{OK}\nD: e\n\nf\n\ng", 200),
    ]),
    ("two exchanges", f"{GET}\n\n{OK}\n\nb\n\n{GET}\n\nHTTP/1.1 404 Not Found", [
        (GET, f"{OK}\n\nb", 200), (GET, "HTTP/1.1 404 Not Found", 404),
    ]),
    ("two requests, one answer", f"{GET}\n\n{GET}\n\n{OK}", [(GET, None, 0), (GET, OK, 200)]),
    ("no request: within content", f"{GET}\n\n{OK}\n\nb\n{GET}\n", [(GET, f"{OK}\n\nb\n{GET}", 200)]),
    ("content that looks like a request", f"{GET}\n\n{OK}\n\n\\{GET}\n", [(GET, f"{OK}\n\n{GET}", 200)]),
    ("content that looks like an answer", f"{GET}\n\n\\{OK}\n", [(f"{GET}\n\n{OK}", None, 0)]),
    ("content that looks like one with a backslash", f"{GET}\n\n\\\\{OK}\n", [(f"{GET}\n\n\\{OK}", None, 0)]),
    ("a status without a phrase", f"{GET}\n\nHTTP/2 204", [(GET, "HTTP/2 204", 204)]),
]  # fmt: skip


@pytest.mark.parametrize(("block", "exchanges"), [row[1:] for row in BLOCKS], ids=[row[0] for row in BLOCKS])
def test_a_block_is_read(block, exchanges):
    parsed = parse(block, PLACE)
    assert [(each.given, each.expected, each.status) for each in parsed.exchanges] == exchanges
    assert parsed.problems == ()


def test_each_request_has_its_place():
    assert [each.place.line for each in parse(f"{GET}\n\n{OK}\n\n{GET}\n", PLACE).exchanges] == [10, 14]


PROBLEMS = [
    ("nothing", "", 10, "no request"),
    ("an answer alone", f"{OK}\n", 10, "no request"),
    ("no version", "GET /a\n", 10, "does not end with a version"),
    ("something first", f"a\n\n{GET}\n", 10, "before the first request"),
    ("no field", f"{GET}\nHost: b\nc\n\n{OK}", 12, "no field"),
    ("two answers", f"{GET}\n\n{OK}\n\n{OK}\n", 14, "two answers"),
]


@pytest.mark.parametrize(("block", "line", "words"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS])
def test_what_cannot_be_meant_so_is_told(block, line, words):
    problem = parse(block, PLACE).problems[0]
    assert problem.place.line == line
    assert words in problem.sentence


CONTENT = st.lists(st.sampled_from(["a", "{", "", GET, OK, f"\\{GET}", "\\b", "é: c"]), max_size=4).map(
    lambda lines: "\n".join(lines).rstrip()
)


def message(head, content):
    return f"{head}\n\n{content}" if content.strip("\n") else head


@st.composite
def exchanges(draw):
    rows = draw(st.lists(st.tuples(CONTENT, st.none() | CONTENT), min_size=1, max_size=3))
    return [
        (message(f"{GET}\nHost: b", sent), None if got is None else message(OK, got), 0 if got is None else 200)
        for sent, got in rows
    ]


@given(exchanges())
def test_what_is_rendered_is_read_as_it_was(rows):
    text = render(Exchange(sent, got, PLACE, status) for sent, got, status in rows)
    parsed = parse(text, PLACE)
    assert [(each.given, each.expected, each.status) for each in parsed.exchanges] == rows
    assert parsed.problems == ()
    assert render(parsed.exchanges) == text


@given(st.lists(st.sampled_from([GET, OK, "", "a: b", "c", "\\", "GET /"]) | st.text()).map("\n".join))
def test_no_text_is_too_much(text):
    for each in parse(text, PLACE).exchanges:
        assert each.place.line >= PLACE.line
