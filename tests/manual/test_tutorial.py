"""The tutorial: each of its commands is a step of an example, and the evidence of these says that they do what it says.

They are run by ``tox -e examples``.
"""

from __future__ import annotations

import json
import re

import pytest
from tests.manual.conftest import MANUAL

TUTORIAL = (MANUAL / "tutorial.rst").read_text(encoding="utf-8")
COMMAND = re.compile(r"^( *)\$ ", re.MULTILINE)
CHAPTERS = re.findall(r"^\.\. example:: (tutorial-\S+)$", TUTORIAL, re.MULTILINE)
PROMISED = ("proven", "failure", "drift")
"""What a newcomer is to see: a proven page, a documented failure, a drift that is caught."""


def test_every_command_is_a_step_of_an_example():
    """Hold the depth: whatever stands in a `console` of an `example` has six blanks before it, and a file has none."""
    assert len(CHAPTERS) > len(PROMISED)
    assert {len(indent) for indent in COMMAND.findall(TUTORIAL)} == {6}
    assert "code-block" not in TUTORIAL


@pytest.mark.parametrize("name", PROMISED)
def test_a_newcomer_sees(name):
    assert f"tutorial-{name}" in CHAPTERS


def test_each_chapter_begins_where_the_one_before_it_ended():
    setups = dict(re.findall(r"^\.\. example:: (tutorial-\S+)\n   :setup: (\S+)$", TUTORIAL, re.MULTILINE))
    in_order = [each for each in CHAPTERS if each not in {"tutorial-install", "tutorial-checkout"}]
    assert [setups.get(each) for each in in_order] == [None, *in_order[:-1]]


def test_every_example_of_the_site_is_proven(manual):
    claims = json.loads((manual.html / "claims.json").read_text(encoding="utf-8"))["claims"]
    examples = {each["target"]: each["verdict"] for each in claims if each["kind"] == "example"}
    assert set(examples) >= {*CHAPTERS, "kind-command", "kind-library", "kind-api", "kind-server"}
    assert set(examples.values()) == {"holds"}
