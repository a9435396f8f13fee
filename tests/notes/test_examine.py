"""What is said of references that do mean a section, and of links that should be references."""

import pytest

from affidavit.methods.declare import parse_interval
from affidavit.model.claims import Card, Corpus, Link, NoteRef, Page, Stage, Status, Term
from affidavit.model.place import Place
from affidavit.model.releases import Release, Releases
from affidavit.notes.examine import examine
from affidavit.notes.facts import Dropped, Facts, Heading, Lock, State, gather
from affidavit.notes.lookup import Index
from affidavit.notes.references import parse_target

HERE = Place("guide.rst", 7, "guide")
LOCK = Place("release-notes.lock.json")
RELEASES = Releases((Release("15.0.0", "pike"), Release("16.0.0", "queens"), Release("17.0.0", "rocky")))
URL = "https://notes.example/"
NOTES = Index(Lock((gather("glance", URL, Facts(
    (
        Heading("pike", "15.0.0", "Known Issues", "pike.html#r-15-0-0-known-issues"),
        Heading("queens", "16.0.0", "Known Issues", "queens.html#r-16-0-0-known-issues"),
        Heading("queens", "16.0.1", "Known Issues", "queens.html#r-16-0-1-known-issues"),
        Heading("queens", "16.0.1", "Prelude", "queens.html#prelude"),
        Heading("queens", "16.0.2", "Known Issues", "queens.html#known-issues-2"),
        Heading("rocky", "17.0.0", "Known Issues", "rocky.html#r-17-0-0-known-issues"),
        Heading("later", "18.0.0", "Known Issues", "later.html#r-18-0-0-known-issues"),
        Heading("later", "rolling", "Known Issues", "later.html#r-rolling-known-issues"),
    ),
    (("pike", State.CLOSED), ("queens", State.UNMAINTAINED)),
    (Dropped("notes/a.yaml", ("fixed", "isues")),),
)),)))  # fmt: skip


def ref(text):
    found = parse_target(text, HERE)
    assert isinstance(found, NoteRef)
    return found


def told(page, releases=RELEASES):
    found = list(examine(Corpus((page,)), releases, NOTES, LOCK))
    return [(str(each.code), each.message) for each in found if str(each.code) != "note-dropped"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("pike#known-issues", "of the series pike, which is closed"),
     ("16.0.1#known-issues", ""), ("rocky#known-issues", ""),
     ("rocky#nothing", "")],
)  # fmt: skip
def test_a_series_that_is_closed_is_told(text, words):
    found = told(Page(notes=(ref(text),)))
    assert [code for code, _ in found] == ["note-series-closed"] * bool(words)
    assert all(words in message for _, message in found)


def card(*intervals, cites):
    read = [parse_interval(each) for each in intervals]
    stages = tuple(Stage(each, Status.BROKEN, "", (), HERE) for each in read if each)
    return Page(cards=(Card("proxy", "Proxy", "", stages, (ref(f"{cites}#known-issues"),), HERE),))


NEWER = [
    (("15.0.0",), "16.0.0", True),
    (("..16.0.0",), "16.0.1", False),
    (("15.0.0", "16.0.0"), "16.0.0", False),
    (("15.0.0", "16.0.0"), "rocky", True),
    (("15.0.0..16.0.0", "17.0.0.."), "later", False),
    (("15.0.0..17.0.0",), "later", True),
    (("15.0.0..17.0.0",), "rolling", False),
    (("99.0.0",), "later", False),
    ((), "later", False),
]


@pytest.mark.parametrize(("intervals", "cites", "newer"), NEWER)
def test_a_reference_to_a_release_behind_the_last_stage_is_told(intervals, cites, newer):
    found = [each for each in told(card(*intervals, cites=cites)) if each[0] == "note-newer-than-card"]
    assert len(found) == newer


def test_the_last_release_of_a_card_is_named():
    (found,) = [message for code, message in told(card("15.0.0", cites="rocky")) if code == "note-newer-than-card"]
    assert found == (
        "`rocky#known-issues` leads to rocky/17.0.0, and the card `proxy` speaks of releases up to 15.0.0 (pike)."
    )


LINKS = [
    (f"{URL}queens.html#known-issues", "3 releases on that page have one"),
    (f"{URL}queens.html#Known-Issues", "3 releases on that page have one"),
    (f"{URL}queens.html#known-issues-1", "whichever section"),
    (f"{URL}pike.html#known-issues", "one release on that page has one"),
    (f"{URL}queens.html#id7", "by a number that its page gave it"),
    (f"{URL}queens.html#r-16-0-0-known-issues", ""),
    (f"{URL}queens.html#prelude", ""),
    (f"{URL}queens.html#known-issues-2", ""),
    (f"{URL}queens.html#queens-series-release-notes", ""),
    (f"{URL}queens.html", ""),
    (f"{URL}else.html#known-issues", ""),
    (f"{URL}else.html#id7", ""),
    ("https://elsewhere.example/queens.html#known-issues", ""),
]


@pytest.mark.parametrize(("url", "words"), LINKS)
def test_a_link_to_whatever_stands_first_is_told(url, words):
    link = Link(url, HERE)
    for page in (Page(links=(link,)), Page(terms=(Term(("t",), ("t",), (link,), HERE),))):
        found = told(page)
        assert [code for code, _ in found] == ["note-anchor-bare"] * bool(words)
        assert all(words in message for _, message in found)


def test_the_references_to_write_instead_are_named():
    page = Page(links=(Link(f"{URL}queens.html#known-issues-1", HERE),))
    (found,) = [each for each in examine(Corpus((page,)), RELEASES, NOTES, LOCK) if each.place == HERE]
    forms = (f"`glance:16.0.{patch}#known-issues`" for patch in range(3))
    assert found.advice == f"Write the reference {' or '.join(forms)}."


def test_a_note_that_nobody_publishes_is_told_at_the_lock_file():
    (found,) = examine(Corpus(()), RELEASES, NOTES, LOCK)
    assert (str(found.code), found.place) == ("note-dropped", LOCK)
    assert "`notes/a.yaml` of glance has sections that nobody publishes: `fixed`, `isues`" in found.message
