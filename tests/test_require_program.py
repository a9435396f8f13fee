"""The rule of ``conftest.py``: a missing program skips a test here, and fails it in CI."""

from __future__ import annotations

from pathlib import Path

import pytest

INSTALL = "apt-get install does-not-exist"


@pytest.fixture
def program(tmp_path, monkeypatch):
    path = tmp_path / "there"
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return path


def test_a_program_that_is_there_is_found_by_any_of_its_names(require_program, program):
    assert require_program("does-not-exist", "there", install=INSTALL) == Path(program)


SKIPPED, FAILED = pytest.skip.Exception, pytest.fail.Exception


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(
    ("value", "outcome"),
    [("", SKIPPED), ("false", SKIPPED), ("0", SKIPPED), ("true", FAILED), ("True", FAILED)],
)
def test_a_missing_program_skips_here_and_fails_in_ci(require_program, monkeypatch, value, outcome):
    monkeypatch.setenv("CI", value)
    # Both are caught, because a skip that is let out would skip this test too.
    with pytest.raises((SKIPPED, FAILED), match="needs one or two; install it with: apt-get install") as raised:
        require_program("one", "two", install=INSTALL)
    assert raised.type is outcome
