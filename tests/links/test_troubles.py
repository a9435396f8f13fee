"""The words of libcurl, without what differs from one time to the next."""

from __future__ import annotations

import pytest

from affidavit.links.troubles import without_times


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Connection timed out after 10001 milliseconds", "Connection timed out"),
        ("Connection timeout after 10001 ms", "Connection timed out"),
        ("Operation timed out after 28 milliseconds with 5 out of 10 bytes received", "Operation timed out"),
        ("Recv failure: Connection reset by peer", "Recv failure: Connection reset by peer"),
    ],
)
def test_the_same_trouble_reads_the_same(words, kept):
    assert without_times(words) == kept
