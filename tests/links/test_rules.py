from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affidavit.links.asked import question
from affidavit.links.rules import examine
from affidavit.model.claims import Link, Term
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding

GOOD = "https://good.example/"


def term(name: str, *urls: str, line: int = 1) -> Term:
    links = tuple(Link(url, Place("glossary.rst", line + at, "glossary")) for at, url in enumerate(urls, start=1))
    return Term((name, f"{name}s"), (name, f"{name}s"), links, Place("glossary.rst", line, "glossary"))


def codes(*terms: Term) -> list[Code]:
    return [each.code for each in examine(terms)]


def only(*terms: Term) -> Finding:
    (found,) = examine(terms)
    return found


def test_good_entries_have_no_findings() -> None:
    assert examine([term("a", GOOD, "http://other.example/"), term("b", f"{GOOD}b")]) == ()


def test_no_entries_have_no_findings() -> None:
    assert examine([]) == ()


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ([], [Code.TERM_WITHOUT_REFERENCE]),
        (["mailto:a@b.example"], [Code.TERM_WITHOUT_REFERENCE, Code.URL_SCHEME]),
        (["mailto:a@b.example", GOOD], [Code.URL_SCHEME]),
        (["ftp://b.example/", "file:///b", GOOD], [Code.URL_SCHEME, Code.URL_SCHEME]),
        (["http://"], [Code.URL_MALFORMED]),
        (["www.example.org"], [Code.URL_MALFORMED]),
        (["http://a b/", GOOD], [Code.URL_MALFORMED]),
        ([GOOD, GOOD], []),
    ],
)
def test_each_entry_is_examined_by_itself(urls: list[str], expected: list[Code]) -> None:
    assert codes(term("a", *urls)) == expected


def test_an_entry_without_reference_is_named_at_its_own_place() -> None:
    found = only(term("uwsgi protocol", line=7))
    assert found.place == Place("glossary.rst", 7, "glossary")
    assert found.message == 'The term "uwsgi protocol" has no http or https link.'


def test_a_malformed_address_is_told_at_the_link_with_the_reason() -> None:
    found = only(term("a", GOOD, "http://b..example/", line=7))
    assert found.place.line == 9
    assert found.message.startswith('The address "http://b..example/" of the term "a" cannot be asked: it has two dots')


def test_a_foreign_scheme_is_told_with_its_name() -> None:
    assert only(term("a", GOOD, "ftp://b.example/")).message == (
        'The term "a" links to "ftp://b.example/": ftp is neither http nor https.'
    )


def test_one_url_on_two_terms_names_both_and_where_the_other_stands() -> None:
    found = only(term("first", "https://one.example"), term("second", "HTTPS://one.example:443/", line=20))
    assert (found.code, found.severity, found.place.line) == (Code.URL_DUPLICATE, Severity.INFO, 21)
    assert found.message == ('The terms "first" (glossary.rst:2) and "second" both link to HTTPS://one.example:443/.')


def test_each_further_term_with_the_url_is_a_finding() -> None:
    assert codes(*(term(name, GOOD) for name in "abc")) == [Code.URL_DUPLICATE, Code.URL_DUPLICATE]


def test_an_included_glossary_is_not_a_duplicate_of_itself() -> None:
    assert codes(term("a", GOOD), term("a", GOOD, line=30)) == []


def test_two_anchors_of_one_page_are_two_references() -> None:
    assert codes(term("a", f"{GOOD}#a"), term("b", f"{GOOD}#b")) == []


def test_http_is_told_where_the_host_is_linked_with_https() -> None:
    found = only(term("a", "http://Good.example/old"), term("b", f"{GOOD}new", line=20))
    assert (found.code, found.severity, found.place.line) == (Code.URL_INSECURE, Severity.INFO, 2)
    assert found.message == (
        'The term "a" links to http://Good.example/old, but glossary.rst:21 to https://good.example.'
    )


def test_the_first_https_link_of_the_host_is_named() -> None:
    found = only(term("a", "https://good.example/1", "https://good.example/2", "http://good.example/"))
    assert "but glossary.rst:2 to" in found.message


def test_one_link_told_twice_is_one_finding() -> None:
    entry = term("a", GOOD, "ftp://b.example/")
    assert codes(Term(entry.names, entry.shown, entry.links * 2, entry.place)) == [Code.URL_SCHEME]


@pytest.mark.parametrize(
    ("plain", "secure"),
    [
        ("http://good.example/", "https://www.good.example/"),
        ("http://good.example:8080/", "https://good.example/"),
        ("http://good.example/", "https://good.example:8443/"),
    ],
)
def test_http_elsewhere_or_on_a_port_of_its_own_is_let_be(plain: str, secure: str) -> None:
    assert codes(term("a", plain), term("b", secure)) == []


def test_what_cannot_be_seen_is_made_visible_on_one_line() -> None:
    found = only(term("a\n\u202eb", "http://x.example/\n\ud800"))
    assert '"http://x.example/\\n\\ud800" of the term "a\\n\\u202eb"' in found.message
    assert found.message.isprintable()


def test_an_endless_address_is_cut_in_the_message() -> None:
    assert len(only(term("a", GOOD, "data:" + "x" * 100_000)).message) < 300


TEXTS = st.text() | st.from_regex(r"[a-z]{0,6}:?/{0,2}[^/]{0,10}(/.*)?", fullmatch=True)
PLACES = st.builds(Place, st.just("glossary.rst"), st.integers(0, 9))
TERMS = st.builds(
    Term,
    st.lists(TEXTS, max_size=2).map(tuple),
    st.just(()),
    st.lists(st.builds(Link, TEXTS, PLACES)).map(tuple),
    PLACES,
)


@settings(deadline=None)
@given(st.lists(TERMS, max_size=5))
def test_any_text_is_examined_without_raising_and_told_on_one_line(terms: list[Term]) -> None:
    findings = examine(terms)
    assert all(each.message.isprintable() for each in findings)
    faulty = {each.place for each in findings if each.code in (Code.URL_MALFORMED, Code.URL_SCHEME)}
    told = {link.place for entry in terms for link in entry.links if question(link.url) is None}
    assert faulty == told
