"""Comparing words as readers do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.folding import count_words, flattened, folded, one_line, speaks_of

FOLDED = [
    ("Mod_Proxy-uWSGI", " mod proxy uwsgi "),
    ("Straße", " strasse "),
    ("ﬁne\u00adly", " finely "),
    ("  a\n\tb  ", " a b "),
    ("", "  "),
    ("!?", "  "),
]


@pytest.mark.parametrize(("text", "words"), FOLDED)
def test_text_is_folded_to_its_words(text, words):
    assert folded(text) == words


FLATTENED = [
    ("Crème  Brûlée", "creme brulee"),
    ("one \n\n two", "one\ntwo"),
    ("A-B_c", "a-b_c"),
    ("한국", "한국"),
]


@pytest.mark.parametrize(("text", "flat"), FLATTENED)
def test_text_is_flattened_for_a_search(text, flat):
    assert flattened(text) == flat


COUNTED = [("", 0), ("one", 1), ("one, two - three", 3), ("負荷分散です", 3), ("a " * 50, 10), ("- - -", 0)]


@pytest.mark.parametrize(("text", "words"), COUNTED)
def test_words_are_counted_up_to_a_bound(text, words):
    assert count_words(text, 10) == words


@given(st.text(), st.text(), st.text(min_size=1))
def test_a_text_speaks_of_the_words_that_it_has(before, behind, term):
    text = folded(f"{before} {term} {behind}")
    assert speaks_of(text, term) is bool(folded(term).strip())


@given(st.text())
def test_a_line_has_no_breaks_and_no_more_than_it_may(text):
    line = one_line(text, 10)
    assert len(line) <= 10
    assert line == " ".join(line.split())
