"""Output that is no text."""

from __future__ import annotations

import pytest

from affidavit.examples.binary import is_binary, readable

PROGRAM = bytes(range(256)).decode("utf-8", "replace")


@pytest.mark.parametrize(("text", "binary"), [
    ("", False),
    ("a\tb\r\n", False),
    ("\x1b[31ma\x1b[0m\a\b", False),
    ("\ufffd", True),
    ("a" * 9 + "\ufffd", False),
    ("a" * 8 + "\ufffd", True),
    ("é" * 9 + "\x00", False),
    (PROGRAM, True),
    ("\x7fELF\x02\x01\x01" + "\x00" * 9, True),
])  # fmt: skip
def test_output_is_text_or_it_is_not(text, binary):
    assert is_binary(text) is binary
    assert (readable(text) == text) is not binary


def test_what_is_said_of_it():
    said = readable("\x7fELF\ufffd" + "\x00" * 20)
    assert said.startswith(f"(binary output of 25 characters: 7f 45 4c 46 ?? {'00 ' * 11}…; SHA-256 of its text ")
    assert said != readable("\x7fELF\ufffd" + "\x00" * 19 + "\x01")


def test_a_short_one_is_shown_whole():
    assert readable("\x00\x01").startswith("(binary output of 2 characters: 00 01; SHA-256")
