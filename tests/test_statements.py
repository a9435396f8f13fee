"""Statements against the evidence of runs: borne out, contradicted or not tried, release by release."""

from datetime import date

import pytest
from msgspec.structs import replace
from tests.test_cells import (
    CREATED,
    DOWN,
    LARGE,
    PROBE,
    REFUSED,
    SERVER,
    SETTINGS,
    UP,
    UPLOAD,
    evidence,
    report,
    site,
    stage,
)

from affidavit.cells import problems_of
from affidavit.methods.borne import intervals
from affidavit.model.cells import Borne
from affidavit.model.claims import Card, Corpus, Feature, Page, Status
from affidavit.model.codes import Code
from affidavit.model.evidence import Outcome, Seen
from affidavit.model.examples import ConsoleStep, Example, Exchange, Symptom
from affidavit.model.place import Place
from affidavit.model.releases import Interval, Releases
from affidavit.model.statements import About, Bears, Says, Statement, StatementList, Words
from affidavit.model.verdicts import Holds, Refuted, Unproven

SAID = Place("said.rst", 7, "said")
UPLOADS = About(("proxy",), features=("upload",))
OURS, THEIRS = Words("Uploads work."), Words("Uploads work.", "Somebody", "Somebody")
EACH = replace(SERVER, environments=("app-2", "app-3"))
OLD, NEW = Interval("2.0", "2.0"), Interval("3.0", "3.0")
FREE = (stage(Status.BROKEN, first="1.0"),)
"""A stage that says nothing of single runs, so that these are proven whatever they come to."""


def statement(words=OURS, about=UPLOADS, **changes):
    return Statement("uploads", words, SAID, about, **changes)


def corpus_of(*statements, stages=FREE, examples=(EACH, UPLOAD)):
    return Corpus((*site(*stages, examples=examples).pages, Page(statements=statements)))


def judged(corpus, kept, settings=SETTINGS):
    found = report(corpus, kept, settings)
    (claim,) = (each for each in found.judged if isinstance(each.claim, Statement))
    return claim, [each for each in found.findings if each.place == SAID]


def came(claim):
    return {each.release: each.bears for each in claim.borne}


def of(probe, corpus, **changes):
    """Return evidence in which the probe came to this in each release."""
    return evidence(corpus, probe=probe, **changes)


BORNE, AGAINST, UNTRIED = Bears.BORNE_OUT, Bears.CONTRADICTED, Bears.NOT_TRIED
VERDICTS = [
    (Says.WORKS, CREATED, BORNE),
    (Says.WORKS, REFUSED, AGAINST),
    (Says.FAILS, CREATED, AGAINST),
    (Says.FAILS, REFUSED, BORNE),
]


@pytest.mark.parametrize(("says", "probe", "bears"), VERDICTS)
def test_runs_decide_in_each_release(says, probe, bears):
    corpus = corpus_of(statement(says=says))
    claim, _ = judged(corpus, of(probe, corpus))
    assert came(claim) == {"1.0": UNTRIED, "2.0": bears, "3.0": bears}


@pytest.mark.parametrize(("says", "probe", "bears"), VERDICTS)
def test_an_own_statement_must_be_borne_out(says, probe, bears):
    corpus = corpus_of(statement(says=says))
    claim, found = judged(corpus, of(probe, corpus))
    assert [each.code for each in found] == ([Code.STATEMENT_CONTRADICTED] * 2 if bears is AGAINST else [])
    assert isinstance(claim.verdict, Refuted if bears is AGAINST else Holds)


DECLARED = [
    ((), [Code.STATEMENT_CONTRADICTED] * 2),
    ((OLD,), [Code.STATEMENT_CONTRADICTED]),
    ((OLD, NEW), []),
    ((Interval("1.0", ""),), []),  # in 1.0 nothing was tried: that contradicts nothing
]


