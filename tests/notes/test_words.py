"""Whether a text says some words, whatever became of its markup and its lines."""

import pytest

from affidavit.notes.words import digest, fold, says

TEXT = """\
The ``glance-api`` service does not\n    run *tasks* (see `bug 1703856`_); “chunked” transfer-encoding — ﬁne.
"""


@pytest.mark.parametrize(
    "words", ["tasks", "Tasks", "not run tasks", "glance-api", "glance api", "1703856", "chunked transfer", "fine"]
)
def test_words_are_found(words):
    assert says(TEXT, words)


@pytest.mark.parametrize("words", ["task", "tasks run", "703856", "glance api does", "unchunked"])
def test_other_words_are_not(words):
    assert not says(TEXT, words)


def test_a_text_has_one_hash_however_it_is_laid_out():
    assert digest(TEXT) == digest(TEXT.replace("\n", " ").replace("*", "")) == digest(fold(TEXT))
    assert digest(TEXT) != digest(TEXT + "more")
    assert digest("").startswith("sha256:")
    assert len(digest("")) == len("sha256:") + 64


def test_a_text_that_no_file_could_hold_has_a_hash_as_well():
    assert digest("\ud800")
