"""Which headings are releases and which are their sections, and which anchors stay."""

import pytest

from affidavit.model.errors import SourceError
from affidavit.notes.documents.outline import Entry, Part, entries_of, heading_of, sections_of, stable, texts_of


def parts(*lines):
    """Make headings of lines such as ``2 1.0``: the level, and the title; the text is the title in other words."""
    split = (line.partition(" ") for line in lines)
    return [Part(int(level), title, f"text of {title}") for level, _, title in split]


OUTLINES = {
    "usual": (["1 Log", "2 1.0", "3 Fixed", "3 Added", "2 0.9", "3 Fixed"], ["1.0 Fixed", "1.0 Added", "0.9 Fixed"]),
    "no title": (["1 1.0", "2 Fixed", "1 0.9", "2 Fixed"], ["1.0 Fixed", "0.9 Fixed"]),
    "deeper headings are text": (["2 1.0", "3 Core", "4 Fixed", "3 Fixed"], ["1.0 Core", "1.0 Fixed"]),
    "a level is left out": (["1 1.0", "3 Fixed", "2 Added", "3 More"], ["1.0 Fixed", "1.0 Added"]),
    "other headings end a release": (["2 1.0", "3 Fixed", "2 Thanks", "3 To all"], ["1.0 Fixed"]),
    "patches one level deeper": (
        ["2 1.1.0", "3 Features", "3 1.0.1", "3 Bug Fixes", "2 1.0.0", "3 Features"],
        ["1.1.0 Features", "1.0.1 Bug Fixes", "1.0.0 Features"],
    ),
    "series above releases": (["1 2.x", "2 2.1.0", "3 Fixed", "2 2.0.0", "3 Fixed"], ["2.1.0 Fixed", "2.0.0 Fixed"]),
    "sections that speak of versions": (["2 1.0", "3 Python 3.13 and more", "3 1.x to 2"], 2),
    "releases without sections": (["2 1.1", "2 1.0", "3 Fixed"], ["1.0 Fixed"]),
    "a section without a name": (["2 1.0", "3 ", "3 Fixed"], ["1.0 Fixed"]),
    "what is not released": (["1 Log", "2 Unreleased", "3 Added"], ["Unreleased Added"]),
}


@pytest.mark.parametrize(("lines", "found"), OUTLINES.values(), ids=OUTLINES)
def test_sections_stand_directly_below_releases(lines, found):
    told = [f"{each.version} {each.title}" for each in entries_of(parts(*lines))]
    assert (told if isinstance(found, list) else len(told)) == found


def test_a_text_goes_to_the_next_section():
    core, fixed = entries_of(parts("2 1.0", "3 Core", "4 Deep", "5 Deeper", "3 Fixed", "2 Thanks"))
    assert core.text == "text of Core\nDeep\ntext of Deep\nDeeper\ntext of Deeper"
    assert fixed.text == "text of Fixed"


@pytest.mark.parametrize(
    ("lines", "told"),
    [([], "no heading with a version"), (["1 Log", "2 Fixed"], "no heading with a version"),
     (["1 1.0", "1 0.9"], "None of its releases has a section")],
)  # fmt: skip
def test_a_document_without_sections_is_refused(lines, told):
    with pytest.raises(SourceError, match=told):
        entries_of(parts(*lines))


BODIES = {
    "usual": (["2 Fixed", "2 Added", "3 Deep"], ["Fixed", "Added"]),
    "below a title": (["1 Project 1.0", "2 Fixed", "2 Added"], ["Fixed", "Added"]),
    "a title that names no release": (["1 Highlights", "2 Speed"], ["Highlights"]),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("lines", "titles"), BODIES.values(), ids=BODIES)
def test_the_notes_of_one_release_have_sections(lines, titles):
    assert [title for title, _ in sections_of(parts(*lines))] == titles


SLUGS = [
    (["a", "b"], ["a", "b"]),
    (["a", "b", "a"], ["", "b", ""]),
    (["fixed", "fixed", "fixed-1"], ["", "", ""]),
    (["fixed", "fixed-1"], ["fixed", "fixed-1"]),
    (["", "a"], ["", "a"]),
]


@pytest.mark.parametrize(("slugs", "kept"), SLUGS)
def test_an_anchor_that_another_heading_moves_is_not_used(slugs, kept):
    assert list(stable(slugs)) == kept


def test_an_anchor_that_something_else_has_is_not_used():
    assert stable(["a", "b"], ["b"]) == ("a", "")


def test_a_section_without_an_anchor_leads_to_its_release():
    with_anchor, without = entries_of(
        [Part(1, "1.0", "", "v1"), Part(2, "A", "", "a"), Part(2, "B", "", "")],
    )
    assert (with_anchor.anchor, without.anchor) == ("a", "v1")


@pytest.mark.parametrize(
    ("anchor", "target"),
    [
        ("", ""),
        ("a-b_1.0", "#a-b_1.0"),
        ("größe-вот", "#größe-вот"),
        ('a b"<%', "#a%20b%22%3C%25"),
        ("a\u2028b", "#a%E2%80%A8b"),
    ],
)
def test_targets_are_fit_for_addresses(anchor, target):
    assert heading_of(Entry("1.0", "A", anchor, "")).target == target


def test_of_a_title_that_is_there_twice_both_texts_count():
    (text,) = texts_of([Entry("1.0", "A", "x", "one"), Entry("1.0", "A", "x", "two")]).values()
    assert text == "one\ntwo"