@pytest.mark.parametrize(("contradicted", "codes"), DECLARED)
def test_what_others_said_may_be_declared_contradicted(contradicted, codes):
    corpus = corpus_of(statement(THEIRS, contradicted=contradicted))
    claim, found = judged(corpus, of(REFUSED, corpus))
    assert [each.code for each in found] == codes
    assert isinstance(claim.verdict, Refuted if codes else Holds)


def test_what_is_borne_out_must_not_be_declared_contradicted():
    corpus = corpus_of(statement(THEIRS, contradicted=(NEW,)))
    claim, (found,) = judged(corpus, of(CREATED, corpus))
    assert (found.code, found.place) == (Code.STATEMENT_BORNE_OUT, SAID)
    assert "`upload-it` under `server` in `app-3` (cards.rst:40) works" in found.message
    assert "Take 3.0 out" in found.advice
    assert claim.verdict == Refuted((found,))


@pytest.mark.parametrize(("words", "advice"), [(OURS, "Correct the sentence"), (THEIRS, "Add 2.0 to the option")])
def test_a_contradiction_names_the_run_what_it_showed_and_what_to_change(words, advice):
    corpus = corpus_of(statement(words, intervals=(OLD,)))
    _, (found,) = judged(corpus, of(REFUSED, corpus))
    for told in ("`uploads`", "2.0", "`upload-it`", "`server`", "`app-2`", "cards.rst:40", "HTTP/1.1 413 Too Large"):
        assert told in found.message
    assert advice in found.advice
    assert "cards.rst:41" in found.advice


def test_one_run_that_came_otherwise_contradicts():
    other = replace(EACH, name="late", variant="late", place=Place("cards.rst", 35, "cards"))
    corpus = corpus_of(statement(), examples=(EACH, other, UPLOAD))
    kept = of(CREATED, corpus)
    kept["late/upload-it@app-3"] = of(REFUSED, corpus)["late/upload-it@app-3"]
    assert came(judged(corpus, kept)[0]) == {"1.0": UNTRIED, "2.0": BORNE, "3.0": AGAINST}
    narrow = corpus_of(statement(about=replace(UPLOADS, variants=("plain",))), examples=(EACH, other, UPLOAD))
    assert came(judged(narrow, kept)[0])["3.0"] is BORNE


def test_without_features_the_setup_counts():
    whole = About(("proxy",))
    works, fails = corpus_of(statement(about=whole)), corpus_of(statement(about=whole, says=Says.FAILS))
    down = evidence(works, DOWN, CREATED)
    assert came(judged(works, down)[0])["3.0"] is AGAINST
    # What starts, and does nothing, still fails.
    assert came(judged(fails, evidence(fails, UP, REFUSED))[0])["3.0"] is BORNE
    assert came(judged(fails, evidence(fails, UP, CREATED))[0])["3.0"] is AGAINST
    assert came(judged(fails, evidence(fails, DOWN, REFUSED))[0])["3.0"] is BORNE
    alone = corpus_of(statement(about=whole, says=Says.FAILS), examples=(EACH,))
    assert came(judged(alone, evidence(alone, UP))[0])["3.0"] is AGAINST
    assert came(judged(alone, evidence(alone, DOWN))[0])["3.0"] is BORNE


SILENT = [
    ({"fingerprint": "sha256:0"}, "it has changed since it was run"),
    ({"outcome": Outcome.UNABLE, "reason": "no httpd", "seen": ()}, "no httpd"),
    ({"proven": date(2029, 1, 1)}, "it was proven 395 days ago"),
]


@pytest.mark.parametrize(("changes", "reason"), SILENT)
@pytest.mark.parametrize("probe", [CREATED, REFUSED])
def test_what_no_run_shows_is_not_tried_and_keeps_its_reason(probe, changes, reason):
    corpus = corpus_of(statement())
    claim, found = judged(corpus, of(probe, corpus, **changes))
    assert set(came(claim).values()) == {UNTRIED}
    assert [cell.tried.reason for cell in claim.borne[-1].cells] == [reason]
    assert (claim.verdict, found) == (Unproven(), [])


