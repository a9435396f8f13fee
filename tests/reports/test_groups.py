"""What all formats have in common: groups of findings, words, paths."""

import pytest
from tests.reports.sample import GONE_HERE, GONE_THERE, HERE, NOT_ASKED, REPORT, SETTING, THERE

from affidavit.model.claims import Link
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable, Unproven, finding
from affidavit.model.visible import visible
from affidavit.reports.groups import grouped, key, summary, targets, unchecked
from affidavit.reports.origin import Origin
from affidavit.reports.words import count, word


def test_the_same_finding_is_one_group_with_each_place_once():
    groups = grouped([SETTING, GONE_THERE, GONE_HERE, GONE_HERE])
    assert [(each.finding, each.places) for each in groups] == [(GONE_HERE, (HERE, THERE)), (SETTING, (SETTING.place,))]


def test_findings_that_differ_in_a_word_are_two_groups():
    other = finding(Code.LINK_BROKEN, HERE, GONE_HERE.message, "Another advice.")
    assert len(grouped([GONE_HERE, other])) == 2


def test_only_what_no_finding_tells_is_said_to_be_unchecked():
    assert unchecked(REPORT) == ((NOT_ASKED, 1),)


def test_one_link_at_many_places_counts_once():
    links = [Judged(Link("https://a.example/", Place("a.rst", line)), Unable(NOT_ASKED)) for line in range(1, 4)]
    report = Report(tuple(links), unchecked=1)
    assert unchecked(report) == ((NOT_ASKED, 1),)
    assert summary(report) == "1 claim: 1 unable; 0 errors; 1 link not checked."


def test_findings_are_told_by_the_targets_that_they_are_about():
    about = targets(REPORT)
    assert about[key(GONE_HERE)] == "https://gone.example/a_b"
    assert key(SETTING) not in about


def refuted(code):
    return Refuted((finding(code, HERE, "It is."),))


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        (Holds(), "holds"),
        (Moved("https://b.example/", GONE_HERE), "moved"),
        (refuted(Code.LINK_BROKEN), "broken"),
        (refuted(Code.URL_MALFORMED), "broken"),
        (refuted(Code.ANCHOR_MISSING), "anchor-missing"),
        (refuted(Code.SOFT_404), "soft-404"),
        (refuted(Code.NOTE_SECTION_UNKNOWN), "refuted"),
        (Unable("Why."), "unable"),
        (Unproven(), "not-yet-proven"),
    ],
)
def test_each_verdict_has_a_word(verdict, says):
    assert word(verdict) == says


@pytest.mark.parametrize(
    ("folder", "place", "shown"),
    [
        ("", Place("index.rst", 4), "index.rst:4"),
        ("doc", Place("index.rst", 4), "doc/index.rst:4"),
        ("doc", Place("../README.md"), "README.md"),
        ("doc", Place("/usr/share/x.rst", 1), "/usr/share/x.rst:1"),
        ("doc", Place("", 0), ""),
    ],
)
def test_a_place_is_shown_as_whoever_ran_the_command_finds_it(folder, place, shown):
    assert Origin(folder).shown(place) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with 例え", "plain, with 例え"),
        ("two\n  lines", "two lines"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("half \ud800", "half \\ud800"),
        ("turned \u202eback", "turned \\u202eback"),
    ],
)
def test_text_is_made_visible_on_one_line(text, shown):
    assert visible(text) == shown


def test_nouns_agree_with_their_numbers():
    assert [count(number, "error") for number in (0, 1, 2)] == ["0 errors", "1 error", "2 errors"]
