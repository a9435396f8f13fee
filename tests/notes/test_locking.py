"""What the lock holds besides sections: what their texts say, and what is gone."""

from affidavit.model.claims import NoteRef
from affidavit.model.place import Place
from affidavit.notes.facts import Facts, Heading, Saying, gather
from affidavit.notes.locking import answered, remembering, words_asked
from affidavit.notes.references import parse_target
from affidavit.notes.words import digest

KNOWN = Heading("queens", "16.0.0", "Known Issues", "queens.html#k")
OTHER = Heading("pike", "15.0.0", "Known Issues", "pike.html#k")
PROJECT = gather("glance", "https://e/", Facts((KNOWN, OTHER)))


def refs(*texts):
    found = [parse_target(text, Place("a.rst")) for text in texts]
    assert all(isinstance(each, NoteRef) for each in found)
    return found


def test_only_sections_are_asked_whose_words_somebody_quotes():
    asked = words_asked(PROJECT, refs("pike#known-issues", 'queens#known-issues "b"', '16.0.0#known-issues "a" "b"'))
    assert asked == {KNOWN: frozenset({"a", "b"})}


def test_references_to_other_projects_and_to_nothing_ask_nothing():
    assert not words_asked(PROJECT, refs('nova:queens#known-issues "a"', 'zed#known-issues "a"', 'queens#new "a"'))


def test_the_answers_stand_with_their_section():
    asked = words_asked(PROJECT, refs('queens#known-issues "workers" "tasks"', 'glance:pike#known-issues "tasks"'))
    pike, queens = answered(PROJECT, asked, {KNOWN: "Tasks do not run."}).series
    assert queens.releases[0].sections[0].says == (Saying("tasks", found=True), Saying("workers", found=False))
    assert queens.releases[0].sections[0].text == digest("tasks do not run")
    assert pike.releases[0].sections[0].says == (Saying("tasks", None),)
    assert pike.releases[0].sections[0].text == ""


def test_a_series_that_is_gone_is_remembered_until_it_comes_back():
    fewer = gather("glance", "https://e/", Facts((OTHER,)))
    once = remembering(fewer, PROJECT)
    assert once.removed == ("queens",)
    assert remembering(fewer, once) == once
    assert remembering(PROJECT, once) == PROJECT
    assert remembering(fewer, None) == fewer


def test_releases_without_a_series_are_no_series_that_is_gone():
    plain = gather("glance", "https://e/", Facts((Heading("", "1.0", "Fixed", ""),)))
    assert remembering(PROJECT, plain).removed == ()