def test_a_failure_that_nobody_declared_bears_out_nothing_and_contradicts():
    declared = (stage(Status.SUPPORTED, replace(LARGE, looks=Symptom(http_status=500)), first="1.0"),)
    for stages in ((stage(Status.SUPPORTED, first="1.0"),), declared):
        fails, works = (corpus_of(statement(says=says), stages=stages) for says in (Says.FAILS, Says.WORKS))
        assert came(judged(fails, of(REFUSED, fails))[0])["3.0"] is UNTRIED
        assert came(judged(works, of(REFUSED, works))[0])["3.0"] is AGAINST


def test_a_failure_as_its_card_declares_bears_out():
    corpus = corpus_of(statement(says=Says.FAILS), stages=(stage(Status.SUPPORTED, LARGE, first="1.0"),))
    assert came(judged(corpus, of(REFUSED, corpus))[0])["3.0"] is BORNE


def test_not_all_that_is_planned_is_proven():
    corpus = corpus_of(statement())
    kept = of(CREATED, corpus)
    del kept["server/upload-it@app-2"]
    claim, found = judged(corpus, kept)
    assert came(claim) == {"1.0": UNTRIED, "2.0": UNTRIED, "3.0": BORNE}
    assert (claim.verdict, found) == (Unproven("1 of 2 runs have shown it."), [])


def test_what_holds_says_where():
    corpus = corpus_of(statement(THEIRS, contradicted=(NEW,)))
    kept = of(CREATED, corpus)
    kept["server/upload-it@app-3"] = of(REFUSED, corpus)["server/upload-it@app-3"]
    claim, _ = judged(corpus, kept)
    assert claim.verdict == Holds("borne out: 2.0; contradicted as declared: 3.0; not tried: 1.0")


SPOKEN = [
    ((), ["1.0", "2.0", "3.0"]),
    ((Interval("2.0", ""),), ["2.0", "3.0"]),
    ((NEW, Interval("1.0", "1.0")), ["1.0", "3.0"]),
    ((Interval("", "2.0"), OLD), ["1.0", "2.0"]),
]


@pytest.mark.parametrize(("intervals", "releases"), SPOKEN)
def test_a_statement_speaks_of_its_releases_once_each(intervals, releases):
    corpus = corpus_of(statement(intervals=intervals))
    assert list(came(judged(corpus, {})[0])) == releases


SEEN = "HTTP/1.1 413 Too Large"
BY_HTTP, BY_WORDS, ELSE = Symptom(http_status=413), Symptom(pattern="Too Large"), Symptom(http_status=500)
WAYS = [((BY_HTTP,), BORNE), ((BY_WORDS,), BORNE), ((ELSE,), AGAINST), ((ELSE, BY_WORDS), BORNE)]


@pytest.mark.parametrize(("symptoms", "bears"), WAYS)
def test_what_fails_must_do_so_in_one_of_the_ways_that_are_said(symptoms, bears):
    corpus = corpus_of(statement(says=Says.FAILS, symptoms=symptoms))
    claim, found = judged(corpus, of(REFUSED, corpus))
    assert came(claim) == {"1.0": UNTRIED, "2.0": bears, "3.0": bears}
    assert [each.code for each in found] == ([Code.STATEMENT_CONTRADICTED] * 2 if bears is AGAINST else [])


def test_what_fails_otherwise_is_told_with_what_was_said_and_seen():
    corpus = corpus_of(statement(says=Says.FAILS, symptoms=(ELSE, Symptom(pattern="No")), intervals=(OLD,)))
    _, (found,) = judged(corpus, of(REFUSED, corpus))
    assert found.message == (
        "The statement `uploads` says of 2.0 that this fails with HTTP 500 or “No”, "
        f"but `upload-it` under `server` in `app-2` (cards.rst:40) fails: it shows “{SEEN}”."
    )
    assert found.advice.startswith("Correct the sentence and its `symptom`, end its releases before that one, or ")


