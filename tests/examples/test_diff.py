"""A mismatch as text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples.diff import render
from affidavit.examples.match import compare
from affidavit.examples.verdict import Mismatch, Rule
from affidavit.model.examples import Matching


def told(expected, seen):
    mismatch = compare(expected, seen, Matching())
    assert isinstance(mismatch, Mismatch)
    return render(mismatch)


def test_both_sides_and_the_rule_are_shown():
    assert told("a\nb\nc", "a\nx\nc") == (
        "Line 2 of what the page shows is not what was seen.\n"
        "Rule: each line as shown, “...” for anything.\n"
        "--- expected\n+++ seen\n a\n-b\n+x\n c\n"
    )


def test_without_lines_the_sentence_is_enough():
    assert render(Mismatch(Rule.STATUS, "Why.")) == "Why.\nRule: the exit status shown, 0 where none is shown.\n"


def test_long_output_is_cut_around_what_differs():
    lines = [f"line {number}" for number in range(1000)]
    text = told("\n".join(lines), "\n".join([*lines[:500], "x", *lines[501:]]))
    assert "-line 500\n+x\n" in text
    assert "(497 expected and 497 seen lines before are left out)" in text
    assert "(463 expected and 463 seen lines after are left out)" in text
    assert len(text.splitlines()) < 60


def test_long_lines_are_cut():
    text = told("a", "b" * 10**6)
    assert f"+{'b' * 200}… (999800 more characters)\n" in text
    assert len(text) < 500


@given(st.lists(st.sampled_from("abc"), max_size=60), st.lists(st.sampled_from("abc"), max_size=60))
def test_it_is_never_long(expected, seen):
    mismatch = compare("\n".join(expected), "\n".join(seen), Matching())
    if isinstance(mismatch, Mismatch):
        assert 4 <= len(render(mismatch).splitlines()) < 90
