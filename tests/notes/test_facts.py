"""The tree of what is published, and how its names are ordered and compared."""

import pytest

from affidavit.model.plain import natural
from affidavit.notes.facts import Facts, Heading, Lock, LockedSection, count, gather, slug


def test_names_are_sorted_as_people_count():
    names = ["10.0.0", "9.0.0", "16.0.1-11", "16.0.1", "33.0.0.0b10", "33.0.0.0b2", "pike", "2023.1"]
    assert sorted(names, key=natural) == [
        "9.0.0", "10.0.0", "16.0.1", "16.0.1-11", "33.0.0.0b2", "33.0.0.0b10", "2023.1", "pike",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["Known Issues", "known-issues", "known_issues", "KNOWN  ISSUES", " Known - Issues ", "Known Issues!"]
)
def test_a_section_has_one_slug_however_it_is_written(name):
    assert slug(name) == "known-issues"


@pytest.mark.parametrize(
    ("one", "other"), [("Bug Fixes", "Bugs"), ("!", "?"), ("Änderungen", "Anderungen"), ("c", "c2")]
)
def test_other_sections_have_other_slugs(one, other):
    assert slug(one) != slug(other)


def test_headings_make_a_tree_in_order():
    headings = [
        Heading("pike", "10.0", "B", "b"),
        Heading("pike", "9.0", "B", "d"),
        Heading("pike", "9.0", "A", "c"),
        Heading("ocata", "9.0", "A", "e"),
    ]
    project = gather("p", "https://example.org/notes/", Facts(tuple(headings)))
    assert [(series.name, [release.version for release in series.releases]) for series in project.series] == [
        ("ocata", ["9.0"]), ("pike", ["9.0", "10.0"]),
    ]  # fmt: skip
    assert project.series[1].releases[0].sections == (LockedSection("A", "c"), LockedSection("B", "d"))
    assert project == gather("p", "https://example.org/notes/", Facts(tuple(reversed(headings))))


def test_of_one_section_given_twice_the_lower_anchor_stands():
    twice = [Heading("x", "1.0", "A", anchor) for anchor in ("relnotes-b", "relnotes-a")]
    assert gather("p", "https://e/", Facts(tuple(twice))).series[0].releases[0].sections == (
        LockedSection("A", "relnotes-a"),
    )


@pytest.mark.parametrize(
    ("headings", "told"),
    [((), "1 project, 0 series, 0 releases, 0 sections"),
     ((Heading("x", "1", "A", "a"),), "1 project, 1 series, 1 release, 1 section"),
     ((Heading("x", "1", "A", "a"), Heading("y", "1", "A", "a")),
      "1 project, 2 series, 2 releases, 2 sections")],
)  # fmt: skip
def test_a_lock_is_counted(headings, told):
    assert str(count(Lock((gather("p", "https://e/", Facts(headings)),)))) == told