def test_what_works_contradicts_whatever_way_is_said():
    corpus = corpus_of(statement(says=Says.FAILS, symptoms=(BY_HTTP,)))
    assert came(judged(corpus, of(CREATED, corpus))[0])["3.0"] is AGAINST


@pytest.mark.parametrize(("symptom", "bears"), [(BY_HTTP, UNTRIED), (ELSE, AGAINST)])
def test_a_failure_that_nobody_declared_contradicts_another_one(symptom, bears):
    corpus = corpus_of(statement(says=Says.FAILS, symptoms=(symptom,)), stages=(stage(Status.SUPPORTED, first="1.0"),))
    assert came(judged(corpus, of(REFUSED, corpus))[0])["3.0"] is bears


def test_others_may_have_said_another_way_where_that_is_declared():
    corpus = corpus_of(statement(THEIRS, says=Says.FAILS, symptoms=(ELSE,), contradicted=(Interval("1.0", ""),)))
    claim, found = judged(corpus, of(REFUSED, corpus))
    assert (found, isinstance(claim.verdict, Holds)) == ([], True)


def test_a_setup_that_fails_must_do_so_in_the_way_that_is_said():
    for symptom, bears in ((Symptom(pattern="in use"), BORNE), (Symptom(exit_status=2), AGAINST)):
        said = statement(about=About(("proxy",)), says=Says.FAILS, symptoms=(symptom,))
        corpus = corpus_of(said, examples=(EACH,))
        assert came(judged(corpus, evidence(corpus, DOWN))[0])["3.0"] is bears


def test_a_way_that_cannot_be_read_is_told_and_nothing_is_held_against_it():
    corpus = corpus_of(statement(says=Says.FAILS, symptoms=(Symptom(pattern="(413"),)))
    claim, (found,) = judged(corpus, of(REFUSED, corpus))
    assert (found.code, "“(413” of the symptom cannot be used" in found.message) == (Code.OPTION_INVALID, True)
    assert came(claim)["3.0"] is BORNE


HELLO = Exchange("echo hello", "hello\n", Place("hello.rst", 5, "hello"))
PLAIN = Example("hello", (ConsoleStep((HELLO,), PROBE),), Place("hello.rst", 3, "hello"))


SAME, OTHER = Seen("echo hello", "hello\n", 0), Seen("echo hello", "hallo\n", 0)
BY_EXAMPLE = About(examples=("hello",))


def test_a_plain_example_bears_out_where_it_came_as_its_page_shows():
    corpus = corpus_of(statement(about=BY_EXAMPLE), examples=(replace(PLAIN, environments=("app-2", "app-3")),))
    kept = of(SAME, corpus)
    kept["hello/app-3"] = of(OTHER, corpus)["hello/app-3"]
    claim, (found,) = judged(corpus, kept)
    assert came(claim) == {"1.0": UNTRIED, "2.0": BORNE, "3.0": AGAINST}
    assert "`hello` in `app-3` (hello.rst:3) does not come out as its page shows it" in found.message


def test_a_plain_example_that_fails_as_it_should_bears_out_whatever_is_said():
    step = ConsoleStep((replace(HELLO, expected=None, status=1),), PROBE)
    failing = replace(PLAIN, steps=(step,), environments=("app-3",), symptom=Symptom(exit_status=1))
    for says in Says:
        corpus = corpus_of(statement(about=BY_EXAMPLE, says=says), examples=(failing,))
        assert came(judged(corpus, of(Seen("echo hello", "", 1), corpus))[0])["3.0"] is BORNE
        assert came(judged(corpus, of(SAME, corpus))[0])["3.0"] is AGAINST


