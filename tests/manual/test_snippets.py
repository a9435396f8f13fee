"""The examples of the reference: each builds in both markups, to the same claims and the same words."""

from __future__ import annotations

import pytest
from tests.manual.conftest import SNIPPETS, claims, visible

from affidavit.sphinx.directives import DIRECTIVES
from affidavit.sphinx.roles import ROLES
from affidavit.sphinx.settings import NAMES

SHOWN = {
    "directives": set(DIRECTIVES),
    "matching": {"answers", "json", "lines", "patterns", "settled"},
    "roles": set(ROLES),
    "settings": set(NAMES),
    "notes": {"words"},
}
FILES = {
    "directives": ("rst", "md", "txt"),
    "matching": ("rst", "md", "txt"),
    "roles": ("rst", "md", "txt"),
    "settings": ("rst", "md", "py"),
    "notes": ("rst", "md", "txt", "json"),
}
ALL = sorted(f"{folder}/{name}" for folder, names in SHOWN.items() for name in names)
WITH_RESULT = [name for name in ALL if not name.startswith("settings/")]


@pytest.mark.parametrize("folder", SHOWN)
def test_there_is_an_example_of_everything_and_of_nothing_else(folder):
    expected = {f"{name}.{end}" for name in SHOWN[folder] for end in FILES[folder]}
    assert {path.name for path in (SNIPPETS / folder).iterdir()} == expected


@pytest.mark.parametrize("snippet", ALL)
def test_both_markups_claim_and_show_the_same(snippet, site):
    in_rst, in_md = site(snippet, "rst"), site(snippet, "md")
    pages = [each.built("html", "page.html") for each in (in_rst, in_md)]
    assert visible(pages[0]) == visible(pages[1])
    told = [claims((each.folder / "html" / "claims.json").read_text(encoding="utf-8")) for each in (in_rst, in_md)]
    assert told[0] == told[1]
    assert told[0]["claims"]


@pytest.mark.parametrize("markup", ["rst", "md"])
@pytest.mark.parametrize("snippet", WITH_RESULT)
def test_the_result_that_the_manual_shows_is_what_readers_see(snippet, markup, site):
    shown = (SNIPPETS / f"{snippet}.txt").read_text(encoding="utf-8")
    assert site(snippet, markup).built("text", "page.txt") == shown
