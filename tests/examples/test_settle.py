"""What changes from run to run is replaced, and nothing else."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples.settle import Own, Settler, read_own, unknown_names
from affidavit.examples.settle_table import NAMES, ROWS

UUID = "0b5e6c1f-9f3a-4f0e-8d8a-1c2b3d4e5f60"
OTHER = "11111111-2222-3333-4444-555555555555"
TMP = "/tmp/"  # noqa: S108 # words in a text; nothing is written there
EVERY = Settler(NAMES).settle


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.name}-{number}" for number, row in enumerate(ROWS)])
def test_each_row_does_what_its_example_says(row):
    assert row.form.search(row.example)
    assert Settler([row.name]).settle(row.example) == row.settled
    assert (Settler().settle(row.example) == row.settled) is row.always


SETTLED = [
    ("Sun, 06 Nov 1994 08:49:37 GMT", "<time>"),
    ("Sat, 28 Nov 2026 10:15:00 +0000", "<time>"),
    ("28/Nov/2026:10:15:00 +0000", "<time>"),
    ("Sat Nov 28 10:15:00 2026", "<time>"),
    ("Sat Nov  8 10:15:00 UTC 2026", "<time>"),
    ("Nov 28 10:15:00 host", "<time> host"),
    ("2026-11-28T10:15:00Z", "<time>"),
    ("2026-11-28 10:15:00,123", "<time>"),
    ("2026-11-28T10:15:00+01:00", "<time>"),
    ("[28/Nov/2026 10:15:00]", "[<time>]"),
    ("2026-11-28", "<date>"),
    ("real\t0m1.234s", "real\t<duration>"),
    ("12ms 3 µs 1.5 seconds", "<duration> <duration> <duration>"),
    ("took 3s, after 2 minutes", "took <duration>, after <duration>"),
    ("localhost:40001 127.0.0.1:60999 [::1]:50000", "localhost:<port-1> 127.0.0.1:<port-2> [::1]:<port-3>"),
    (f"{TMP}tmp.Ab12Cd34Ef/x", "<temporary-1>/x"),
    (f"{TMP}pytest-of-root/pytest-12/a", "<temporary-1>/a"),
    ("/var/folders/ab/c123456789_x/T/tmp1", "<temporary-1>"),
    ("C:\\Users\\a b\\AppData\\Local\\Temp\\tmp1\\x", "<temporary-1>\\x"),
    ("[1234] Started; process 1234", "[<pid-1>] Started; process <pid-1>"),
    ("[2026-11-28 10:15:00 +0000] [12] [INFO]", "[<time>] [<pid-1>] [INFO]"),
    ("at 0x7f3a", "at <address-1>"),
    (f"{UUID} {OTHER} {UUID}", "<uuid-1> <uuid-2> <uuid-1>"),
]


@pytest.mark.parametrize(("text", "settled"), SETTLED)
def test_what_changes_is_replaced(text, settled):
    assert Settler().settle(text) == settled


KEPT = [
    "",
    "port 8080, http://127.0.0.1:8080/ and http://localhost:32767",
    "http://192.0.2.1:54321/",
    "timeout = 10s, 30 minutes, in 5 steps, in 3 sizes",
    "version 1.2.3, 1.5 mm, 1.5 m, 1.5.2s",
    "00:11:22:33:44:55",
    "a" + UUID,
    UUID + "a",
    "2026-11-280",
    f"{TMP}glance.sqlite {TMP}build/tmp",
    "[1234, 5678] [1] a[10]",
    "0xdeadbeef",
    "d41d8cd98f00b204e9800998ecf8427e 1795860900",
    "<uuid-1> <time> <uuid> <workspace>",
    "\U000f0000\U000f0001 \U0010fffd",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_somebody_chose_is_kept(text):
    assert Settler().settle(text) == text


def test_a_value_has_one_number_through_a_transcript():
    settler = Settler()
    texts = [settler.settle(text) for text in (f"a {UUID}", f"b {OTHER}", f"c {UUID}")]
    assert texts == ["a <uuid-1>", "b <uuid-2>", "c <uuid-1>"]


def test_without_counting_all_values_of_a_kind_are_the_same():
    settle = Settler(counting=False).settle
    assert settle(f"{UUID} {OTHER} <uuid-7>") == "<uuid> <uuid> <uuid>"


def test_the_workspace_is_replaced():
    settle = Settler(workspace="/work/a.b").settle
    assert settle("/work/a.b/c /work/a.b: /work/aab /work/a.bc x/work/a.b") == (
        "<workspace>/c <workspace>: /work/aab /work/a.bc x/work/a.b"
    )


def test_own_patterns_count_where_they_are_asked_for():
    own, problems = read_own({"build": r"build-\d+", "other": "b"})
    assert problems == ()
    text = "build-12 build-13 build-12\nb"
    assert Settler(["build"], own).settle(text) == "<build-1> <build-2> <build-1>\nb"
    assert Settler([], own).settle(text) == text


OWN_PROBLEMS = [
    ({"A": "a"}, "name"),
    ({"a-": "a"}, "name"),
    ({"a-1": "a"}, "name"),
    ({"a" * 41: "a"}, "name"),
    ({"uuid": "a"}, "name"),
    ({"workspace": "a"}, "name"),
    ({"a": "("}, "not closed"),
    ({"a": "b*"}, "nothing"),
    ({f"a{'b' * number}": "a" for number in range(51)}, "more than 50"),
]


@pytest.mark.parametrize(("patterns", "words"), OWN_PROBLEMS, ids=[str(row[0])[:30] for row in OWN_PROBLEMS])
def test_own_patterns_that_cannot_be_used_are_told(patterns, words):
    own, (problem, *_) = read_own(patterns)
    assert own == ()
    assert words in problem


def test_names_that_nothing_has_are_told():
    own, _ = read_own({"build": "b"})
    assert unknown_names(["uuid", "build", "workspace", "other"], own) == ("other",)


PIECES = [
    *(row.example for row in ROWS),
    *(row.settled for row in ROWS),
    *(text for text, _ in SETTLED),
    *KEPT,
    UUID, "-", ":", ".", " ", "[", "]", "\n", "1", "12", "a", "in ", "pid ", "at ", "s", " ms", "0x",
    TMP, "tmp", "<", ">",
    "127.0.0.1:", "40000", "10:15:00", "\U000f0000", "é", "µ", "/w",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)
OWN = [Own("own", read_own({"own": r"\b[a-z]-|1.|^é|s$"})[0][0].pattern)]


@given(TEXTS)
def test_settling_again_changes_nothing(text):
    def settle(text):
        return Settler([*NAMES, "own"], OWN, workspace="/w").settle(text)

    assert settle(settle(text)) == settle(text)


@given(TEXTS, st.booleans())
def test_lines_stay_lines(text, counting):
    settled = Settler([*NAMES, "own"], OWN, counting=counting).settle(text)
    assert settled.count("\n") == text.count("\n")


HOSTILE = [
    *(row.example for row in ROWS),
    *(row.example[:-1] for row in ROWS),
    *(
        "1",
        "1.",
        "a",
        "0",
        "1:",
        "10:15:",
        "2026-11-",
        TMP,
        f"{TMP}a",
        "/var/folders/",
        "[1] ",
        "in 1",
        "0x1",
        "<",
        "pid 1",
    ),
    *("\U000f0000", "C:\\Users\\a", "Nov ", "1 ", "1m"),
]


LARGE = ["1.", "10:15:", "2026-11-28T10:15:00.123456Z "]
"""Tried with a line of one megabyte; all others with less, since they are many."""


@pytest.mark.parametrize(
    ("piece", "most"), [*((piece, 2**16) for piece in HOSTILE), *((piece, 2**20) for piece in LARGE)]
)
def test_no_line_takes_longer_than_it_is_long(piece, most):
    def seconds(length):
        text = (piece * length)[:length]
        start = time.process_time()
        EVERY(text)
        return time.process_time() - start

    few = min(seconds(most // 8) for _ in range(3))
    assert seconds(most) < 8 * 4 * few


def test_the_rows_have_bounds():
    for row in ROWS:
        assert not re.search(r"[*+](?![?\]])", re.sub(r"\[[^\]]*\]|\\.", "", row.form.pattern))