def test_a_plain_example_must_fail_in_the_way_that_is_said():
    step = ConsoleStep((replace(HELLO, status=1),), PROBE)
    failing = replace(PLAIN, steps=(step,), environments=("app-3",), symptom=Symptom(exit_status=1))
    for status, bears in ((1, BORNE), (2, AGAINST)):
        said = statement(about=BY_EXAMPLE, says=Says.FAILS, symptoms=(Symptom(exit_status=status),))
        corpus = corpus_of(said, examples=(failing,))
        claim, found = judged(corpus, of(Seen("echo hello", "hello\n", 1), corpus))
        assert came(claim)["3.0"] is bears
        told = [each.message.partition(" says of 3.0 ")[2] for each in found]
        shown = "`hello` in `app-3` (hello.rst:3) comes out as its page shows it, and does not fail with that"
        assert told == ([f"that this fails with exit status 2, but {shown}."] if bears is AGAINST else [])


def test_a_run_without_a_release_counts_for_all():
    corpus = corpus_of(statement(about=BY_EXAMPLE, intervals=(Interval("2.0", ""),)), examples=(PLAIN,))
    claim, _ = judged(corpus, of(SAME, corpus))
    assert came(claim) == {"2.0": BORNE, "3.0": BORNE}
    assert claim.verdict == Holds("borne out: 2.0..3.0")


def test_a_site_without_releases_can_make_statements():
    corpus = corpus_of(statement(about=BY_EXAMPLE), stages=(), examples=(PLAIN,))
    settings = replace(SETTINGS, releases=Releases(), release="")
    assert judged(corpus, of(SAME, corpus), settings)[0].verdict == Holds("borne out")
    claim, (found,) = judged(corpus, of(OTHER, corpus), settings)
    assert came(claim) == {"": AGAINST}
    assert found.message.startswith("The statement `uploads` says that this works, but `hello` (hello.rst:3) does not")


def test_cells_and_examples_count_together():
    examples = (EACH, UPLOAD, replace(PLAIN, environments=("app-3",)))
    corpus = corpus_of(statement(about=replace(UPLOADS, examples=("hello",))), examples=examples)
    kept = of(CREATED, corpus)
    kept["hello/app-3"] = of(OTHER, corpus)["hello/app-3"]
    assert came(judged(corpus, kept)[0]) == {"1.0": UNTRIED, "2.0": BORNE, "3.0": AGAINST}


def test_what_nothing_will_ever_try_is_told():
    corpus = corpus_of(statement(intervals=(Interval("1.0", "1.0"),)))
    claim, (found,) = judged(corpus, {})
    assert (found.code, str(found.severity)) == (Code.STATEMENT_UNTRIED, "info")
    assert claim.verdict == Unproven()
    assert judged(corpus_of(statement()), {})[1] == []


@pytest.mark.parametrize(
    ("about", "part"),
    [
        (replace(UPLOADS, features=("upload", "download")), "feature `download`"),
        (replace(UPLOADS, examples=("hello",)), "example `hello`"),
        (replace(UPLOADS, methods=("proxy", "other")), "method `other`"),
        (replace(UPLOADS, variants=("plain", "old")), "variant `old`"),
    ],
)
def test_what_a_statement_names_that_nothing_will_ever_try_is_told(about, part):
    old = replace(SERVER, name="old", variant="old", environments=("app-2",))
    hello = replace(PLAIN, environments=("app-2",))
    corpus = corpus_of(statement(about=about, intervals=(NEW,)), examples=(EACH, old, UPLOAD, hello))
    others = Page(features=(Feature("download", "", SAID),), cards=(Card("other", "", "", (), (), SAID),))
    claim, found = judged(Corpus((*corpus.pages, others)), {})
    assert [str(each.code) for each in found] == ["statement-untried"]
    assert (
        found[0].message
        == f"No run is planned that could bear out what is said of the {part} in the statement `uploads`."
    )
    assert set(came(claim)) == {"3.0"}


def test_what_cannot_be_tested_says_why():
    words = Words("It is better.", untestable="that is a matter of taste")
    claim, found = judged(corpus_of(statement(words, About())), {})
    assert claim.verdict == Unproven("It cannot be tested: that is a matter of taste")
    assert (claim.borne, found) == ((), [])


