"""The benchmark of running examples: on tiny ones it prints its table, and what it says below."""

from __future__ import annotations

import re

from benchmarks.examples import main


def test_a_few_steps_are_measured(capfd, require_program):
    require_program("bash", install="apt-get install bash")
    require_program("bwrap", install="apt-get install bubblewrap")
    assert main(["--steps", "4", "--examples", "12", "--rounds", "1", "--no-peers"]) == 0
    told = capfd.readouterr()
    rows = re.findall(r"^\| ([a-z ]+) \| ([a-z]+) \| \d+ \| \d+ \|", told.out, re.MULTILINE)
    assert rows == [
        (kind, name) for kind in ("none", "programs", "built in", "mixed") for name in ("bash", "affidavit")
    ]
    assert "Planning 12 unchanged examples takes" in told.out
    assert "Two at a time are" in told.out
    assert told.err == ""
