"""How symptoms are written, several at once, and which texts name them."""

import pytest

from affidavit.model.examples import Symptom
from affidavit.model.symptoms import read_symptoms, says, written

READ = [
    ("411", (Symptom(pattern="411"),)),
    ("exit 7, exit status 8,HTTP 413", (Symptom(exit_status=7), Symptom(exit_status=8), Symptom(http_status=413))),
    ('"no, thanks", 400', (Symptom(pattern="no, thanks"), Symptom(pattern="400"))),
    (" , ", ()),
]


@pytest.mark.parametrize(("text", "symptoms"), READ)
def test_each_part_is_a_symptom_by_itself(text, symptoms):
    assert read_symptoms(text) == symptoms


def test_a_symptom_is_written_as_it_is_read():
    for told in ("exit 0", "exit 7", "HTTP 413", "no answer", r"curl: \(52\)"):
        assert list(map(written, read_symptoms(told))) == [told]


NAMED = [
    ("status 411, Length Required", "411", True),
    ("status 411, Length Required", "HTTP 411", True),
    ("status 411, Length Required", "Length Required", True),
    ("status 411, Length Required", "400", False),
    ("status 411, Length Required", "HTTP 400", False),
    ("status 411, Length Required", "41", False),
    ("status 411, Length Required", "Length Require", False),
    ("status 411, Length Required", "4..", True),
    ("status 411, Length Required", "5..", False),
    ("it ends with 7", "exit 7", True),
    ("it ends with 77", "exit 7", False),
    ("it ends with 0", "exit 0", True),
    ("it ends with 1", "exit 0", False),
    ("curl: (52) Empty reply", r"curl: \(52\)", True),
    ("curl: (56) Empty reply", r"curl: \(52\)", False),
    ("the connection is gone", r"curl: \(5[26]\)", True),
    ("the connection is gone", r"\d+", True),
]
"""A pattern that is more than plain text is not looked for: no text that readers see has it."""


@pytest.mark.parametrize(("text", "symptom", "named"), NAMED)
def test_a_text_names_numbers_and_plain_words_as_whole_words(text, symptom, named):
    (read,) = read_symptoms(symptom)
    assert says(text, read) is named
