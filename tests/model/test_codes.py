"""The table of codes."""

import re
from pathlib import Path

import pytest

from affidavit.model.codes import Code
from affidavit.model.severity import Severity


def test_codes_are_unique_and_stand_in_every_output_alike():
    codes = [str(code) for code in Code]
    assert len(set(codes)) == len(codes)
    for code in Code:
        assert code.name == str(code).upper().replace("-", "_")


@pytest.mark.parametrize("code", Code, ids=str)
def test_each_code_explains_itself_in_sentences(code):
    for sentence in (code.value.meaning, code.value.advice):
        assert re.fullmatch(r"[A-Z].+\.", sentence), sentence
    assert code.severity in set(Severity)


@pytest.mark.parametrize("code", Code, ids=str)
def test_each_code_is_given_somewhere(code, project):
    package = Path(project) / "ext" / "affidavit"
    sources = "".join(file.read_text(encoding="utf-8") for file in package.rglob("*.py") if file.name != "codes.py")
    assert f"Code.{code.name}" in sources
