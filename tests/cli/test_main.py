"""The command as a whole: how it starts, and how it ends."""

import os
import sys
from pathlib import Path

import pytest

from affidavit import __version__
from affidavit.cli import main

WITHOUT_SPHINX = """
import sys
from affidavit.cli import main
status = main(sys.argv[1:])
heavy = sorted({"sphinx", "docutils", "requests"} & set(sys.modules))
sys.exit(f"imported {heavy}" if heavy else status)
"""

LONG_AND_SHORT = [["explain"], ["explain", "link-broken"]]  # what fits the buffer is written at the end only


def test_the_version_is_told(run):
    assert run("--version") == (0, f"affidavit {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments", [["--version"], ["explain"], ["explain", "link-broken"], ["--help"], ["notes", "lock", "-h"]]
)
def test_what_needs_no_sphinx_does_not_wait_for_it(start, arguments):
    process = start(*arguments, program=("-c", WITHOUT_SPHINX))
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert out


@pytest.mark.parametrize(
    "arguments", [[], ["notes"], ["nots"], ["notes", "lick"], ["explain", "a", "b"], ["--verbose"]]
)
def test_wrong_usage_shows_the_usage(run, arguments):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("usage: affidavit")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["notes", "--help"], ["notes", "lock", "-h"], ["notes", "list", "-h"], ["explain", "-h"]]
)
def test_help_is_given(run, arguments):
    status, out, err = run(*arguments)
    assert (status, err) == (0, "")
    assert out.startswith("usage: affidavit")


def test_the_installed_command_is_the_module(start):
    script = Path(sys.executable).with_name("affidavit")
    process = start(program=("-m", "affidavit", "--version"))
    assert process.communicate() == (f"affidavit {__version__}\n", "")
    if script.exists():
        assert start(program=(str(script), "--version")).communicate() == (f"affidavit {__version__}\n", "")


@pytest.mark.parametrize("arguments", LONG_AND_SHORT)
def test_a_reader_that_leaves_is_no_error_to_speak_of(start, arguments):
    receiving, sending = os.pipe()
    os.close(receiving)
    process = start(*arguments, stdout=sending)
    os.close(sending)
    assert process.communicate() == (None, "")
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", LONG_AND_SHORT)
def test_output_that_cannot_be_written_is_told_in_a_line(start, arguments):
    with Path("/dev/full").open("w") as full:
        process = start(*arguments, stdout=full)
        _, err = process.communicate()
    assert (process.returncode, err.count("\n")) == (1, 1)
    assert "No space left on device" in err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_lacks_characters_is_shown_the_rest(site, start, monkeypatch, encoding):
    conf = (site / "conf.py").read_text().replace("example.org", "例え.example")
    (site / "conf.py").write_text(conf, encoding="utf-8")
    assert main(["notes", "lock", str(site)]) == 0
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    out, err = start("notes", "list", site).communicate()
    assert err == ""
    assert "\\u4f8b" in out
