"""Python sessions: which lines are statements, which are output."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples.parse.pycon import parse, render
from affidavit.model.examples import Exchange
from affidavit.model.place import Place

PLACE = Place("page.rst", 10, "page")

BLOCKS = [
    ("a statement and its output", ">>> 1 + 1\n2\n", [("1 + 1", "2")]),
    ("two statements", ">>> 1\n1\n>>> 2\n2", [("1", "1"), ("2", "2")]),
    ("none shows output: it is recorded", ">>> a\n>>> b\n", [("a", None), ("b", None)]),
    ("one shows output: the other prints none", ">>> a = 1\n>>> a\n1\n", [("a = 1", ""), ("a", "1")]),
    ("a statement of several lines", ">>> if a:\n...     b\n...\nc", [("if a:\n    b\n", "c")]),
    ("blank lines between are layout", ">>> 1\n1\n\n>>> 2\n2\n\n", [("1", "1"), ("2", "2")]),
    ("a blank line that is printed", ">>> a\nb\n<BLANKLINE>\nc", [("a", "b\n<BLANKLINE>\nc")]),
    ("a traceback", ">>> a\nTraceback (most recent call last):\n  ...\nE: b", [
        ("a", "Traceback (most recent call last):\n  ...\nE: b"),
    ]),
    ("output that begins with anything", ">>> a\n\\...\nb", [("a", "...\nb")]),
    ("output that looks like a statement", ">>> a\n\\>>> b", [("a", ">>> b")]),
    ("output that looks like one with a backslash", ">>> a\n\\\\>>> b", [("a", "\\>>> b")]),
    ("anything, not at first", ">>> a\nb\n...\nc", [("a", "b\n...\nc")]),
    ("output that begins alike", ">>> a\n>>>>\n....", [("a", ">>>>\n....")]),
]  # fmt: skip


@pytest.mark.parametrize(("block", "exchanges"), [row[1:] for row in BLOCKS], ids=[row[0] for row in BLOCKS])
def test_a_block_is_read(block, exchanges):
    parsed = parse(block, PLACE)
    assert [(each.given, each.expected) for each in parsed.exchanges] == exchanges
    assert parsed.problems == ()


def test_each_statement_has_its_place():
    assert [each.place.line for each in parse(">>> a\n... b\nc\n\n>>> d", PLACE).exchanges] == [10, 14]


PROBLEMS = [
    ("nothing", "", 10, "no statement"),
    ("no statement", "a = 1", 10, "no statement"),
    ("output first", "a\n>>> b", 10, "before the first statement"),
    ("a blank is missing, at first", ">>>a\n>>> b", 10, "A blank is missing"),
    ("a blank is missing", ">>> a\n>>>b", 11, "A blank is missing"),
    ("a prompt alone", ">>> a\n>>>", 11, "has no statement"),
    ("output behind a blank line", ">>> a\nb\n\nc", 12, "<BLANKLINE>"),
]


@pytest.mark.parametrize(("block", "line", "words"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS])
def test_what_cannot_be_meant_so_is_told(block, line, words):
    problem = parse(block, PLACE).problems[0]
    assert problem.place.line == line
    assert words in problem.sentence


LINE = st.text(st.sampled_from("ab>. \\é"), min_size=1, max_size=8).filter(str.strip)
GIVEN = st.lists(st.text(st.sampled_from("ab>. é"), max_size=6), max_size=3).map(lambda lines: "\n".join(["a", *lines]))
SHOWN = st.lists(LINE, max_size=4).map("\n".join)


@st.composite
def blocks(draw):
    rows = draw(st.lists(st.tuples(GIVEN, SHOWN), min_size=1, max_size=4))
    silent = not any(shown for _, shown in rows)
    return [(given, None if silent else shown) for given, shown in rows]


@given(blocks())
def test_what_is_rendered_is_read_as_it_was(rows):
    text = render(Exchange(given, shown, PLACE) for given, shown in rows)
    parsed = parse(text, PLACE)
    assert [(each.given, each.expected) for each in parsed.exchanges] == rows
    assert parsed.problems == ()
    assert render(parsed.exchanges) == text


@given(st.lists(st.sampled_from([">>> a", "... b", "...", "c", "", "> d", "<BLANKLINE>"]), max_size=8))
def test_statements_are_those_of_doctest(lines):
    text = "\n".join(lines) + "\n"
    theirs = doctest.DocTestParser().get_examples(text)
    ours = parse(text, PLACE).exchanges
    assert [each.given.rstrip("\n") for each in ours] == [each.source.rstrip("\n") for each in theirs]
    shown = [f"{each.expected}\n" if each.expected else "" for each in ours]
    assert shown == [each.want for each in theirs]


@given(st.text(st.sampled_from(">. \\\n<BLANKLINE>") | st.characters()))
def test_no_text_is_too_much(text):
    for each in parse(text, PLACE).exchanges:
        assert each.place.line >= PLACE.line
