"""``affidavit run --durations``: what took longest is told at the end, setups and probes apart."""

import re

import pytest
from tests.cli.test_run_cells import CONF
from tests.cli.test_run_chosen import SLOW, WORKS

from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable


@pytest.fixture
def folder(tmp_path, require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.rst").write_text(WORKS.replace("$ printf", "$ sleep 0.5; printf") + SLOW)
    return tmp_path


def test_a_start_and_what_it_served_are_told_apart(folder, run):
    status, out, _ = run("run", folder, "--durations", "--slow", "--release", "1.0")
    assert status == 0
    told = out.partition("Longest first:\n")[2].splitlines()[:4]
    rows = re.findall(r"(?m)^ +(\d+\.\d\d) s  (start|run)  +(\S+)$", "\n".join(told))
    assert [float(row[0]) for row in rows] == sorted((float(row[0]) for row in rows), reverse=True)
    assert {row[1:] for row in rows} == {
        ("start", "proxied/old"),
        ("run", "proxied/old"),
        ("run", "proxied/sending@old"),
        ("run", "proxied/sending-much@old"),
    }
    took = {name: float(seconds) for seconds, kind, name in rows if kind == "run"}
    assert took["proxied/old"] >= 0.5 > took["proxied/sending@old"]


def test_only_so_many_are_told(folder, run):
    out = run("run", folder, "proxied/sending@old", "--durations", "1")[1]
    assert re.search(r"\nThe 1 of 2 that took longest:\n +\d\.\d\d s  start  proxied/old\n1 as shown\n", out)


def test_without_the_option_nothing_of_it_is_told(folder, run):
    assert "ongest" not in run("run", folder, "proxied/old")[1]


def test_a_number_that_is_none_is_told(folder, run):
    status, _, err = run("run", folder, "--durations", "-1")
    assert (status, "-1" in err) == (2, True)
    status, _, err = run("run", folder, "--durations", "few")
    assert (status, "'few' is not a whole number from 0 on" in err) == (2, True)
