"""The lists of all references: each with its state, and the releases that pages cite, newest first."""

import pytest

from affidavit.model.claims import ListedBy, Listing, NoteRef
from affidavit.model.codes import Code
from affidavit.model.directives import Declaration
from affidavit.model.note_sources import Inventory
from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.settings import NoteProject, Settings
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable, Unproven, finding
from affidavit.notes.facts import Facts, Heading, Lock, gather
from affidavit.notes.listing import Cited, Standing, by_reference, by_release, examine_projects, read
from affidavit.notes.lookup import Index
from affidavit.notes.references import parse_target
from affidavit.notes.rules import verdict

HERE = Place("guide.rst", 7, "guide")
NO_LOCK = finding(Code.LOCK_MISSING, Place("notes.json"), "There is no lock file `notes.json`.")
KNOWN = "Known Issues"


def project(name, *spots, title=KNOWN):
    headings = (Heading(series, version, title, f"{series}.html#{version}") for series, version in spots)
    return gather(name, f"https://{name}.example/", Facts(tuple(headings)))


GLANCE = project(
    "glance",
    *(("pike", "15.0.0"), ("pike", "15.0.2"), ("queens", "16.0.0"), ("queens", "16.0.1"), ("queens", "16.0.1-11")),
    *(("2023.1", "26.0.0"), ("unreleased", "33.0.0.0b2")),
)
ONE = Index(Lock((GLANCE,)))
TWO = Index(Lock((GLANCE, project("nova", ("", "1.2.0"), ("", "9.0"), ("", "10.0")))))


def note(target, line=7, file="guide.rst"):
    found = parse_target(target, Place(file, line, file.removesuffix(".rst")))
    assert isinstance(found, NoteRef)
    return found


def report_of(*notes, index=ONE):
    judged = tuple(Judged(each, verdict(each, index)) for each in notes)
    told = (each for one in judged if isinstance(one.verdict, Refuted) for each in one.verdict.findings)
    return Report(judged, tuple(told))


def standing(rows):
    return [(row.target, row.standing, row.codes) for row in rows]


def test_each_reference_is_listed_with_what_is_said_of_it():
    report = report_of(note("pike#nothing"), note("queens#known-issues"), note('pike#known-issues "tasks"'))
    assert standing(by_reference(report, ONE)) == [
        ('pike#known-issues "tasks"', Standing.WRONG, (Code.NOTE_WORDS_UNLOCKED,)),
        ("pike#nothing", Standing.WRONG, (Code.NOTE_SECTION_UNKNOWN,)),
        ("queens#known-issues", Standing.HOLDS, ()),
    ]


WRONG = finding(Code.NOTE_WORDS_MISSING, HERE, "`x#y` says it not.")
VERDICTS = [
    (Holds("https://x.example/"), Standing.HOLDS, ()),
    (Refuted((WRONG,)), Standing.WRONG, (Code.NOTE_WORDS_MISSING,)),
    (Unable("It was out of reach.", Code.NOTE_UNABLE), Standing.UNTOLD, (Code.NOTE_UNABLE,)),
    (Moved("https://x.example/", WRONG), Standing.HOLDS, (Code.NOTE_WORDS_MISSING,)),
    (Unproven(), Standing.UNTOLD, ()),
]


@pytest.mark.parametrize(("verdict", "state", "codes"), VERDICTS)
def test_the_state_is_that_of_the_report(verdict, state, codes):
    report = Report((Judged(note("pike#known-issues"), verdict),))
    assert standing(by_reference(report, ONE)) == [("pike#known-issues", state, codes)]


def test_what_is_found_of_a_reference_that_holds_is_listed_too():
    notes = (note("pike#known-issues"), note("queens#known-issues"), note("queens#known-issues", 8))
    said = finding(Code.NOTE_UNABLE, HERE, "`queens#known-issues` is not checked.")
    other = finding(Code.STATUS_UNKNOWN, HERE, "`brocken` is no status.")
    report = Report(report_of(*notes).judged, (said, other))
    assert standing(by_reference(report, ONE)) == [
        ("pike#known-issues", Standing.HOLDS, ()),
        ("queens#known-issues", Standing.HOLDS, (Code.NOTE_UNABLE,)),
        ("queens#known-issues", Standing.HOLDS, ()),
    ]


def test_one_reference_has_one_row_with_its_places_page_by_page():
    shared = Place("part.txt", 1, "a"), Place("part.txt", 1, "b")
    notes = [note("pike#known-issues", line, file) for file, line in (("b.rst", 3), ("a.rst", 9), ("b.rst", 3))]
    notes += [NoteRef("", "pike", "known-issues", "pike#known-issues", place) for place in shared]
    (row,) = by_reference(report_of(*notes), ONE)
    assert row.places == (Place("a.rst", 9, "a"), shared[0], Place("b.rst", 3, "b"), shared[1])


