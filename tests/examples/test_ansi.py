"""What a terminal would show."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples.ansi import Run, is_plain, plain, runs

E = "\x1b["

PLAIN = [
    ("nothing", "", ""),
    ("text", "a\tb\nc", "a\tb\nc"),
    ("colours", f"{E}1;31ma{E}0mb", "ab"),
    ("colours of one character", "\x9b31ma", "a"),
    ("where to write", f"{E}2Ja{E}10;20Hb{E}?25lc", "abc"),
    ("a title", "\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b", "ab"),
    ("a title without end", "\x1b]0;title\na", "0;title\na"),
    ("a character set", "\x1b(Ba", "a"),
    ("a lone escape", "a\x1b", "a"),
    ("one sequence in another", f"\x1b{E}0m[31ma", "[31ma"),
    ("controls", "a\x00\x07\x0bb\x7f\x85", "ab"),
    ("an ending of Windows", "a\r\nb\r\n", "a\nb\n"),
    ("progress", "10%\r50%\r100%\n", "100%\n"),
    ("something deleted", "ab\b\bc\b\b\bd", "d"),
]


@pytest.mark.parametrize(("text", "shown"), [row[1:] for row in PLAIN], ids=[row[0] for row in PLAIN])
def test_what_can_be_read(text, shown):
    assert plain(text) == shown
    assert "".join(run.text for run in runs(text)) == shown


RUNS = [
    (f"a{E}31mb{E}0mc", [((), "a"), (("ansi-red",), "b"), ((), "c")]),
    (f"{E}1m{E}91;44ma{E}22;49mb", [
        (("ansi-bold", "ansi-bright-red", "ansi-on-blue"), "a"), (("ansi-bright-red",), "b"),
    ]),
    (f"{E}4;7;9;3;2ma{E}24;27;29;23;22mb", [
        (("ansi-dim", "ansi-inverse", "ansi-italic", "ansi-strike", "ansi-underline"), "a"), ((), "b"),
    ]),
    (f"{E}31ma\nb{E}mc", [(("ansi-red",), "a\nb"), ((), "c")]),
    (f"{E}31ma{E}39mb", [(("ansi-red",), "a"), ((), "b")]),
    (f"{E}101ma", [(("ansi-on-bright-red",), "a")]),
    (f"{E}38;5;1ma{E}38;5;9mb", [(("ansi-red",), "a"), (("ansi-bright-red",), "b")]),
    (f"{E}38;5;196ma{E}48;5;16mb", [(("ansi-bright-red",), "a"), (("ansi-bright-red", "ansi-on-black"), "b")]),
    (f"{E}38;5;255ma{E}38;5;240mb", [(("ansi-white",), "a"), (("ansi-bright-black",), "b")]),
    (f"{E}38;2;0;250;0;1ma", [(("ansi-bold", "ansi-bright-green"), "a")]),
    (f"{E}38ma{E}38;9;1mb{E}99999;5mc{E}999999999999999999mc", [((), "abcc")]),
    (f"{E}31m", []),
    (f"{E}31ma\rb{E}32mc\nd", [((), "bc"), (("ansi-green",), "\nd")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), RUNS)
def test_colours_become_classes(text, shown):
    assert runs(text) == tuple(Run(*each) for each in shown)


TEXTS = st.lists(
    st.sampled_from(["\x1b", "[", "]", "m", "31", ";", "\x9b", "\x9d", "\x07", "\r", "\b", "\n", "a", "(", "B", " "])
    | st.text(max_size=3)
).map("".join)


@given(TEXTS)
def test_nothing_is_left_that_a_terminal_would_heed(text):
    shown = plain(text)
    assert is_plain(shown)
    assert plain(shown) == shown
    assert shown.count("\n") == text.count("\n")


@given(TEXTS)
def test_runs_together_are_the_plain_text(text):
    found = runs(text)
    assert "".join(run.text for run in found) == plain(text)
    assert all(run.text for run in found)
    assert all(one.classes != other.classes for one, other in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["\x1b[", "\x1b]", "\x1b", "\x9d", "\x9b1", "\x1b[1;", "\x1b[31ma", "a\b", "\r", "\x1b("]
)
def test_no_text_takes_longer_than_it_is_long(piece):
    def seconds(length):
        text = (piece * length)[:length]
        start = time.process_time()
        plain(text)
        runs(text)
        return time.process_time() - start

    few, many = (min(seconds(length) for _ in range(3)) for length in (2**13, 2**16))
    assert many < 8 * 5 * few
