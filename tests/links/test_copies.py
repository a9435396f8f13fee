"""Copies of a process: none is left behind, and none is missed."""

from __future__ import annotations

import sys

import pytest
from tests.links.copying import start
from tests.links.spreading import is_there, vanish

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")


def said(what: str) -> list[int]:
    process = start(what)
    words = process.communicate(timeout=60)[0].split()
    assert process.returncode == 0
    return [int(each) for each in words]


def test_who_tells_much_does_not_outlive_a_killed_process() -> None:
    process = start("unheard")
    assert process.stdout
    copies = [int(each) for each in process.stdout.readline().split()]
    there = [is_there(each) for each in copies]
    process.kill()
    process.wait()
    process.stdout.close()
    assert there == [True]
    assert vanish(copies)


def test_a_copy_that_is_gone_can_be_stopped_and_ended() -> None:
    assert said("reaped") == [7]


def test_a_refused_copy_leaves_no_file_open() -> None:
    before, after = said("refused")
    assert before == after


def test_a_call_may_end_before_its_end_and_counts_whoever_holds_its_pipe() -> None:
    result, is_there_then, copies = said("leaves")
    assert (result, is_there_then, copies) == (5, 1, 0)
