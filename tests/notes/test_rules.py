"""What references to release notes mean, and what is said of those that mean nothing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, Holds, Refuted, Unable
from affidavit.notes.facts import (
    Facts,
    Heading,
    Lock,
    LockedProject,
    LockedRelease,
    LockedSection,
    LockedSeries,
    Saying,
    gather,
    slug,
)
from affidavit.notes.lookup import Index
from affidavit.notes.references import parse_entry, parse_target, split_targets
from affidavit.notes.rules import Resolved, resolve
from affidavit.notes.rules import verdict as verdict_of

HERE = Place("guide.rst", 7, "guide")

WRITTEN = [
    ("pike#known-issues", "", "pike", "known-issues"),
    ("glance:15.0.0#Known Issues", "glance", "15.0.0", "Known Issues"),
    ("  glance : pike # known\n  issues ", "glance", "pike", "known issues"),
    ("2026.1/31.0.0#upgrade-notes", "", "2026.1/31.0.0", "upgrade-notes"),
    ("In Development#bug-fixes", "", "In Development", "bug-fixes"),
    ("a:notes/pike/1.0#x", "a", "notes/pike/1.0", "x"),
    ("#known-issues", "", "", "known-issues"),
    ("glance:#known-issues", "glance", "", "known-issues"),
    ("été#Änderungen: alle", "", "été", "Änderungen: alle"),
]


@pytest.mark.parametrize(("text", "project", "release", "section"), WRITTEN)
def test_a_reference_is_read(text, project, release, section):
    assert parse_target(text, HERE) == NoteRef(project, release, section, " ".join(text.split()), HERE)


MALFORMED = [
    ("", "it is empty"),
    (" \n ", "it is empty"),
    ("pike", "it lacks a `#`"),
    ("pike#", "it names no section"),
    ("pike#--", "it names no section"),
    ("#", "it names no section"),
    ("pike#a#b", "more than one `#`"),
    (":pike#a", "it names no project"),
    ("a:b:c#d", "more than one `:`"),
    ("pike/#a", "a name is missing beside the `/`"),
    ("/15.0.0#a", "a name is missing beside the `/`"),
    ("pike/ /15.0.0#a", "a name is missing beside the `/`"),
    ('queens#known-issues "tasks', "a quotation mark lacks its pair"),
    ('queens#known-issues ""', "no words between its quotes"),
    ('queens#known-issues "--"', "no words between its quotes"),
    ('"tasks"', "it is empty"),
    ('"tasks" queens#known-issues', "in its midst"),
    ('queens#known "a" issues', "in its midst"),
    ("queens#known-issues “tasks”", "in straight ones"),
    ("Text <queens#known-issues>", "quotes or angle brackets"),
    ("`pike#a`", "quotes or angle brackets"),
]


@pytest.mark.parametrize(("text", "told"), MALFORMED)
def test_what_is_no_reference_is_told(text, told):
    found = parse_target(text, HERE)
    assert isinstance(found, Finding)
    assert (found.code, found.place) == (Code.NOTE_MALFORMED, HERE)
    assert told in found.message


@pytest.mark.parametrize(
    ("text", "targets"),
    [("a#b, c:d#e", ("a#b", "c:d#e")), ("a#b", ("a#b",)), ("a#b,\n   c#d\ne#f,", ("a#b", "c#d", "e#f")), ("", ()),
     (" , ,\n", ()), ("a # b c , d", ("a # b c", "d"))],
)  # fmt: skip
def test_a_list_of_references_is_split(text, targets):
    assert split_targets(text) == targets


def _lock(**projects):
    """Build a lock from the lines of each project: ``series version section, section``."""
    return Lock(
        tuple(
            gather(name, f"https://example.org/{name}/", Facts(tuple(_headings(lines))))
            for name, lines in projects.items()
        )
    )


def _headings(lines):
    for line in lines:
        series, version, titles = line.split(maxsplit=2)
        for title in titles.split(", "):
            target = f"{series}.html#{version}-{title}".replace(" ", "-").lower()
            yield Heading(series, version, title, target)


GLANCE = (
    "pike 15.0.0 Known Issues, New Features, Security Issues",
    "pike 15.0.1 Bug Fixes",
    "queens 16.0.0 Known Issues",
    "queens 16.0.1 Critical Issues, Known Issues",
    "queens 16.0.1-11 Known Issues",
    "2025.2 31.0.0 Upgrade Notes, New Features",
    "2025.2 31.1.0 Bug Fixes",
    "2026.1 31.0.0 Upgrade Notes",
    "2026.1 32.0.0 Upgrade Notes",
    "unreleased 33.0.0.0b2 Known Issues",
    "unreleased 33.0.0.0b2-10 Upgrade Notes",
)
ONE = _lock(glance=GLANCE)
TWO = _lock(cinder=("pike 11.0.0 Known Issues", "queens 12.0.0 Prelude"), glance=GLANCE)


def judged(text, lock=ONE):
    ref = parse_target(text, HERE)
    assert isinstance(ref, NoteRef)
    return resolve(ref, Index(lock))


RESOLVED = [
    ("pike#known-issues", "pike", "15.0.0", "Known Issues"),
    ("glance:pike#known-issues", "pike", "15.0.0", "Known Issues"),
    ("15.0.0#KNOWN ISSUES", "pike", "15.0.0", "Known Issues"),
    ("15.0.1#bug_fixes", "pike", "15.0.1", "Bug Fixes"),
    ("queens#known-issues", "queens", "16.0.0", "Known Issues"),
    ("16.0.1-11#known-issues", "queens", "16.0.1-11", "Known Issues"),
    ("queens/16.0.1-11#known-issues", "queens", "16.0.1-11", "Known Issues"),
    ("2025.2#upgrade-notes", "2025.2", "31.0.0", "Upgrade Notes"),
    ("2026.1#upgrade-notes", "2026.1", "32.0.0", "Upgrade Notes"),
    ("2026.1/31.0.0#upgrade-notes", "2026.1", "31.0.0", "Upgrade Notes"),
    ("2025.2/31.0.0#upgrade-notes", "2025.2", "31.0.0", "Upgrade Notes"),
    ("31.0.0#new-features", "2025.2", "31.0.0", "New Features"),
    ("33.0.0.0b2#known-issues", "unreleased", "33.0.0.0b2", "Known Issues"),
]


@pytest.mark.parametrize(("text", "series", "version", "title"), RESOLVED)
def test_a_reference_means_one_section(text, series, version, title):
    url = f"https://example.org/glance/{series}.html#{version}-{title}".replace(" ", "-").lower()
    others = {"queens#known-issues": ("16.0.1", "16.0.1-11"), "2026.1#upgrade-notes": ("31.0.0",)}
    assert judged(text) == Resolved(url, "glance", series, version, title, others.get(text, ()))


REFUTED = [
    ("glanze:pike#known-issues", Code.NOTE_PROJECT_UNKNOWN, "it has glance",
     "Did you mean `glance:pike#known-issues`?"),
    ("nova:pike#known-issues", Code.NOTE_PROJECT_UNKNOWN, "it has glance", Code.NOTE_PROJECT_UNKNOWN.value.advice),
    ("15.0.9#known-issues", Code.NOTE_RELEASE_UNKNOWN, "the nearest: 15.0.1, 15.0.0", "run `affidavit notes lock`"),
    ("Pikes#known-issues", Code.NOTE_RELEASE_UNKNOWN, "the nearest: pike.", "run `affidavit notes lock`"),
    ("PIKE#known-issues", Code.NOTE_RELEASE_UNKNOWN, "the nearest: pike.", "Correct the release"),
    ("pike/15.0.9#x", Code.NOTE_RELEASE_UNKNOWN, "the nearest: pike/15.0.1, pike/15.0.0", "Correct the release"),
    ("zzz#x", Code.NOTE_RELEASE_UNKNOWN, "its series: 2025.2, 2026.1, pike, queens, unreleased.",
     "Correct the release"),
    ("unreleased#known-issues", Code.NOTE_RELEASE_UNKNOWN, "no final release of its own",
     "Write `33.0.0.0b2#known-issues`."),
    ("unreleased#knwon-issues", Code.NOTE_SECTION_UNKNOWN, "in unreleased/33.0.0.0b2 and unreleased/33.0.0.0b2-10;",
     "Did you mean `33.0.0.0b2#known-issues`?"),
    ("pike#known-isues", Code.NOTE_SECTION_UNKNOWN,
     "in pike/15.0.0; there are Known Issues, New Features and Security Issues.",
     "Did you mean `pike#known-issues`?"),
    ("glance:pike#known-isues", Code.NOTE_SECTION_UNKNOWN, "in pike/15.0.0;",
     "Did you mean `glance:pike#known-issues`?"),
    ("pike#prelude", Code.NOTE_SECTION_UNKNOWN, "there are Known Issues", Code.NOTE_SECTION_UNKNOWN.value.advice),
    ("queens#critical-issues", Code.NOTE_SECTION_UNKNOWN, "there are Known Issues.", "Write `16.0.1#critical-issues`."),
    ("15.0.0#bug-fixes", Code.NOTE_SECTION_UNKNOWN, "in pike/15.0.0;", "Write `15.0.1#bug-fixes`."),
    ("31.0.0#upgrade-note", Code.NOTE_SECTION_UNKNOWN, "in 2025.2/31.0.0 and 2026.1/31.0.0;",
     "Did you mean `2026.1/31.0.0#upgrade-note"),
    ("31.0.0#upgrade-notes", Code.NOTE_AMBIGUOUS, "2 places in the release notes: 2025.2/31.0.0 and 2026.1/31.0.0.",
     "Write `2025.2/31.0.0#upgrade-notes` or `2026.1/31.0.0#upgrade-notes`."),
    ("#known-issues", Code.NOTE_AMBIGUOUS, "names no release; of glance, 5 releases have that section.",
     "Write `15.0.0#known-issues` or `16.0.0#known-issues`."),
    ("glance:#new-features", Code.NOTE_AMBIGUOUS, "2 releases have",
     "`glance:15.0.0#new-features` or `glance:2025.2/31.0.0#"),
    ("#critical-issues", Code.NOTE_AMBIGUOUS, "one release has", "Write `16.0.1#critical-issues`."),
    ("#knwon-issues", Code.NOTE_SECTION_UNKNOWN, "no such section in glance;",
     "Did you mean `33.0.0.0b2#known-issues`?"),
    ("#zzz", Code.NOTE_SECTION_UNKNOWN, "there are", Code.NOTE_SECTION_UNKNOWN.value.advice),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "told", "advice"), REFUTED, ids=[row[0] for row in REFUTED])
def test_a_reference_that_means_none_or_several_is_told(text, code, told, advice):
    found = judged(text)
    assert isinstance(found, Finding)
    assert (found.code, found.place) == (code, HERE)
    assert told in found.message
    assert advice in found.advice


SEVERAL = [
    ("pike#known-issues", "cinder and glance", "Write `cinder:pike#known-issues` or `glance:pike#known-issues`."),
    ("queens#prelude", "cinder and glance", "Write `cinder:queens#prelude`."),
    ("#upgrade-notes", "cinder and glance", "Write `glance:32.0.0#upgrade-notes`."),
    ("zed#prelude", "cinder and glance", "Write `cinder:zed#prelude` or `glance:zed#prelude`."),
]


@pytest.mark.parametrize(("text", "told", "advice"), SEVERAL)
def test_of_several_projects_one_must_be_named(text, told, advice):
    found = judged(text, TWO)
    assert isinstance(found, Finding)
    assert (found.code, found.advice) == (Code.NOTE_AMBIGUOUS, advice)
    assert told in found.message


def test_a_named_project_is_the_one_that_is_looked_in():
    assert judged("cinder:pike#known-issues", TWO).url == "https://example.org/cinder/pike.html#11.0.0-known-issues"


@pytest.mark.parametrize("text", ["pike#known-issues", "glance:pike#known-issues"])
def test_an_empty_lock_resolves_nothing(text):
    found = judged(text, Lock())
    assert found.code is Code.NOTE_PROJECT_UNKNOWN
    assert "affidavit notes lock" in found.advice


def test_of_two_titles_with_one_slug_the_one_that_is_spelled_so_is_meant():
    lock = _lock(p=("x 1.0 Bug fixes, Bug Fixes",))
    assert [judged(f"x#{title}", lock).title for title in ("Bug fixes", "Bug Fixes", "bug-fixes")] == [
        "Bug fixes", "Bug Fixes", "Bug Fixes",
    ]  # fmt: skip


def test_a_version_that_is_also_a_series_is_ambiguous_unless_both_are_one():
    lock = _lock(p=("2.0 2.0 A", "2.0 2.1 A", "1.0 3.0 A", "x 1.0 A"))
    assert judged("2.0#a", lock).version == "2.0"
    assert judged("1.0#a", lock).code is Code.NOTE_AMBIGUOUS


def test_the_nearest_names_are_found_in_whatever_case():
    assert "the nearest: PIKE." in judged("pikes#a", _lock(p=("PIKE 1.0 A",))).message


def test_a_series_in_a_folder_is_told_from_a_series_with_a_version():
    lock = _lock(p=("notes/pike 1.0 A", "notes/pike 1.1 A"))
    assert [judged(text, lock).version for text in ("notes/pike#a", "notes/pike/1.1#a")] == ["1.0", "1.1"]


RELEASES = [
    "",
    "pike",
    "queens",
    "2025.2",
    "2026.1",
    "unreleased",
    "15.0.0",
    "31.0.0",
    "2025.2/31.0.0",
    "pik",
    "zz",
    "33.0.0",
]
SECTIONS = [
    "known-issues",
    "Upgrade Notes",
    "new-features",
    "critical-issues",
    "knwon-issues",
    "bug-fixes",
    "zz",
    "upgrade",
]
REFS = st.builds("{}{}#{}".format, st.sampled_from(["", "glance:", "cinder:", "glanc:"]), st.sampled_from(RELEASES),
                 st.sampled_from(SECTIONS))  # fmt: skip
LOCKS = st.lists(st.sampled_from(GLANCE), unique=True).flatmap(
    lambda lines: st.sampled_from([_lock(glance=lines), _lock(cinder=GLANCE[:4], glance=lines)])
)


@settings(deadline=None)
@given(REFS, LOCKS)
def test_what_an_advice_offers_resolves(text, lock):
    found = judged(text, lock)
    if isinstance(found, Finding) and found.code is not Code.NOTE_PROJECT_UNKNOWN:
        offered = [judged(form, lock) for form in re.findall("`([^`]*#[^`]*)`", found.advice)]
        unsure = "names no project" in found.message  # where no project has it, all are offered
        assert unsure or all(isinstance(each, Resolved) for each in offered)


@settings(deadline=None)
@given(st.text() | st.text(st.sampled_from("ab1./:#- <>\"'`\n")), LOCKS)
def test_no_text_raises(text, lock):
    ref = parse_target(text, HERE)
    assert isinstance(ref, Finding) or isinstance(resolve(ref, Index(lock)), Resolved | Finding)


QUOTING = [
    ('queens#known-issues "tasks"', ("tasks",)),
    ('glance:queens#Known Issues"tasks" "do not   run"', ("tasks", "do not run")),
    ('queens#known-issues "a, b # c: <d>"', ("a, b # c: <d>",)),
]


@pytest.mark.parametrize(("text", "words"), QUOTING)
def test_words_in_quotes_are_what_the_section_must_say(text, words):
    ref = parse_target(text, HERE)
    assert isinstance(ref, NoteRef)
    assert (ref.release, slug(ref.section), ref.words) == ("queens", "known-issues", words)


@pytest.mark.parametrize(
    ("text", "shown", "target"),
    [("Those issues <queens#known-issues>", "Those issues", "queens#known-issues"),
     ('Those\n  issues <queens#known-issues "tasks">', "Those issues", 'queens#known-issues "tasks"'),
     ("queens#known-issues", "", "queens#known-issues")],
)  # fmt: skip
def test_an_entry_of_a_card_may_have_a_text_of_its_own(text, shown, target):
    ref = parse_entry(text, HERE)
    assert isinstance(ref, NoteRef)
    assert (ref.text, ref.target) == (shown, target)


SAID = Lock((LockedProject("glance", "https://example.org/glance/", (LockedSeries("queens", (LockedRelease("16.0.0", (
    LockedSection("Known Issues", "#k", "sha256:00", (
        Saying("tasks", found=True), Saying("workers", found=False), Saying("uWSGI", None))),
)),)),)),))  # fmt: skip


@pytest.mark.parametrize(
    ("words", "verdict"),
    [('"tasks"', "Holds"), ('"workers"', "note-words-missing"), ('"threads"', "note-words-unlocked"),
     ('"uWSGI"', "note-unable"), ('"uWSGI" "workers"', "note-words-missing"), ('"tasks" "uWSGI"', "note-unable")],
)  # fmt: skip
def test_words_are_judged_by_what_the_lock_found(words, verdict):
    ref = parse_target(f"queens#known-issues {words}", HERE)
    assert isinstance(ref, NoteRef)
    judged = verdict_of(ref, Index(SAID))
    match judged:
        case Holds(url):
            assert (verdict, url) == ("Holds", "https://example.org/glance/#k")
        case Refuted((found,)):
            assert str(found.code) == verdict
        case Unable(code=code):
            assert str(code) == verdict


def test_what_a_section_says_does_not_change_where_it_is():
    ref = parse_target('queens#known-issues "workers"', HERE)
    assert isinstance(ref, NoteRef)
    assert resolve(ref, Index(SAID)) == Resolved(
        "https://example.org/glance/#k", "glance", "queens", "16.0.0", "Known Issues"
    )


def outcome(text, index):
    ref = parse_target(text, HERE)
    assert isinstance(ref, NoteRef)
    found = resolve(ref, index)
    assert isinstance(found, Finding)
    return found.code


def test_a_series_that_is_gone_is_told_as_such():
    gone = Index(Lock((replace(ONE.projects[0], removed=("ocata",)),)))
    for text in ("ocata#known-issues", "ocata/14.0.0#known-issues"):
        assert outcome(text, gone) is Code.NOTE_SERIES_REMOVED


def test_a_series_that_is_gone_may_have_a_slash_in_its_name():
    gone = Index(Lock((replace(ONE.projects[0], removed=("old/ocata",)),)))
    for text in ("old/ocata#known-issues", "old/ocata/14.0.0#known-issues"):
        assert outcome(text, gone) is Code.NOTE_SERIES_REMOVED
    assert outcome("old/newton#known-issues", gone) is Code.NOTE_RELEASE_UNKNOWN


PLAIN = Lock((gather("tool", "https://e/CHANGES.md", Facts((
    Heading("", "1.0", "Fixed", "#10"), Heading("", "1.1", "Added", "#11"), Heading("", "1.1", "Fixed", "#11"),
))),))  # fmt: skip


def test_a_project_without_series_is_cited_by_its_versions():
    assert judged("1.1#fixed", PLAIN) == Resolved("https://e/CHANGES.md#11", "tool", "", "1.1", "Fixed")
    assert "its last releases: 1.0, 1.1, 1.1" not in judged("9#fixed", PLAIN).message
    assert "its last releases: 1.0, 1.1" in judged("9#fixed", PLAIN).message
    assert judged("1.0#added", PLAIN).advice == "Other releases have it. Write `1.1#added`."


def test_of_many_releases_without_series_the_closest_are_offered():
    titles = ("Fixed" if at in {1, 4, 7, 20, 30} else "Added" for at in range(40))
    headings = tuple(Heading("", f"1.{at}", title, f"#{at}") for at, title in enumerate(titles))
    lock = Lock((gather("log", "https://example.org/log", Facts(headings)),))
    assert (
        judged("1.12#fixed", lock).advice == "Other releases have it. Write `1.4#fixed` or `1.7#fixed` or `1.20#fixed`."
    )


def test_what_is_known_of_one_reference_is_told_of_its_twin_in_its_own_place():
    index = Index(Lock((gather("glance", "https://e/", Facts((Heading("pike", "15.0.0", "Known Issues", "p#k"),))),)))
    places = (Place("a.rst", 1, "a"), Place("b.rst", 2, "b"))
    wrong = [resolve(NoteRef("", "pike", "no", "pike#no", place), index) for place in places]
    assert [each.place for each in wrong if isinstance(each, Finding)] == list(places)
    right = [resolve(NoteRef("", "pike", "known-issues", "pike#known-issues", place), index) for place in places]
    assert right[0] == right[1] == Resolved("https://e/p#k", "glance", "pike", "15.0.0", "Known Issues")
