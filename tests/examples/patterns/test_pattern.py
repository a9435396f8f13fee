"""Regular expressions of authors: they mean what they mean in Python, and take no longer than the text is long."""

from __future__ import annotations

import re
import time
import warnings

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from affidavit.examples.patterns.pattern import LONGEST, Pattern, Refused, read_pattern

# An expression, a line that it matches as a whole, and one that it does not.
MEANINGS = [
    ("abc", "abc", "ab"),
    ("a.c", "aéc", "ac"),
    ("a*", "aaa", "b"),
    ("a+", "a", ""),
    ("ab?c", "ac", "abbc"),
    ("a{2}", "aa", "a"),
    ("a{2,}", "aaa", "a"),
    ("a{,2}", "", "aaa"),
    ("a{1,3}", "aa", "aaaa"),
    ("a{", "a{", "a"),
    ("{}", "{}", ""),
    ("{a}", "{a}", "a"),
    ('{"a": [0-9]+}', '{"a": 12}', '{"a": }'),
    ("a|bc|", "bc", "c"),
    ("(a|b)+c", "abac", "c"),
    ("(?:ab)*", "abab", "aba"),
    ("(?P<name>a)b", "ab", "b"),
    ("(a*)*b", "aab", "aa"),
    (r"\d+ms", "12ms", "ams"),
    (r"\D\W\S", "a-b", "1-b"),
    (r"\w+\s\w+", "ab cd", "ab"),
    (r"\.\*\[\]", ".*[]", "a"),
    (r"\x41\u0042\t", "AB\t", "ab\t"),
    ("[a-c]+", "abc", "d"),
    ("[^a-c]+", "def", "a"),
    ("[]a]+", "]a", "b"),
    ("[^]a]", "b", "]"),
    (r"[\]\d-]+", "]1-", "a"),
    (r"[\[&|~]+", "[&|~", "a"),
    ("^a$", "a", "b"),
    (r"\Aa\Z", "a", "b"),
    (r"\ba\b.*\bb\b", "a b", "ab"),
    ("(?i)abc[d]", "aBCD", "abc"),
    ("a*?b+?", "aab", "aa"),
]


@pytest.mark.parametrize(("text", "line", "other"), MEANINGS)
def test_an_expression_means_what_it_means_in_python(text, line, other):
    pattern = read_pattern(text)
    assert isinstance(pattern, Pattern)
    assert pattern.is_whole(line)
    assert re.fullmatch(text, line)
    assert not pattern.is_whole(other)
    assert not re.fullmatch(text, other)


REFUSED = [
    ("(", "not closed"),
    (")", "without a “(”"),
    ("[a", "not closed"),
    ("[]", "unterminated"),
    ("*a", "nothing to repeat"),
    ("a|{2}", "nothing to repeat"),
    ("^*", "nothing to repeat"),
    ("a**", "repeated"),
    ("a{2}{3}", "repeated"),
    ("a*+", "give back"),
    ("a{3,2}", "reversed"),
    ("(?=a)", "not possible"),
    ("(?<!a)", "not possible"),
    ("(?s)a", "not possible"),
    (r"(a)\1", "not known"),
    (r"\q", "not known"),
    ("\\", "not known"),
    (r"\B", "not known"),
    ("[b-a]", "range"),
    ("[a--b]", "“--”"),
    (r"[\q]", "escape"),
    ("a" * 501, "500 characters"),
    ("(" * 21 + ")" * 21, "20 deep"),
    ("((a{100}){100}){100}", "2000 states"),
    ("a{999999999}", "2000 states"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[row[0][:20] for row in REFUSED])
def test_what_cannot_be_used_is_refused(text, words):
    refused = read_pattern(text)
    assert isinstance(refused, Refused)
    assert words in refused.why


def test_a_class_may_hold_what_python_warns_of():
    pattern = read_pattern("[[&&||~~]+")
    assert isinstance(pattern, Pattern)
    assert pattern.is_whole("[&|~")


PIECES = [
    "a",
    "b",
    "ab",
    ".",
    "[ab]",
    "[^a]",
    r"\w",
    r"\b",
    "^",
    "$",
    "(?:",
    "(",
    ")",
    "|",
    "*",
    "+",
    "?",
    "{1,2}",
    " ",
]
LINE = st.text(st.sampled_from("ab c"), max_size=8)


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join), LINE)
def test_it_finds_what_python_finds(text, line):
    pattern = read_pattern(text)
    assume(isinstance(pattern, Pattern))
    assert isinstance(pattern, Pattern)
    assert pattern.is_whole(line) == bool(re.fullmatch(text, line))
    assert pattern.is_in(line) == bool(re.search(text, line))


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_it_refuses_what_python_refuses(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(text)
        except re.error:
            assert isinstance(read_pattern(text), Refused)


@given(st.text(max_size=30))
def test_no_text_is_too_much(text):
    read_pattern(text)


@given(st.text(st.sampled_from("ab()[]{}*+?|\\.^$-,12:P<>=!i&~"), max_size=30))
def test_no_expression_is_too_much(text):
    pattern = read_pattern(text)
    if isinstance(pattern, Pattern):
        pattern.is_in("ab12" * 3)


SPANS = [
    ("a+", "baab", [(1, 3)]),
    ("a|ab", "ab ab", [(0, 2), (3, 5)]),
    ("a*", "bab", [(1, 2)]),
    (r"\bab", "abab ab", [(0, 2), (5, 7)]),
    ("^a", "aa", [(0, 1)]),
    ("a$", "aa", [(1, 2)]),
    ("c", "ab", []),
    ("a+", "a" * (LONGEST + 3), [(0, LONGEST), (LONGEST, LONGEST + 3)]),
]


@pytest.mark.parametrize(("text", "line", "spans"), SPANS, ids=[row[0] for row in SPANS])
def test_places_are_found_from_left_to_right(text, line, spans):
    pattern = read_pattern(text)
    assert isinstance(pattern, Pattern)
    assert list(pattern.spans(line)) == spans


HOSTILE = ["(a+)+b", "(a|a)*b", "(a|aa)+b", "a*a*a*a*a*b", "(.*)(.*)(.*)(.*)b", "(a?){50}a{50}b"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_expression_takes_longer_than_the_text_is_long(text):
    pattern = read_pattern(text)
    assert isinstance(pattern, Pattern)

    def seconds(length):
        line = "a" * length
        start = time.process_time()
        for ask in (pattern.is_whole, pattern.is_in, lambda line: list(pattern.spans(line))):
            ask(line)
        return time.process_time() - start

    seconds(1000)
    few = min(seconds(5000) for _ in range(3))
    assert seconds(40_000) < 8 * 5 * few
