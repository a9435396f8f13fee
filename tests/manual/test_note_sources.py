"""The settings that the guide on sources of release notes shows are ones that can be set."""

from __future__ import annotations

import re
from textwrap import dedent

from tests.manual.conftest import MANUAL

from affidavit.model.configuration_notes import projects

PAGE = "how-to/release-notes-sources.rst"


def test_each_example_is_a_setting():
    text = (MANUAL / PAGE).read_text(encoding="utf-8")
    blocks = re.findall(r"\.\. code-block:: python\n\n((?:   .*\n|\n)+)", text)
    values = [re.sub(r"^affidavit_release_notes = ", "", dedent(block).strip()) for block in blocks]
    read = [project for value in values for project in projects(eval(value))]  # noqa: S307 -- a literal of our own
    assert [(each.name, each.source.key) for each in read] == [
        ("setuptools", "changelog"),
        ("keep-a-changelog", "changelog"),
        ("pytest", "page"),
        ("pydantic", "releases"),
    ]
