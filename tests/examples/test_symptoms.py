"""A failure is the one that is declared."""

from __future__ import annotations

import pytest

from affidavit.examples.symptoms import compare_symptom
from affidavit.examples.verdict import Held, Mismatch, Rule, Unusable
from affidavit.model.examples import Symptom

OUTPUT = "a\n\x1b[31mHTTP/1.1 413 Content\x1b[0m Too Large\nb\n"

SYMPTOMS = [
    (Symptom(), None),
    (Symptom(exit_status=22), None),
    (Symptom(exit_status=22, http_status=413, pattern="413 Content Too Large"), None),
    (Symptom(pattern=r"^HTTP/1\.\d 4\d\d .*Large$"), None),
    (Symptom(exit_status=1), "the exit status is 22, not 1"),
    (Symptom(http_status=500), "the HTTP status is 413, not 500"),
    (Symptom(pattern="414"), "no line of the output has “414”"),
    (Symptom(pattern="Large.b"), "no line of the output has"),
    (Symptom(exit_status=1, pattern="414"), "not 1; no line"),
]


@pytest.mark.parametrize(("symptom", "words"), SYMPTOMS)
def test_every_part_that_is_declared_must_be_there(symptom, words):
    verdict = compare_symptom(symptom, exit_status=22, http_status=413, output=OUTPUT)
    if words is None:
        assert verdict == Held()
    else:
        assert isinstance(verdict, Mismatch)
        assert verdict.rule is Rule.SYMPTOM
        assert words in verdict.detail


def test_a_status_that_is_not_known_is_another_one():
    verdict = compare_symptom(Symptom(exit_status=0))
    assert isinstance(verdict, Mismatch)
    assert "the exit status is not known, not 0" in verdict.detail


def test_a_pattern_that_cannot_be_used_is_told():
    verdict = compare_symptom(Symptom(pattern="("))
    assert isinstance(verdict, Unusable)
    assert "not closed" in verdict.sentence
