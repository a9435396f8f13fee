"""Judging a whole site from values."""

from datetime import date

import pytest
from msgspec.structs import replace

from affidavit.check import World
from affidavit.check import judge as judge_gathered
from affidavit.gathered import Gathered, questions
from affidavit.links.seen import Answered, Trouble, Unreachable
from affidavit.model.claims import Corpus, Link, NoteRef, Page, Term
from affidavit.model.codes import Code
from affidavit.model.note_sources import Inventory
from affidavit.model.place import Place
from affidavit.model.report import Judged
from affidavit.model.settings import Acceptance, NoteProject, Settings
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable, finding
from affidavit.notes.drift import Unread
from affidavit.notes.facts import Lock, LockedProject, LockedRelease, LockedSection, LockedSeries


def judge(corpus, settings, world, problems=()):
    return judge_gathered(Gathered(corpus, settings, tuple(problems)), world)


TODAY = date(2030, 1, 31)
LOCK = Lock(
    (
        LockedProject(
            "subject",
            "https://notes.example/",
            (LockedSeries("alder", (LockedRelease("1.0", (LockedSection("Known Issues", "alder.html#k"),)),)),),
        ),
    )
)


PROJECT = NoteProject("subject", Inventory(""), "https://notes.example/")


def place(line: int) -> Place:
    return Place("index.rst", line, "index")


def entry(*urls: str) -> Corpus:
    links = tuple(Link(url, place(n)) for n, url in enumerate(urls, start=5))
    return Corpus((Page(terms=(Term(("term",), ("term",), links, place(4)),)),))


def test_a_term_holds_when_one_of_its_links_does(answered, dead):
    seen = {"https://a.example/": dead("https://a.example/"), "https://b.example/": answered("https://b.example/", 200)}
    report = judge(entry(*seen), Settings(), World(LOCK, TODAY, seen))
    verdicts = {type(each.claim): each.verdict for each in report.judged if isinstance(each.claim, Term)}
    assert isinstance(verdicts[Term], Holds)
    assert [str(each.code) for each in report.findings] == ["link-broken"]
    assert report.findings[0].place == place(5)
    assert report.unchecked == 0


def test_a_term_whose_links_are_all_gone_is_refuted(answered):
    seen = {f"https://{name}.example/": answered(f"https://{name}.example/", 404) for name in "ab"}
    report = judge(entry(*seen), Settings(), World(LOCK, TODAY, seen))
    term = next(each for each in report.judged if isinstance(each.claim, Term))
    assert isinstance(term.verdict, Refuted)
    assert len(report.errors) == 2  # one a link, none twice for the term


def test_no_network_is_not_a_dead_link(dead):
    seen = {f"https://{name}.example/": dead(f"https://{name}.example/") for name in "ab"}
    report = judge(entry(*seen), Settings(), World(LOCK, TODAY, seen))
    assert report.findings == ()
    assert report.unchecked == 2
    assert all(isinstance(each.verdict, Unable) for each in report.judged)


def test_links_that_nobody_asked_are_counted_once():
    report = judge(entry("https://a.example/", "https://a.example/"), Settings(), World(LOCK, TODAY))
    assert report.unchecked == 1
    assert report.findings == ()


def test_a_link_that_could_not_be_told_is_information(answered):
    seen = {
        "https://a.example/": answered("https://a.example/", 503),
        "https://b.example/": answered("https://b.example/", 200),
    }
    report = judge(entry(*seen), Settings(), World(LOCK, TODAY, seen))
    assert [str(each.code) for each in report.findings] == ["link-unable"]
    assert report.errors == ()


def test_a_refused_address_is_information_with_a_code_of_its_own(answered):
    url = "http://wiki.example/"
    refused = Unreachable(url, url, Trouble.ADDRESS_REFUSED, "wiki.example leads to a private address")
    seen = {url: refused, "https://b.example/": answered("https://b.example/", 200)}
    report = judge(entry(*seen), Settings(), World(LOCK, TODAY, seen))
    assert [(str(each.code), each.place) for each in report.findings] == [("address-refused", place(5))]
    assert "`affidavit_allow_private`" in report.findings[0].advice
    assert report.errors == ()
    assert report.unchecked == 0


def note(target: str, line: int = 9) -> NoteRef:
    release, _, section = target.partition("#")
    return NoteRef("", release, section, target, place(line))


def test_release_notes_are_judged_against_the_lock():
    corpus = Corpus((Page(notes=(note("alder#known-issues", 8), note("alder#nothing", 9))),))
    report = judge(corpus, Settings(projects=(PROJECT,)), World(LOCK, TODAY))
    assert report.judged[0].verdict == Holds("https://notes.example/alder.html#k")
    assert isinstance(report.judged[1].verdict, Refuted)
    assert [each.place.line for each in report.errors] == [9]


@pytest.mark.parametrize(
    ("projects", "says"),
    [
        ([PROJECT], []),
        ([NoteProject("subject", Inventory(""), "https://notes.example")], ["the setting at https://notes.example."]),
        ([], ["which no setting names"]),
        ([PROJECT, NoteProject("object", Inventory(""), "https://o.example/")], ["does not hold the project `object`"]),
        (
            [NoteProject("subject", Inventory(""), "https://moved.example/")],
            ["at https://notes.example/, the setting at"],
        ),
    ],
)
def test_a_lock_that_differs_from_the_settings_is_outdated(projects, says):
    corpus = Corpus((Page(notes=(note("alder#known-issues"),)),))
    report = judge(corpus, Settings(projects=tuple(projects)), World(LOCK, TODAY))
    assert {str(each.code) for each in report.errors} <= {"lock-outdated"}
    assert len(report.errors) == len(says)
    assert all(words in each.message for words, each in zip(says, report.errors, strict=True))


