"""Which claims and findings count, by kind and by what was there before."""

import pytest
from msgspec.structs import replace

from affidavit.cli.selected import KINDS, reported
from affidavit.cli.selection import Base, Selection, to_ask
from affidavit.gathered import Gathered, questions
from affidavit.links.judge import NOT_ASKED
from affidavit.model.claims import Card, Corpus, Link, NoteRef, Page, Term
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Accepted, Judged, Observed, Report
from affidavit.model.settings import LinkChoice, Settings
from affidavit.model.verdicts import Holds, Refuted, Unable, Unproven, finding
from affidavit.reports.words import target

A, B = Place("a.rst", 3, "a"), Place("b.rst", 7, "b")
PLAIN, OTHER = Link("https://plain.example/", A), Link("https://plain.example/", B)
OF_TERM = Link("https://term.example/", A)
TERM = Term(("word",), ("word",), (OF_TERM,), A)
NOTE = NoteRef("", "pike", "known-issues", "pike#known-issues", A)
CARD = Card("proxy", "Proxy", "", (), (NOTE,), A)
GATHERED = Gathered(
    Corpus((Page(cards=(CARD,), terms=(TERM,), links=(PLAIN, OTHER)),)), Settings(links=LinkChoice(("",)))
)


def refuted(code, claim):
    return finding(code, claim.place, f"{code} at {claim.place}")


BROKEN, BROKEN_TOO = refuted(Code.LINK_BROKEN, PLAIN), refuted(Code.LINK_BROKEN, OTHER)
GONE = refuted(Code.ANCHOR_MISSING, OF_TERM)
NO_SECTION = refuted(Code.NOTE_SECTION_UNKNOWN, NOTE)
OTHERS = [
    finding(code, A, f"{code}.")
    for code in (
        Code.SETTING_INVALID,
        Code.STAGE_GAP,
        Code.TERM_UNMENTIONED,
        Code.LOCK_OUTDATED,
        Code.ACCEPTANCE_UNUSED,
    )
]
REPORT = Report(
    (
        Judged(PLAIN, Refuted((BROKEN,)), Observed(PLAIN.url, 404)),
        Judged(OTHER, Refuted((BROKEN_TOO,)), Observed(OTHER.url, 404)),
        Judged(OF_TERM, Refuted((GONE,)), Observed(OF_TERM.url, 200)),
        Judged(TERM, Refuted((GONE,))),
        Judged(NOTE, Refuted((NO_SECTION,))),
        Judged(CARD, Unproven()),
    ),
    (BROKEN, BROKEN_TOO, GONE, NO_SECTION, *OTHERS),
    (Accepted(finding(Code.SOFT_404, A, "Soft."), "Later."),),
)


def asked(selection):
    return [each.url for each in questions(to_ask(GATHERED, selection))]


def codes(report):
    return sorted(str(each.code) for each in report.findings)


def test_without_a_choice_nothing_is_left_out():
    assert to_ask(GATHERED, Selection()) is GATHERED
    assert reported(REPORT, Selection()) is REPORT


ALWAYS = ["setting-invalid"]


@pytest.mark.parametrize(
    ("kinds", "urls", "claims", "found"),
    [
        (["link"], [OF_TERM.url, PLAIN.url], 3, ["anchor-missing", "link-broken", "link-broken"]),
        (["term"], [OF_TERM.url], 1, ["anchor-missing", "term-unmentioned"]),
        (["release-note"], [], 1, ["lock-outdated", "note-section-unknown"]),
        (["method"], [], 1, ["stage-gap"]),
        (["term", "method"], [OF_TERM.url], 2, ["anchor-missing", "stage-gap", "term-unmentioned"]),
    ],
)
def test_of_some_kinds_only_what_is_needed_is_asked_and_told(kinds, urls, claims, found):
    selection = Selection(frozenset(kinds))
    assert asked(selection) == sorted(urls)
    told = reported(REPORT, selection)
    assert len(told.judged) == claims
    assert codes(told) == sorted([*found, *ALWAYS])