NAMES = [
    ({"about": About(("porxy",))}, Code.METHOD_UNKNOWN, "`proxy`"),
    ({"about": replace(UPLOADS, features=("uplaod",))}, Code.FEATURE_UNKNOWN, "`upload`"),
    ({"about": replace(UPLOADS, variants=("plane",))}, Code.VARIANT_UNKNOWN, "`plain`"),
    ({"about": About(examples=("hallo",))}, Code.EXAMPLE_UNKNOWN, "`hello`"),
    ({"about": About(examples=("server",))}, Code.OPTION_INVALID, "sets up a method"),
    ({"about": About(examples=("upload-it",))}, Code.OPTION_INVALID, "no plain one"),
    ({"intervals": (Interval("2.0", "4.0"),)}, Code.RELEASE_UNKNOWN, "`4.0`"),
    ({"intervals": (Interval("3.0", "2.0"),)}, Code.OPTION_INVALID, "ends before it begins"),
    ({"contradicted": (Interval("0.5", ""),)}, Code.RELEASE_UNKNOWN, "`0.5`"),
    ({"intervals": (OLD,), "contradicted": (NEW,)}, Code.OPTION_INVALID, "beyond its releases"),
]


@pytest.mark.parametrize(("changes", "code", "words"), NAMES)
def test_names_that_nothing_has_are_told_at_the_statement(changes, code, words):
    corpus = corpus_of(statement(THEIRS, **changes), examples=(EACH, UPLOAD, PLAIN))
    (found,) = (each for each in judged(corpus, {})[1] if each.code is not Code.STATEMENT_UNTRIED)
    assert found.code is code
    assert words in found.message


def test_of_a_method_without_setups_any_variant_may_be_said():
    corpus = corpus_of(statement(about=replace(UPLOADS, variants=("other",))), examples=())
    assert [each.code for each in judged(corpus, {})[1]] == [Code.STATEMENT_UNTRIED]


@pytest.mark.parametrize(("source", "words"), [("Somebodi", "; near it are `Somebody`."), ("Us", "listed.")])
def test_a_list_of_a_source_that_no_statement_has_is_told(source, words):
    lists = tuple(StatementList(each, SAID) for each in ("", "Somebody", source))
    corpus = Corpus((*corpus_of(statement(THEIRS)).pages, Page(statement_lists=lists)))
    (found,) = judged(corpus, {})[1]
    assert found.code is Code.OPTION_INVALID
    assert found.message.startswith(f"No statement has the source `{source}`")
    assert found.message.endswith(words)


def test_two_statements_of_one_name_are_told():
    later = replace(statement(), place=Place("said.rst", 20, "said"))
    (found,) = (each for each in report(corpus_of(statement(), later), {}).findings if each.code is DUPLICATE)
    assert (found.place, "said.rst:7" in found.message) == (later.place, True)


DUPLICATE = Code.STATEMENT_DUPLICATE


def test_statements_are_told_before_anything_runs():
    corpus = corpus_of(statement(about=About(("porxy",))))
    assert Code.METHOD_UNKNOWN in {each.code for each in problems_of(corpus, SETTINGS)}


GROUPS = [
    ((BORNE, BORNE, BORNE), [Interval("1.0", "3.0")]),
    ((BORNE, AGAINST, BORNE), [Interval("1.0", "1.0"), Interval("3.0", "3.0")]),
    ((UNTRIED, BORNE, BORNE), [Interval("2.0", "3.0")]),
    ((UNTRIED, AGAINST, UNTRIED), []),
]


@pytest.mark.parametrize(("bears", "expected"), GROUPS)
def test_releases_that_follow_each_other_are_told_as_one_interval(bears, expected):
    releases = SETTINGS.releases
    found = [Borne(each.version, came) for each, came in zip(releases.items, bears, strict=True)]
    assert list(intervals(reversed(found), BORNE, releases)) == expected
