"""The benchmark of git repositories: on a tiny one it prints its table, and its history has what it says."""

from __future__ import annotations

import re

from benchmarks.notes_git import main


def test_a_tiny_repository_is_measured(capfd):
    assert main(["--series", "2", "--commits", "3"]) == 0
    told = capfd.readouterr()
    rows = re.findall(r"^\| (.*?) \| ([\d.]+) \|", told.out, re.MULTILINE)
    assert [name for name, _ in rows] == [
        "`reno report`, 3 branches", "index, cold", "index, nothing changed", "index, one more commit",
    ]  # fmt: skip
    assert told.err == ""
