"""The benchmark of running examples: on tiny ones it prints its table, and what it says below."""

from __future__ import annotations

import re

from benchmarks.examples import main
from benchmarks.examples_demands import Measured, Time, demands


def test_a_few_steps_are_measured(capfd, require_program):
    require_program("bash", install="apt-get install bash")
    require_program("bwrap", install="apt-get install bubblewrap")
    main(["--steps", "4", "--examples", "12", "--rounds", "1", "--no-peers"])  # on a busy machine, any may fail
    told = capfd.readouterr()
    rows = re.findall(r"^\| ([a-z ]+) \| ([a-z]+) \| \d+ \| \d+ \|", told.out, re.MULTILINE)
    assert rows == [
        (kind, name) for kind in ("none", "programs", "built in", "mixed") for name in ("bash", "affidavit")
    ]
    assert len(re.findall(r"\| (pass|FAIL) \|$", told.out, re.MULTILINE)) == 5
    assert told.err == ""


def at(clock):
    return Time(clock, clock)


def test_a_figure_over_its_bound_fails():
    kinds = {"programs": {"bash": at(1), "affidavit": at(1.7), "prysk": at(1.6), "prysk by bash": at(1.8)}}
    rows = list(demands(Measured({"affidavit": at(0.3)}, kinds, 0.2, 1.7)))
    assert [each.unit for each in rows[1:3]] == ["x prysk", "x prysk by bash"]
    assert [(each.name, each.holds) for each in rows] == [
        ("console steps: programs", False), ("the same", False), ("the same", True),
        ("planning unchanged examples", True),
        ("two at a time, of examples that wait", False),
    ]  # fmt: skip


def test_what_keeps_its_bound_passes():
    kinds = {"programs": {"bash": at(1), "affidavit": at(1.6)}}
    assert all(each.holds for each in demands(Measured({"affidavit": at(0.3)}, kinds, 1, 1.8)))
