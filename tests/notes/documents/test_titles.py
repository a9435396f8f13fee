"""Which release a heading names, in the forms that real change logs have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.notes.documents.titles import name_in

NAMED = [
    ("1.2.0", "1.2.0"),
    ("[1.2.0] - 2024-01-01", "1.2.0"),
    ("[1.0.0] - 2020-01-01 [YANKED]", "1.0.0"),
    ("v1.2.0 (2024-01-01)", "v1.2.0"),
    ("V1.2", "V1.2"),
    ("v3", "v3"),
    ("Project 21.0 (2021-01-23)", "21.0"),
    ("pytest 6.2.3 (2021-04-03)", "6.2.3"),
    ("Release 7.3 (released Oct 13, 2024)", "7.3"),
    ("Version 3", "3"),
    ("24 (2024-01-01)", "24"),
    ("2013-11-05, Version 0.10.22", "0.10.22"),
    ("2024-01-05", "2024-01-05"),
    ("2024.7.4", "2024.7.4"),
    ("0.28.1 (6th December, 2024)", "0.28.1"),
    ("3.13.0 alpha 1", "3.13.0 alpha 1"),
    ("3.13.0 release candidate 2?", "3.13.0 release candidate 2"),
    ("Python 3.13.0 final", "3.13.0 final"),
    ("1.0.0rc1", "1.0.0rc1"),
    ("16.0.1-11", "16.0.1-11"),
    ("1.0.0-beta.2+build.7", "1.0.0-beta.2+build.7"),
    ("@scope/name@1.2.3", "@scope/name@1.2.3"),
    ("release/1.0", "release/1.0"),
    ("[выпуск 1.0 β] - 2024-01-01", "выпуск 1.0 β"),
    ("What's New in Python 3.13", "3.13"),
    ("1.3.0 (unreleased)", "1.3.0"),
    ("Codename (1.2.3)", "1.2.3"),
    ("3.1.x", "3.1.x"),
    ("[Unreleased]", "Unreleased"),
    ("Unreleased - yyyy-mm-dd", "Unreleased"),
    ("UNRELEASED (2024-01-01)", "UNRELEASED"),
    ("Project Unreleased (2024-01-01)", "Unreleased"),
    ("Unreleased changes", "Unreleased changes"),
    ("In development", "In development"),
]


@pytest.mark.parametrize(("title", "version"), NAMED)
def test_the_version_is_kept_as_displayed(title, version):
    name = name_in(title)
    assert name
    assert (name.version, name.plain) == (version, True)


OTHER = [
    "Fixed",
    "Changelog",
    "",
    "   ",
    "[Docs] mended",
    "2nd thoughts",
    "100 small things",
    "Mended in 2024",
    "#1234",
]


@pytest.mark.parametrize("title", [*OTHER, "Released 2024-01-01", "Next steps", "https://example.org/1.0/"])
def test_other_headings_name_none(title):
    assert name_in(title) is None


@pytest.mark.parametrize("title", ["Support for Python 3.13 and more", "1.0 to 2.0: what to do", "3.12 support"])
def test_a_heading_that_merely_speaks_of_a_version_is_not_plain(title):
    name = name_in(title)
    assert name
    assert not name.plain


@given(st.text(max_size=60))
def test_any_title_is_taken(title):
    name = name_in(title)
    assert name is None or name.version == name.version.strip() != ""