def test_what_is_set_aside_is_chosen_likewise():
    assert len(reported(REPORT, Selection(frozenset({"link"}))).accepted) == 1
    assert reported(REPORT, Selection(frozenset({"method"}))).accepted == ()


def test_codes_have_a_kind_or_are_about_the_whole_site():
    of_none = {str(code) for code in Code if code not in KINDS}
    assert of_none == {"setting-invalid", "report-unwritable", "acceptance-expired", "acceptance-unused"}
    assert KINDS[Code.URL_DUPLICATE] == "term"
    assert KINDS[Code.TERM_UNKNOWN] == "method"


def known(*findings):
    return Selection(base=Base(frozenset(findings)))


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        (("link-broken", PLAIN.url, "a.rst"), BROKEN),
        (("link-broken", BROKEN.message, "a.rst"), BROKEN),
        (("stage-gap", "stage-gap.", "a.rst"), OTHERS[1]),
        (("link-broken", PLAIN.url, "c.rst"), None),
        (("anchor-missing", PLAIN.url, "a.rst"), None),
    ],
)
def test_what_a_report_had_is_left_out_and_nothing_else(entry, left):
    told = reported(REPORT, known(entry))
    assert set(REPORT.findings) - set(told.findings) == ({left} if left else set())
    assert told.judged == REPORT.judged


def test_with_a_report_all_links_are_asked_since_old_ones_may_have_gone():
    assert asked(known(("link-broken", PLAIN.url, "a.rst"))) == [PLAIN.url, OF_TERM.url]


def stood(*claims):
    return Selection(base=Base(claims=frozenset(claims)))


def test_of_a_revision_only_claims_that_did_not_stand_there_are_asked_and_told():
    selection = stood(("link", PLAIN.url, "a.rst"), ("term", "word", "a.rst"), ("method", "proxy", "a.rst"))
    assert asked(selection) == [PLAIN.url, OF_TERM.url]
    told = reported(REPORT, selection)
    assert [each.claim for each in told.judged] == [OTHER, OF_TERM, NOTE]
    assert BROKEN not in told.findings
    assert BROKEN_TOO in told.findings


def test_a_link_that_stood_there_is_not_asked():
    both = [("link", PLAIN.url, file) for file in ("a.rst", "b.rst")]
    assert asked(stood(*both)) == [OF_TERM.url]
    assert asked(stood(*both, ("link", OF_TERM.url, "a.rst"), ("term", "word", "a.rst"))) == []


def test_a_new_term_is_judged_by_all_its_links():
    assert asked(stood(("link", OF_TERM.url, "a.rst"))) == [PLAIN.url, OF_TERM.url]


def test_links_that_nobody_asked_are_counted_anew():
    unasked = replace(REPORT, judged=tuple(Judged(each, NOT_ASKED) for each in (PLAIN, OTHER, OF_TERM)), unchecked=2)
    assert reported(unasked, stood(("link", OF_TERM.url, "a.rst"))).unchecked == 1
    held = replace(unasked, judged=(Judged(PLAIN, Holds()), Judged(OTHER, Unable("Busy."))))
    assert reported(held, stood()).unchecked == 0


@pytest.mark.parametrize(("claim", "code"), [(NOTE, Code.NOTE_SECTION_UNKNOWN), (PLAIN, Code.ANCHOR_MISSING),
                                             (TERM, Code.TERM_WITHOUT_REFERENCE)])  # fmt: skip
def test_what_is_false_without_asking_is_new_unless_the_base_had_it_too(claim, code):
    found = refuted(code, claim)
    report = Report((Judged(claim, Refuted((found,))),), (found,))
    there = stood((claim.kind, target(claim), claim.place.file))
    assert reported(report, there) == report
    known = replace(there.base, findings=frozenset({(str(code), found.message, claim.place.file)}))
    assert reported(report, replace(there, base=known)) == Report()
