"""From what a site states to what is asked, and back to verdicts."""

from __future__ import annotations

import pytest

from affidavit.links.claims import judge_all, unmentioned
from affidavit.links.judge import CLOSED_NETWORK
from affidavit.links.marks import Mark, MarkKind
from affidavit.links.rules import examine
from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable
from affidavit.links.wanted import questions
from affidavit.model.claims import Corpus, Link, Page, Term
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Judged, Observed
from affidavit.model.settings import Allowed, HostRule, LinkChoice, Settings
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable

HERE = Place("index.rst", 3, "index")
DOCS, OTHER = "https://docs.example/uwsgi", "https://other.example/"
ALL = Settings(links=LinkChoice(patterns=("",)))


def term(*urls: str, names: tuple[str, ...] = ("uWSGI",)) -> Term:
    return Term(names, names, tuple(Link(url, HERE) for url in urls), HERE)


def site(*, terms: tuple[Term, ...] = (), links: tuple[str, ...] = ()) -> Corpus:
    return Corpus((Page(terms=terms, links=tuple(Link(url, HERE) for url in links)),))


def answer(url: str, status: int = 200, **page: object) -> dict[str, Observation]:
    return {url: Answered(url, url, status, 0, page=PageSeen(**page))}  # type: ignore[arg-type] # each names its own


def judged(corpus: Corpus, settings: Settings, seen: dict[str, Observation]) -> list[Judged]:
    return list(judge_all(corpus, settings, examine(corpus.terms), seen))


def test_links_of_glossaries_are_always_asked_and_others_where_the_site_wants() -> None:
    corpus = site(terms=(term(DOCS),), links=(OTHER,))
    assert [each.url for each in questions(corpus, Settings())] == [DOCS]
    assert [each.url for each in questions(corpus, ALL)] == [DOCS, OTHER]


@pytest.mark.parametrize(
    ("choice", "asked"),
    [
        (LinkChoice(patterns=("https://other",)), [DOCS, OTHER]),
        (LinkChoice(patterns=("other",)), [DOCS]),
        (LinkChoice(patterns=("https://no", "https://other")), [DOCS, OTHER]),
        (LinkChoice(patterns=("",), ignored=("https://other",)), [DOCS]),
        (LinkChoice(patterns=("",), ignored=("https://docs",)), [OTHER]),
    ],
)
def test_patterns_choose(choice: LinkChoice, asked: list[str]) -> None:
    corpus = site(terms=(term(DOCS),), links=(OTHER,))
    settings = Settings(links=choice)
    assert [each.url for each in questions(corpus, settings)] == asked
    links = [each.claim.url for each in judged(corpus, settings, {}) if isinstance(each.claim, Link)]
    assert sorted(links) == asked


def test_one_page_is_asked_once_for_all_that_is_looked_for_on_it() -> None:
    corpus = site(terms=(term(f"{DOCS}#a"),), links=(f"{DOCS}#b", DOCS))
    (only,) = questions(corpus, ALL)
    assert only.url == DOCS
    assert only.marks == {
        Mark(MarkKind.ANCHOR, "a"),
        Mark(MarkKind.ANCHOR, "b"),
        Mark(MarkKind.WORD, "uWSGI"),
    }


def test_each_link_is_judged_by_its_own_fragment() -> None:
    corpus = site(links=(f"{DOCS}#a", f"{DOCS}#b"))
    seen = answer(DOCS, present=("anchor:a",), absent=("anchor:b",), whole=True)
    first, second = judged(corpus, ALL, seen)
    assert isinstance(first.verdict, Holds)
    assert isinstance(second.verdict, Refuted)
    assert first.observed == second.observed == Observed(DOCS, 200)