def test_a_series_offers_its_other_versions():
    rows = by_reference(report_of(note("16.0.0#known-issues"), note("queens#known-issues")), ONE)
    assert [row.found and row.found.others for row in rows] == [(), ("16.0.1", "16.0.1-11")]


def releases(rows):
    return [(row.found.project, row.found.series, row.found.version) if row.found else row.target for row in rows]


def test_the_newest_releases_come_first_and_what_leads_nowhere_last():
    targets = ["pike#known-issues", "16.0.1-11", "2023.1", "33.0.0.0b2", "15.0.2", "16.0.1", "queens#nothing", "zed"]
    report = report_of(*(note(each if "#" in each else f"{each}#known-issues") for each in targets))
    assert releases(by_release(report, ONE)) == [
        ("glance", "unreleased", "33.0.0.0b2"),
        ("glance", "2023.1", "26.0.0"),
        ("glance", "queens", "16.0.1-11"),
        ("glance", "queens", "16.0.1"),
        ("glance", "pike", "15.0.2"),
        ("glance", "pike", "15.0.0"),
        "queens#nothing",
        "zed#known-issues",
    ]


def test_projects_follow_each_other_each_with_its_newest_release_first():
    targets = ["nova:9.0#known-issues", "nova:1.2.0#known-issues", "glance:pike#known-issues", "nova:10.0#known-issues"]
    rows = by_release(report_of(*map(note, targets), index=TWO), TWO)
    assert releases(rows) == [
        ("glance", "pike", "15.0.0"),
        ("nova", "", "10.0"),
        ("nova", "", "9.0"),
        ("nova", "", "1.2.0"),
    ]


def test_a_section_is_cited_once_however_pages_name_it():
    report = report_of(
        note("queens#known-issues", 1), note("16.0.0#Known Issues", 2), note("queens/16.0.0#known-issues", 3)
    )
    (row,) = by_release(report, ONE)
    assert [place.line for place in row.places] == [1, 2, 3]


NAMED = [("glance", ["#a", "glance:x#a"]), ("nova", ["#a", "nova:1.2.0#known-issues"]), ("", 3), ("other", ["#a"])]


@pytest.mark.parametrize(("name", "expected"), NAMED)
def test_the_references_to_one_project_are_listed(name, expected):
    report = report_of(note("glance:x#a"), note("nova:1.2.0#known-issues"), note("#a"), index=TWO)
    found = [row.target for row in by_reference(report, TWO, name)]
    assert found == expected or len(found) == expected


def test_the_only_project_need_not_be_named():
    report = report_of(note("pike#known-issues"), note("pike#nothing"))
    assert len(by_reference(report, ONE, "glance")) == 2
    assert (by_reference(report, ONE, "nova"), by_release(report, ONE, "nova")) == ((), ())


def test_without_a_lock_nothing_is_known_and_everything_listed():
    unable = Unable(NO_LOCK.message, NO_LOCK.code)
    report = Report(tuple(Judged(note(each), unable) for each in ("pike#a", "glance:pike#a", "nova:pike#a")))
    assert standing(by_reference(report, NO_LOCK, "glance")) == [
        ("glance:pike#a", Standing.UNTOLD, (Code.LOCK_MISSING,)),
        ("pike#a", Standing.UNTOLD, (Code.LOCK_MISSING,)),
    ]
    assert by_release(report, NO_LOCK, "nova")[0] == Cited(None, "nova:pike#a", (HERE,))


def told(**options):
    return read(Declaration("release-note-references", "", options, HERE))


def test_a_list_is_read():
    assert told() == (Listing(ListedBy.REFERENCE, "", HERE), ())
    assert told(by="release", project=" some\n project") == (Listing(ListedBy.RELEASE, "some project", HERE), ())


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        ({"by": "page"}, Code.OPTION_INVALID, "`page` is nothing that references can be listed by"),
        ({"by": ""}, Code.OPTION_INVALID, "`by` of `release-note-references` has no value"),
        ({"bye": "release"}, Code.OPTION_UNKNOWN, "did you mean `by`"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_and_it_lists_all_the_same(options, code, says):
    listing, (problem,) = told(**options)
    assert listing == Listing(ListedBy.REFERENCE, "", HERE)
    assert (problem.code, problem.place) == (code, HERE)
    assert says in problem.message


def test_a_list_of_an_unknown_project_is_told():
    settings = Settings(projects=(NoteProject("glance", Inventory(""), "https://glance.example/"),))
    listings = [Listing(ListedBy.REFERENCE, name, HERE) for name in ("", "glance", "nova")]
    (found,) = examine_projects(listings, settings)
    assert (found.code, found.place, found.advice) == (Code.OPTION_INVALID, HERE, "Name one of `glance`.")
    assert "`nova`" in found.message
    assert list(examine_projects(listings, Settings(invalid=frozenset({"affidavit_release_notes"})))) == []
    assert next(examine_projects(listings, Settings())).advice == "Declare it there, or remove the option."
