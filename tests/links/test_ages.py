"""How long an observation answers in place of the web."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.ages import DAY, LONGEST, SHORTEST, is_worth_keeping, lifetime
from affidavit.links.freshness import is_fresh
from affidavit.links.marks import Mark, MarkKind
from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable

URL = "http://docs.example/"
OF_THE_LINK = {
    Trouble.NAME_UNKNOWN,
    Trouble.CERTIFICATE_INVALID,
    Trouble.REDIRECT_UNUSABLE,
    Trouble.TOO_MANY_REDIRECTS,
}


def answered(status: int, redirects: int = 0) -> Observation:
    return Answered(URL, URL, status, redirects)


def unreachable(kind: Trouble) -> Observation:
    return Unreachable(URL, URL, kind, "words")


@pytest.mark.parametrize("kind", Trouble)
def test_trouble_is_kept_where_it_lies_with_the_link(kind):
    assert is_worth_keeping(unreachable(kind)) == (kind in OF_THE_LINK)


@pytest.mark.parametrize("status", [0, 200, 301, 404, 503, 999])
def test_every_answer_is_kept(status):
    assert is_worth_keeping(answered(status))


@pytest.mark.parametrize(
    ("observation", "fresh"),
    [
        (answered(200), True),
        (answered(299), True),
        (answered(204, redirects=3), True),
        *((answered(status), False) for status in (0, 199, 300, 301, 404, 429, 503)),
        *((unreachable(kind), False) for kind in Trouble),
    ],
    ids=str,
)
def test_only_a_good_answer_makes_a_request_needless(observation, fresh):
    assert is_fresh(observation, 0) == fresh
    assert is_fresh(observation, SHORTEST - 1) == fresh
    assert not is_fresh(observation, LONGEST)


PART, WORD = Mark(MarkKind.ANCHOR, "part"), Mark(MarkKind.WORD, "uWSGI")


@pytest.mark.parametrize(
    ("marks", "page", "fresh"),
    [
        ([PART], PageSeen(present=("anchor:part",)), True),
        ([PART], PageSeen(absent=("anchor:part",), whole=True), False),
        ([PART], PageSeen(absent=("anchor:part",), whole=True, scripted=True), True),
        ([PART], PageSeen(), False),
        ([], PageSeen(absent=("anchor:part",), whole=True), True),
        ([WORD], PageSeen(absent=("word:uWSGI",)), True),
        ([WORD], PageSeen(), False),
        ([WORD, PART], PageSeen(present=("anchor:part",)), False),
        ([WORD, PART], PageSeen(present=("anchor:part", "word:uWSGI")), True),
    ],
)
def test_a_good_answer_is_good_for_what_was_looked_for(marks, page, fresh):
    assert is_fresh(Answered(URL, URL, 200, 0, page=page), 0, marks) == fresh


def test_a_page_in_disguise_is_asked_again(monkeypatch):
    monkeypatch.setattr("affidavit.links.freshness.is_disguised", lambda answered: answered.page.title == "Gone")
    assert is_fresh(Answered(URL, URL, 200, 0, page=PageSeen(title="Here")), 0)
    assert not is_fresh(Answered(URL, URL, 200, 0, page=PageSeen(title="Gone")), 0)


def test_a_good_answer_lives_to_the_second():
    assert is_fresh(answered(200), lifetime(URL) - 1)
    assert not is_fresh(answered(200), lifetime(URL))


def test_nothing_is_known_from_the_future():
    assert not is_fresh(answered(200), -1)


@given(st.text())
def test_a_lifetime_is_about_a_week(url):
    assert SHORTEST <= lifetime(url) < LONGEST
    assert lifetime(url) == lifetime(url)


def test_links_that_were_seen_at_once_come_due_on_different_days():
    due = [lifetime(f"https://docs.example/page-{number}") for number in range(1000)]
    assert {seconds // (DAY // 4) for seconds in due} == set(range(SHORTEST // (DAY // 4), LONGEST // (DAY // 4)))


def test_a_lifetime_is_the_same_in_every_process():
    assert lifetime("https://docs.example/") == 513_389


def test_the_manual_says_what_is_so(project):
    page = (project / "doc" / "manual" / "reference" / "links.rst").read_text(encoding="utf-8")
    assert (SHORTEST, LONGEST) == (5 * DAY, 7 * DAY)
    assert "After five to seven days." in page
    assert "   * - " + ", ".join(f"``{kind}``" for kind in Trouble if kind in OF_THE_LINK) in page