def test_what_was_seen_of_a_link_without_an_answer() -> None:
    seen: dict[str, Observation] = {DOCS: Unreachable(DOCS, OTHER, Trouble.CUT_OFF, "words")}
    (only,) = judged(site(links=(DOCS,)), ALL, seen)
    assert only.observed == Observed(OTHER, 0, trouble="cut-off", reason="words")
    (unasked,) = judged(site(links=(DOCS,)), ALL, {})
    assert unasked.observed is None


def test_a_link_that_is_no_address_is_a_finding_and_one_of_another_scheme_is_none() -> None:
    (only,) = judged(site(links=("http://", "mailto:somebody@docs.example")), ALL, {})
    assert isinstance(only.verdict, Refuted)
    assert [each.code for each in only.verdict.findings] == [Code.URL_MALFORMED]


def test_a_status_is_good_where_the_settings_accept_it() -> None:
    settings = Settings(links=ALL.links, hosts=(HostRule("*.example", accept=(403,)), HostRule("docs.example")))
    (only,) = judged(site(links=(DOCS,)), settings, answer(DOCS, 403))
    assert isinstance(only.verdict, Holds)
    (other,) = judged(site(links=(DOCS,)), ALL, answer(DOCS, 403))
    assert isinstance(other.verdict, Unable)


def test_a_term_whose_page_moved_holds() -> None:
    seen: dict[str, Observation] = {DOCS: Answered(DOCS, OTHER, 200, 1, moved_to=OTHER)}
    link, of_term = judged(site(terms=(term(DOCS),)), Settings(), seen)
    assert isinstance(link.verdict, Moved)
    assert of_term.verdict == Holds(f"moved to {OTHER}")


def test_a_page_that_does_not_speak_of_the_term_is_told() -> None:
    seen = answer(DOCS, absent=("word:uWSGI",), whole=True)
    (found,) = unmentioned(site(terms=(term(DOCS),)), Settings(), seen)
    assert (found.code, found.place) == (Code.TERM_UNMENTIONED, HERE)
    assert found.message == f"The page {DOCS} does not speak of uWSGI."


def test_a_synonym_is_as_good_as_the_term() -> None:
    settings = Settings(synonyms=(("uWSGI", ("unbit",)), ("WSGI", ("gateway",))))
    corpus = site(terms=(term(DOCS),))
    (asked,) = questions(corpus, settings)
    assert {mark.text for mark in asked.marks} == {"uWSGI", "unbit"}
    seen = answer(DOCS, present=("word:unbit",), absent=("word:uWSGI",), whole=True)
    assert list(unmentioned(corpus, settings, seen)) == []


@pytest.mark.parametrize("seen", [answer(DOCS, 404, absent=("word:uWSGI",), whole=True), {}])
def test_of_a_page_that_does_not_hold_it_is_not_told_what_it_speaks_of(seen: dict[str, Observation]) -> None:
    assert list(unmentioned(site(terms=(term(DOCS),)), Settings(), seen)) == []


NO_WEB = "http://nothing.invalid/"


@pytest.mark.parametrize(
    ("url", "allowed", "told"),
    [
        ("http://127.0.0.1/page", Allowed(everything=True), Refuted),
        ("http://[fd00::1]/page", Allowed(everything=True), Refuted),
        ("http://localhost/page", Allowed(everything=True), Refuted),
        ("http://wiki.example/page", Allowed(hosts=("wiki.example",)), Refuted),
        ("http://wiki.example/page", Allowed(everything=True), Unable),
        ("http://93.184.215.14/page", Allowed(everything=True), Unable),
    ],
)
def test_where_the_web_is_out_of_reach_the_own_network_still_counts(url: str, allowed: Allowed, told: type) -> None:
    closed = Unreachable(NO_WEB, NO_WEB, Trouble.NETWORK_CLOSED, "words")
    settings = Settings(links=ALL.links, allowed=allowed)
    first, second = judged(site(links=(url, NO_WEB)), settings, answer(url, 404) | {NO_WEB: closed})
    assert isinstance(first.verdict, told)
    assert second.verdict == CLOSED_NETWORK