def test_a_missing_lock_is_told_once_and_refutes_nothing():
    missing = finding(Code.LOCK_MISSING, Place("lock.json"), "There is none.")
    corpus = Corpus((Page(notes=(note("alder#known-issues"), note("alder#nothing"))),))
    report = judge(corpus, Settings(), World(missing, TODAY))
    assert report.findings == (missing,)
    assert all(isinstance(each.verdict, Unable) for each in report.judged)
    assert judge(Corpus(), Settings(), World(missing, TODAY)).findings == ()


LATER = replace(LOCK.projects[0], series=(replace(LOCK.projects[0].series[0], name="birch"),))


def test_what_the_source_has_now_counts_where_somebody_read_it():
    corpus = Corpus((Page(notes=(note("alder#known-issues", 8), note("alder#nothing", 9))),))
    settings = Settings(projects=(PROJECT,), lock="data/lock.json")
    report = judge(corpus, settings, World(LOCK, TODAY, fresh={"subject": LATER}))
    told = [(str(each.code), str(each.place)) for each in report.findings]
    assert told == [
        ("lock-behind", "data/lock.json"),
        ("note-changed", "index.rst:8"),
        ("note-section-unknown", "index.rst:9"),
    ]
    assert [str(each.code) for each in report.errors] == ["note-changed", "note-section-unknown"]


def test_a_source_that_nobody_could_read_refutes_nothing():
    corpus = Corpus((Page(notes=(note("alder#known-issues"),)),))
    report = judge(corpus, Settings(projects=(PROJECT,)), World(LOCK, TODAY, fresh={"subject": Unread("Gone.")}))
    assert [str(each.code) for each in report.findings] == ["lock-unchecked"]
    assert isinstance(report.judged[0].verdict, Holds)


@pytest.mark.parametrize(
    ("until", "codes"),
    [
        (date(2030, 1, 31), []),
        (date(2030, 1, 30), ["acceptance-expired", "term-without-reference"]),
    ],
)
def test_acceptances_end(until, codes):
    accepted = Acceptance(Code.TERM_WITHOUT_REFERENCE, "", "", "Because.", until)
    report = judge(entry(), Settings(accepted=(accepted,)), World(LOCK, TODAY))
    assert [str(each.code) for each in report.findings] == codes
    assert len(report.accepted) == (0 if codes else 1)


def test_findings_are_sorted_by_place_whatever_found_them():
    problems = [finding(Code.SETTING_INVALID, Place("conf.py"), "Wrong.")]
    late = finding(Code.OPTION_UNKNOWN, Place("z.rst", 1, "z"), "Odd.")
    early = finding(Code.OPTION_UNKNOWN, Place("index.rst", 1, "index"), "Odd.")
    corpus = Corpus((Page(findings=(late,)), Page(findings=(early,)), *entry().pages))
    report = judge(corpus, Settings(), World(LOCK, TODAY), problems)
    assert [str(each.place) for each in report.findings] == ["conf.py", "index.rst:1", "index.rst:4", "z.rst:1"]


@pytest.fixture
def answered():
    """Return a function from a URL and a status to what was seen."""
    return lambda url, status: Answered(url, url, status, 0)


@pytest.fixture
def dead():
    """Return a function from a URL to an observation of a host that is not known."""
    return lambda url: Unreachable(url, url, Trouble.NAME_UNKNOWN, "no such name")


@pytest.mark.parametrize(
    ("severity", "told", "in_verdict"),
    [
        (Severity.WARNING, [Severity.WARNING], Severity.WARNING),
        (Severity.INFO, [Severity.INFO], Severity.INFO),
        (Severity.ERROR, [Severity.ERROR], Severity.ERROR),
        (None, [], Severity.INFO),
    ],
)
def test_the_settings_say_how_much_a_finding_matters(answered, severity, told, in_verdict):
    seen = {"https://a.example/": answered("https://a.example/", 404)}
    settings = Settings(severities=((Code.LINK_BROKEN, severity),))
    report = judge(entry(*seen), settings, World(LOCK, TODAY, seen))
    assert [each.severity for each in report.findings] == told
    (link,) = [each for each in report.judged if isinstance(each.claim, Link)]
    assert isinstance(link.verdict, Refuted)
    assert [each.severity for each in link.verdict.findings] == [in_verdict]


def test_a_page_that_moved_is_information_and_may_be_an_error():
    url = "https://a.example/"
    seen = {url: Answered(url, "https://b.example/", 200, 1, moved_to="https://b.example/")}
    world = World(LOCK, TODAY, seen)
    assert [each.severity for each in judge(entry(url), Settings(), world).findings] == [Severity.INFO]
    settings = Settings(severities=((Code.LINK_MOVED, Severity.ERROR),))
    report = judge(entry(url), settings, world)
    assert [each.code for each in report.errors] == [Code.LINK_MOVED]
    assert Moved("https://b.example/", report.errors[0]) in [each.verdict for each in report.judged]


def test_what_was_judged_already_counts():
    link = Link("guide/", place(7))
    broken = finding(Code.LINK_BROKEN, place(7), "It is not there.")
    gathered = Gathered(Corpus(), Settings(), (), (Judged(link, Refuted((broken,))),))
    report = judge_gathered(gathered, World(LOCK, TODAY))
    assert report.errors == (broken,)
    assert [each.claim for each in report.judged] == [link]


def test_only_pages_of_links_that_can_be_asked_are_asked():
    corpus = entry("https://a.example/#x", "http://", "mailto:x")
    assert [each.url for each in questions(Gathered(corpus, Settings()))] == ["https://a.example/"]
