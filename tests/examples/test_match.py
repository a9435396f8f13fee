"""What was seen is what is expected, by the rules of the block."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples.match import compare, compare_status
from affidavit.examples.settle import read_own
from affidavit.examples.tracebacks import without_frames
from affidavit.examples.verdict import Held, Mismatch, Rule, Unusable
from affidavit.model.examples import Comparison, Matching

EXACT = Matching()
ANY_ORDER = Matching(unordered=True)
GLOB = Matching(Comparison.GLOB)
REGEX = Matching(Comparison.REGEX)
JSON = Matching(Comparison.JSON)
JSON_ANY_ORDER = Matching(Comparison.JSON, unordered=True)
CLOSE = Matching(tolerance=0.1)
UUID = "0b5e6c1f-9f3a-4f0e-8d8a-1c2b3d4e5f60"
OTHER = "11111111-2222-3333-4444-555555555555"

HOLDS = [
    ("the same", EXACT, "a\nb", "a\nb\n"),
    ("nothing", EXACT, "", ""),
    ("nothing but blanks", EXACT, "", "\n \n"),
    ("blanks at the end of lines", EXACT, "a \nb", "a\t\nb  \n\n\n"),
    ("blank lines at the end", EXACT, "a\n\n", "a"),
    ("a blank line by its word", EXACT, "a\n<BLANKLINE>\nb\n<BLANKLINE>", "a\n\nb\n\n"),
    ("line ends of Windows", EXACT, "a\nb", "a\r\nb\r\n"),
    ("colours", EXACT, "ab", "\x1b[31ma\x1b[0mb"),
    ("anything in a line", EXACT, "a ... c ... e", "a b c d e"),
    ("anything in a line, that is nothing", EXACT, "a...b", "ab"),
    ("anything at the end of a line", EXACT, "Loading...", "Loading..."),
    ("anything first", EXACT, "...b", "ab"),
    ("anything instead of lines", EXACT, "a\n...\nd", "a\nb\nc\nd"),
    ("anything instead of no line", EXACT, "a\n...\nb", "a\nb"),
    ("anything before", EXACT, "...\nc", "a\nb\nc"),
    ("anything behind", EXACT, "a\n  ...", "a\nb\nc"),
    ("anything at all", EXACT, "...", "a\nb"),
    ("anything that is nothing at all", EXACT, "...", ""),
    ("anything twice", EXACT, "...\n...", "a"),
    ("several gaps", EXACT, "a\n...\nb\nc\n...\nc", "a\nb\nb\nc\nc"),
    ("the end that fits", EXACT, "...\na\nb", "a\nb\na\nb"),
    ("another identifier", EXACT, f"id {UUID}", f"id {OTHER}"),
    ("the word for an identifier", EXACT, "id <uuid-3>", f"id {OTHER}"),
    ("the word without a number", EXACT, "id <uuid>", f"id {OTHER}"),
    ("a part of an identifier", EXACT, "id 0b5e...", f"id {UUID}"),
    ("two identifiers in a line, one of them cut", EXACT, "at <time>: ...", f"at 2026-11-28T10:15:00Z: {UUID}"),
    ("a pattern by name", Matching(settled=("checksum",)), "a" * 40, "b" * 40),
    ("glob: a star", GLOB, "a*d", "abcd"),
    ("glob: a mark", GLOB, "a?c", "abc"),
    ("glob: a class", GLOB, "a[bc]d", "acd"),
    ("glob: a bracket", GLOB, "a[b", "a[b"),
    ("glob: lines", GLOB, "a*\n...\nc", "ab\nb\nc"),
    ("glob: an identifier", GLOB, f"*{UUID}", f"id {OTHER}"),
    ("regex", REGEX, r"a\d+", "a12"),
    ("regex: an identifier is what was printed", REGEX, "[0-9a-f-]{36}", UUID),
    ("regex: lines", REGEX, "a+\n...\nc", "aa\nb\nb\nc"),
    ("any order", ANY_ORDER, "a\nb\nc", "c\na\nb"),
    ("any order: the same line twice", ANY_ORDER, "a\nb\na", "a\na\nb"),
    ("any order: and others", ANY_ORDER, "b\n...", "a\nb\nc"),
    ("any order: a wildcard steals nothing", ANY_ORDER, "...b\nab", "ab\ncb"),
    ("any order: wildcards hand over", ANY_ORDER, "a...\n...b\nab", "ab\nac\ncb"),
    ("any order: identifiers", ANY_ORDER, f"a {UUID}\nb {UUID}", f"b {OTHER}\na {OTHER}"),
    ("any order: a part of an identifier", ANY_ORDER, f"{UUID}\n111...", f"{OTHER}\n{UUID}"),
    ("any order: glob", Matching(Comparison.GLOB, unordered=True), "*\na", "a\nb"),
    ("any order: regex", Matching(Comparison.REGEX, unordered=True), ".\na", "a\nb"),
    ("close", CLOSE, "100 requests", "109 requests"),
    ("close, below zero", CLOSE, "-1.0", "-0.95"),
    ("close, with exponent", CLOSE, "1e3", "1050"),
    ("close, several", CLOSE, "10 of 100 in 1000", "11 of 91 in 1001"),
    ("close, with anything", CLOSE, "a 10 ... 10 ... b 10", "a 11 x 99 y 9 z b 10"),
    ("close, behind others", CLOSE, "...10", "a 99 b 10"),
    ("close to zero", CLOSE, "0", "0.0"),
    ("close, no number", CLOSE, "a.b", "a.b"),
    ("close, any order", Matching(tolerance=0.1, unordered=True), "10\n100", "101\n9.5"),
    ("JSON: the same", JSON, '{"a": [1, null, true]}', '{"a":[1,null,true]}'),
    ("JSON: more names", JSON, '{"a": {"b": 1}}', '{"a": {"b": 1, "c": 2}, "d": 3}'),
    ("JSON: a gap in a list", JSON, "[1, ..., 4]", "[1, 2, 3, 4]"),
    ("JSON: a gap as a string", JSON, '["...", 4]', "[1, 2, 3, 4]"),
    ("JSON: a gap in an object", JSON, '{"a": 1, ...}', '{"a": 1, "b": 2}'),
    ("JSON: an object that is a gap", JSON, "{...}", '{"b": 2}'),
    ("JSON: any value", JSON, '{"a": ...}', '{"a": [1]}'),
    ("JSON: any value, as a string", JSON, '{"a": "..."}', '{"a": null}'),
    ("JSON: anything in a string", JSON, '{"a": "b...d"}', '{"a": "bcd"}'),
    ("JSON: dots in a string", JSON, '{"a": "x ...}"}', '{"a": "x ...}"}'),
    ("JSON: an identifier", JSON, f'{{"a": "{UUID}"}}', f'{{"a": "{OTHER}"}}'),
    ("JSON: a number", JSON, "1", "1.0"),
    ("JSON: close", Matching(Comparison.JSON, tolerance=0.1), "[10]", "[10.5]"),
    ("JSON: any order", JSON_ANY_ORDER, '[{"a": 1}, {}]', '[{"b": 1}, {"a": 1}]'),
    ("JSON: any order, and others", JSON_ANY_ORDER, "[3, ...]", "[1, 2, 3]"),
    ("JSON: a great number", JSON, "1" * 400, "1" * 400),
]  # fmt: skip


@pytest.mark.parametrize(("matching", "expected", "seen"), [row[1:] for row in HOLDS], ids=[row[0] for row in HOLDS])
def test_what_holds(matching, expected, seen):
    assert compare(expected, seen, matching) == Held()


MISMATCHES = [
    ("another line", EXACT, "a\nb", "a\nc", Rule.LINES, 2, "Line 2"),
    ("a line is missing", EXACT, "a\nb", "a", Rule.LINES, 2, "is missing"),
    ("a line too many", EXACT, "a", "a\nb", Rule.LINES, 1, "more output than the page shows, from its line 2 on"),
    ("output where none is shown", EXACT, "", "a", Rule.NOTHING, 0, "shows none"),
    ("no output", EXACT, "a", "", Rule.LINES, 1, "missing"),
    ("blanks at the beginning", EXACT, "a", " a", Rule.LINES, 1, "Line 1"),
    ("blank lines at the beginning", EXACT, "a", "\na", Rule.LINES, 1, "Line 1"),
    ("anything needs its ends", EXACT, "ab...ba", "aba", Rule.LINES, 1, "Line 1"),
    ("anything keeps the order", EXACT, "a...c...b...d", "abcd", Rule.LINES, 1, "Line 1"),
    ("anything is within a line", EXACT, "a...d", "a\nd", Rule.LINES, 1, "Line 1"),
    ("behind a gap", EXACT, "a\n...\nc\nd", "a\nb\nc\ne", Rule.LINES, 4, "Line 4"),
    ("between gaps", EXACT, "...\nb\nc\n...", "a\nb\nd", Rule.LINES, 3, "Line 3"),
    ("less than is needed behind a gap", EXACT, "a\n...\nb\nc\nd", "a\nb", Rule.LINES, 4, "missing"),
    ("nothing is left behind a gap", EXACT, "a\n...\na", "a", Rule.LINES, 3, "missing"),
    ("another kind of value", EXACT, f"id {UUID}", "id 12", Rule.LINES, 1, "Line 1"),
    ("a pattern that is not asked for", EXACT, "a" * 40, "b" * 40, Rule.LINES, 1, "Line 1"),
    ("glob: another line", GLOB, "a?", "a", Rule.GLOB, 1, "Line 1"),
    ("glob: dots are dots", GLOB, "a...", "ab", Rule.GLOB, 1, "Line 1"),
    ("regex: the whole line", REGEX, "a", "ab", Rule.REGEX, 1, "Line 1"),
    ("any order: one is missing", ANY_ORDER, "a\nb", "b\nc", Rule.UNORDERED, 1, "Line 1"),
    ("any order: one is missing twice", ANY_ORDER, "a\na", "a\nb", Rule.UNORDERED, 2, "missing"),
    ("any order: one too many", ANY_ORDER, "a\nb", "b\nc\na", Rule.UNORDERED, 2, "from its line 2 on"),
    ("any order: wildcards", ANY_ORDER, "a...\n...b", "ab\ncd", Rule.UNORDERED, 2, "Line 2"),
    ("not close", CLOSE, "100", "111", Rule.LINES, 1, "Line 1"),
    ("not close, with anything", CLOSE, "a...100", "a 100 b 50", Rule.LINES, 1, "Line 1"),
    ("a part of a number", CLOSE, "...5", "125", Rule.LINES, 1, "Line 1"),
    ("not close to zero", CLOSE, "0", "0.1", Rule.LINES, 1, "Line 1"),
    ("JSON: another", JSON, '{"a": 1,\n"b": [{"c": 2}]}', '{"a": 1, "b": [{"c": 3}]}', Rule.JSON, 2, "$.b[0].c: 2"),
    ("JSON: a name is missing", JSON, '{\n"a": 1}', "{}", Rule.JSON, 2, "$.a: it is missing"),
    ("JSON: too many values", JSON, "[1]", "[1, 2]", Rule.JSON, 1, "2 values are too many"),
    ("JSON: too few values", JSON, "[1, 2]", "[1]", Rule.JSON, 1, "$[1]: there are too few"),
    ("JSON: another kind", JSON, "[1]", '{"a": 1}', Rule.JSON, 1, "a list is expected, not an object"),
    ("JSON: true is no number", JSON, "1", "true", Rule.JSON, 1, "1 is expected, not true"),
    ("JSON: null is not false", JSON, "null", "false", Rule.JSON, 1, "null is expected"),
    ("JSON: a string is no number", JSON, '"1"', "1", Rule.JSON, 1, '"1" is expected'),
    ("JSON: none of any order", JSON_ANY_ORDER, "[1, 2]", "[2, 3]", Rule.JSON, 1, "1 is missing"),
    ("JSON: too many of any order", JSON_ANY_ORDER, "[1]", "[2, 1]", Rule.JSON, 1, "too many"),
    ("JSON: behind a gap", JSON, "[..., 1]", "[1, 2]", Rule.JSON, 1, "1 is expected, not 2"),
    ("JSON: a great number", JSON, "1.5", "1" * 400, Rule.JSON, 1, "is expected"),
    ("JSON: none", JSON, "[1]", "error", Rule.JSON, 1, "The output is no JSON"),
    ("JSON: behind gaps", JSON, "[..., 1, ..., 1, ...]", "[1, 2]", Rule.JSON, 1, "$[1]: 1 is expected, not 2"),
    ("JSON: too deep", JSON, "[1]", "[" * 100_000, Rule.JSON, 1, "The output is no JSON"),
    ("JSON: digits without end", JSON, "[1]", "1" * 10_000, Rule.JSON, 1, "The output is no JSON"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("matching", "expected", "seen", "told"),
    [(*row[1:4], row[4:]) for row in MISMATCHES],
    ids=[row[0] for row in MISMATCHES],
)
def test_what_does_not_hold(matching, expected, seen, told):
    rule, line, words = told
    mismatch = compare(expected, seen, matching)
    assert isinstance(mismatch, Mismatch)
    assert (mismatch.rule, mismatch.line) == (rule, line)
    assert words in mismatch.detail
    assert mismatch.at <= len(mismatch.seen)


UNUSABLE = [
    (REGEX, "a\n(", 2, "not closed"),
    (Matching(Comparison.REGEX, unordered=True), "a\n[", 2, "not closed"),
    (Matching(Comparison.REGEX, tolerance=0.1), "a", 1, "tolerance"),
    (Matching(Comparison.GLOB, tolerance=0.1), "a", 1, "tolerance"),
    (JSON, '{\n"a": }', 2, "no JSON"),
    (JSON, "[" * 51 + "]" * 51, 1, "50 deep"),
    (JSON, "[" * 100_000, 1, "no JSON"),
]


@pytest.mark.parametrize(("matching", "expected", "line", "words"), UNUSABLE, ids=[row[3] for row in UNUSABLE])
def test_what_nothing_can_be_compared_with_is_told(matching, expected, line, words):
    unusable = compare(expected, "a", matching)
    assert isinstance(unusable, Unusable)
    assert unusable.line == line
    assert words in unusable.sentence


def test_own_patterns_and_the_workspace_count():
    own, _ = read_own({"build": r"build-\d+"})
    assert compare("build-1 /w/a", "build-2 /w/a", Matching(settled=("build",)), own, "/w") == Held()
    assert compare("<workspace>/a", "/w/a", EXACT, (), "/w") == Held()
    assert compare("build-1", "build-2", EXACT, own) != Held()


def test_both_sides_are_handed_on_as_they_were_compared():
    mismatch = compare(f"a {UUID}\nb", f"a {OTHER}\nc\nd", EXACT)
    assert isinstance(mismatch, Mismatch)
    assert (mismatch.expected, mismatch.seen, mismatch.at) == (("a <uuid>", "b"), ("a <uuid>", "c", "d"), 2)


@pytest.mark.parametrize(
    ("shown", "seen", "held"), [(0, 0, True), (1, 1, True), (0, 1, False), (1, 0, False), (0, None, False)]
)
def test_the_exit_status_is_compared(shown, seen, held):
    verdict = compare_status(shown, seen)
    assert isinstance(verdict, Held if held else Mismatch)
    if isinstance(verdict, Mismatch):
        assert verdict.rule is Rule.STATUS
        assert f"the page shows {shown}" in verdict.detail


def test_of_a_command_that_ends_otherwise_it_is_handed_on_what_it_printed():
    mismatch = compare_status(0, 2, "a\n", "a\n\x1b[31mno such file\x1b[0m\n\n")
    assert isinstance(mismatch, Mismatch)
    assert (mismatch.expected, mismatch.seen) == (("a",), ("a", "no such file", "[2]"))
    other = compare_status(1, 0)
    assert isinstance(other, Mismatch)
    assert (other.expected, other.seen) == (("[1]",), ())


@pytest.mark.parametrize("matching", [JSON, JSON_ANY_ORDER])
@pytest.mark.parametrize("shape", ["[", '{"a": ', "[..., ", '[{"a": '])
def test_what_is_nested_is_looked_at_once(matching, shape):
    end = "".join({"[": "]", "{": "}"}[sign] for sign in reversed(shape) if sign in "[{")
    expected, other = (shape * 24 + number + end * 24 for number in ("1", "2"))
    mismatch = compare(expected, other.replace("..., ", "0, "), matching)
    assert isinstance(mismatch, Mismatch)
    assert compare(expected, expected.replace("..., ", ""), matching) == Held()


HEAD = "Traceback (most recent call last):"
TRACEBACKS = [
    ("a\nb", "a\nb"),
    (f'{HEAD}\n  File "<stdin>", line 1, in <module>\nE: a\nb', f"{HEAD}\nE: a\nb"),
    (f"{HEAD}\n  ...\nE: a", f"{HEAD}\nE: a"),
    (f"{HEAD}\n...\nE: a", f"{HEAD}\nE: a"),
    (f"a\n{HEAD}\n  b\nE: a", f"a\n{HEAD}\nE: a"),
    (f"{HEAD}\n  b\nE: a\n\nDuring handling ...:\n\n{HEAD}\n  c\nF: d", f"{HEAD}\nF: d"),
    (f"{HEAD}\n  b", HEAD),
]


@pytest.mark.parametrize(("text", "left"), TRACEBACKS)
def test_of_a_traceback_the_exception_counts(text, left):
    assert without_frames(text) == left
    assert without_frames(left) == left


LINE = st.text(st.sampled_from("ab .*?[]é12"), max_size=6)
SEEN = st.lists(LINE, max_size=6).map("\n".join)


@given(SEEN, st.sampled_from([EXACT, ANY_ORDER, CLOSE]))
def test_output_is_what_it_is(seen, matching):
    assert compare(seen, seen, matching) == Held()


@given(st.lists(LINE, max_size=6), st.data())
def test_lines_can_be_left_out_for_a_gap(lines, data):
    start = data.draw(st.integers(0, len(lines)))
    end = data.draw(st.integers(start, len(lines)))
    seen = [f"{line}z" for line in lines]
    expected = [*seen[:start], "...", *seen[end:]]
    assert compare("\n".join(expected), "\n".join(seen), EXACT) == Held()


WISHES = st.lists(st.sampled_from(["a", "b", "ab", "ba", "a...", "...b", "..."]), max_size=5)
LETTERS = st.lists(st.sampled_from(["a", "b", "ab", "ba", "c"]), max_size=6)


@given(WISHES, LETTERS)
def test_gaps_are_filled_if_that_is_possible_at_all(expected, seen):
    held = compare("\n".join(expected), "\n".join(seen), EXACT) == Held()
    assert held == _in_order(expected, seen)


def _in_order(expected, seen):
    if not expected:
        return not seen
    if expected[0] == "...":
        return any(_in_order(expected[1:], seen[at:]) for at in range(len(seen) + 1))
    return bool(seen) and compare(expected[0], seen[0], EXACT) == Held() and _in_order(expected[1:], seen[1:])


@given(WISHES, st.data())
def test_any_order_is_what_some_order_is(expected, data):
    seen = data.draw(st.lists(st.sampled_from(["a", "b", "ab", "ba", "c"]), max_size=5))
    held = compare("\n".join(expected), "\n".join(seen), ANY_ORDER) == Held()
    assert held == _some_order([each for each in expected if each != "..."], seen, more="..." in expected)


def _some_order(expected, seen, *, more):
    if not expected:
        return more or not seen
    return any(
        compare(expected[0], line, EXACT) == Held()
        and _some_order(expected[1:], [*seen[:at], *seen[at + 1 :]], more=more)
        for at, line in enumerate(seen)
    )


@given(st.text(), st.text(), st.sampled_from(Comparison), st.booleans(), st.sampled_from([0, 0.1]))
def test_no_text_is_too_much(expected, seen, comparison, unordered, tolerance):
    verdict = compare(expected, seen, Matching(comparison, unordered, tolerance, ("epoch",)))
    assert isinstance(verdict, Held | Mismatch | Unusable)


def test_long_output_in_any_order_takes_no_longer_than_it_is_long():
    def seconds(number):
        lines = [f"10:{at // 60 % 60:02}:{at % 60:02} {at % 7}" for at in range(number)]
        start = time.process_time()
        assert compare("\n".join(lines), "\n".join(reversed(lines)), ANY_ORDER) == Held()
        return time.process_time() - start

    few, many = (min(seconds(number) for _ in range(5)) for number in (500, 4000))
    assert many < 8 * 4 * few


HOSTILE = [
    ("many gaps", EXACT, "...\na\n" * 20 + "b", "a\n"),
    ("many pieces", EXACT, "a..." * 20 + "b", "a"),
    ("many stars", GLOB, "*a" * 20 + "b", "a"),
    ("repetitions", REGEX, "(a+)+b", "a"),
    ("numbers", CLOSE, "1 ..." * 10 + "b", "1 "),
    ("any order", ANY_ORDER, "a...\n" * 20 + "b", "ab\n"),
    ("JSON", JSON, "[..., 1, ..., 1, ..., 2]", None),
]


@pytest.mark.parametrize(
    ("matching", "expected", "piece"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE]
)
def test_no_output_takes_longer_than_it_is_long(matching, expected, piece):
    def seconds(number):
        seen = f"[{', '.join('1' * number)}]" if piece is None else piece * number
        start = time.process_time()
        assert compare(expected, seen, matching) != Held()
        return time.process_time() - start

    few, many = (min(seconds(number) for _ in range(3)) for number in (4000, 32_000))
    assert many < 8 * 5 * few
