"""References that the release notes, as they are now, would make something else of; and a lock file that is behind."""

import pytest
from msgspec.structs import replace

from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.notes.drift import Drifting, Turn, Unread, behind, changed
from affidavit.notes.facts import Facts, Heading, Lock, gather
from affidavit.notes.locking import answered, words_asked
from affidavit.notes.lookup import Index
from affidavit.notes.references import parse_target

KNOWN = Heading("queens", "16.0.0", "Known Issues", "queens.html#k")
FIXED = Heading("queens", "16.0.1", "Bug Fixes", "queens.html#b")
OTHER = Heading("pike", "15.0.0", "Known Issues", "pike.html#k")
HEADINGS = (KNOWN, FIXED, OTHER)
PLACE = Place("lock.json")


def ref(text):
    found = parse_target(text, Place("a.rst", 3))
    assert isinstance(found, NoteRef)
    return found


def project(*headings, text="", asking='queens#known-issues "tasks"'):
    known = gather("glance", "https://e/", Facts(headings))
    asked = words_asked(known, [ref(asking)])
    return answered(known, asked, dict.fromkeys(asked, text) if text else {})


LOCKED = project(*HEADINGS, text="Tasks do not run.")


def drift(text, now):
    return Drifting(Index(Lock((LOCKED,))), {"glance": now}).of(ref(text))


SAME = [
    ("queens#known-issues", LOCKED),
    ("queens#known-issues", replace(LOCKED, url="https://elsewhere/")),
    ("queens#known-issues", project(KNOWN)),
    ("queens#known-issues", Unread("No way.")),
    ("queens#new", project(KNOWN)),
    ("nova:queens#known-issues", project(KNOWN)),
    ('queens#known-issues "tasks"', project(*HEADINGS, text="The tasks are many.")),
    ('queens#known-issues "tasks"', project(*HEADINGS)),
    ('queens#known-issues "nothing"', project(KNOWN, text="Tasks.")),
]


@pytest.mark.parametrize(("text", "now"), SAME)
def test_what_stays_the_same_or_stays_wrong_does_not_drift(text, now):
    assert drift(text, now) is None


TURNS = [
    (
        "queens#known-issues",
        project(OTHER),
        Turn.BROKEN,
        (
            "`queens#known-issues` means “Known Issues” of glance 16.0.0 (queens) by the lock file; by its source, it"
            " cannot be resolved: glance has no release or series `queens`; its series: pike."
        ),
    ),
    (
        "queens#known-issues",
        project(*HEADINGS, replace(KNOWN, version="15.9.0")),
        Turn.OTHER,
        (
            "`queens#known-issues` means “Known Issues” of glance 16.0.0 (queens) by the lock file, and “Known Issues”"
            " of glance 15.9.0 (queens) by its source."
        ),
    ),
    (
        "queens#known-issues",
        project(replace(KNOWN, target="queens.html#k2"), OTHER),
        Turn.OTHER,
        (
            "`queens#known-issues` leads to https://e/queens.html#k by the lock file, and to https://e/queens.html#k2"
            " by its source."
        ),
    ),
    (
        "queens#new-features",
        project(*HEADINGS, replace(KNOWN, title="New Features")),
        Turn.MENDED,
        (
            "`queens#new-features` means nothing by the lock file, and “New Features” of glance 16.0.0 (queens) by its"
            " source."
        ),
    ),
    (
        'queens#known-issues "tasks"',
        project(*HEADINGS, text="Jobs do not run."),
        Turn.BROKEN,
        (
            '`queens#known-issues "tasks"`, by its source, cannot be right: the section “Known Issues” does not say'
            " “tasks”."
        ),
    ),
    (
        'queens#known-issues "jobs"',
        project(*HEADINGS, text="Jobs do not run.", asking='queens#known-issues "jobs"'),
        Turn.MENDED,
        '`queens#known-issues "jobs"` has the words that it quotes by its source.',
    ),
]


@pytest.mark.parametrize(("text", "now", "turn", "told"), TURNS)
def test_a_reference_that_drifts_is_told(text, now, turn, told):
    found = drift(text, now)
    assert found is not None
    assert (found.turn, found.told) == (turn, told)
    finding = changed(found)
    if turn is Turn.MENDED:
        assert finding is None
    else:
        assert finding is not None
        assert (finding.code, finding.place, finding.message) == (Code.NOTE_CHANGED, Place("a.rst", 3), told)


def test_the_advice_says_what_would_work_and_to_lock():
    found = drift("16.0.0#known-issues", project(replace(KNOWN, title="Known Isues")))
    assert found is not None
    finding = changed(found)
    assert finding is not None
    assert finding.advice == "Did you mean `16.0.0#known-isues`? Run `affidavit notes lock` for that."


def test_a_project_that_the_lock_lacks_mends_what_refers_to_it():
    nova = gather("nova", "https://n/", Facts((KNOWN,)))
    found = Drifting(Index(Lock((LOCKED,))), {"nova": nova}).of(ref("nova:queens#known-issues"))
    assert found is not None
    assert found.turn is Turn.MENDED


def test_the_lock_is_behind_once_a_project_with_counts():
    found = list(behind(Lock((LOCKED,)), {"glance": project(KNOWN, text="Tasks do not run.")}, PLACE))
    assert [(each.code, each.place) for each in found] == [(Code.LOCK_BEHIND, PLACE)]
    assert found[0].message == (
        "The release notes of `glance` have changed since the lock file was written: 1 series gone, 1 release gone."
    )


@pytest.mark.parametrize("now", [LOCKED, replace(LOCKED, url="https://elsewhere/"), project(*HEADINGS, asking="#x")])
def test_the_lock_is_not_behind_for_an_address_or_words_that_the_site_has_changed(now):
    before = project(*HEADINGS, asking="#x") if now != LOCKED and now.url == LOCKED.url else LOCKED
    assert list(behind(Lock((before,)), {"glance": now}, PLACE)) == []


def test_words_that_are_newly_quoted_leave_the_lock_up_to_date():
    assert list(behind(Lock((project(*HEADINGS, asking="#x"),)), {"glance": LOCKED}, PLACE)) == []


def test_a_source_that_cannot_be_read_leaves_it_open():
    (found,) = behind(Lock((LOCKED,)), {"glance": Unread("It is gone.", "Look for it."), "nova": Unread("No.")}, PLACE)
    assert (found.code, found.message, found.advice) == (Code.LOCK_UNCHECKED, "It is gone.", "Look for it.")
