"""What the page that a link leads to shows, beside its status."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from affidavit.links.asked import question
from affidavit.links.marks import Mark, MarkKind, Question
from affidavit.links.rulings import Outcome
from affidavit.links.seen import Answered, PageSeen
from affidavit.links.showing import _NAMES, _STANDS_IN, fault, is_disguised, new_address, unmentioned
from affidavit.model.codes import Code

URL = "https://docs.example/guide/page.html"
GOOD = Answered(URL, URL, 200, 0, page=PageSeen(media="text/html", title="The page", words=500, whole=True))


WALL = replace(GOOD, hints=("cf-mitigated: challenge",), page=PageSeen(media="text/html", title="Wait", words=9))


def asked(url: str, *words: str) -> Question:
    question_of = question(url, words)
    assert question_of is not None
    return question_of


def page(**changes: object) -> Answered:
    return replace(GOOD, page=replace(GOOD.page, **changes))


def wrong(answered: Answered, url: str = URL) -> tuple[Outcome, Code] | None:
    found = fault(url, asked(url), answered)
    return (found.outcome, found.code) if found else None


MISSING = (Outcome.BROKEN, Code.ANCHOR_MISSING)
SOFT = (Outcome.BROKEN, Code.SOFT_404)
UNABLE = (Outcome.UNABLE, Code.LINK_UNABLE)
LIMITED = (Outcome.UNABLE, Code.RATE_LIMITED)
PART = f"{URL}#part"

CASES = {
    "a page": (URL, GOOD, None),
    "a section that is there": (PART, page(present=("anchor:part",)), None),
    "a section that is not": (PART, page(absent=("anchor:part",)), MISSING),
    "a section behind what was read": (PART, page(whole=False), UNABLE),
    "a section that is not, of a page with more to it": (PART, page(absent=("anchor:part",), whole=False), MISSING),
    "a section that scripts may make": (PART, page(absent=("anchor:part",), scripted=True), UNABLE),
    "a section that a redirect names": (PART, replace(page(present=("anchor:new",)), fragment="new"), None),
    "a section that a redirect names, and is not": (
        PART,
        replace(page(present=("anchor:part",), absent=("anchor:new",)), fragment="new"),
        MISSING,
    ),
    "a redirect that names a section for a link that does not": (
        URL,
        replace(page(absent=("anchor:new",)), fragment="new"),
        None,
    ),
    "a page that says it is not there": (URL, page(title="Page not found", heading="Page not found", words=12), SOFT),
    "the front page": (URL, replace(GOOD, final="https://docs.example/", redirects=1), SOFT),
    "the front page of another site": (URL, replace(GOOD, final="https://other.example/", redirects=1), None),
    "a section of the front page": (
        URL,
        replace(GOOD, final="https://docs.example/", redirects=1, fragment="guide"),
        None,
    ),
    "a login": (URL, replace(GOOD, final="https://docs.example/login?next=page", redirects=1), UNABLE),
    "a wall": (URL, replace(WALL, status=403), UNABLE),
    "a wall that says it is well": (URL, WALL, UNABLE),
    "gone, behind a wall": (URL, replace(WALL, status=404), None),
    "a rest that a server wants": (URL, replace(GOOD, status=503, retry_after=9), LIMITED),
    "a failure": (URL, replace(GOOD, status=503), None),
    "gone": (PART, replace(GOOD, status=404), None),
}


@pytest.mark.parametrize(("url", "answered", "expected"), CASES.values(), ids=CASES)
def test_what_a_page_shows_decides(url: str, answered: Answered, expected: tuple[Outcome, Code] | None) -> None:
    assert wrong(answered, url) == expected


def test_the_word_that_a_page_should_have_is_no_part_of_it_that_is_linked() -> None:
    assert fault(URL, asked(URL, "uWSGI"), page(absent=("word:uWSGI",))) is None


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (page(absent=("word:uWSGI", "word:uwsgi server")), True),
        (page(present=("word:uwsgi server",), absent=("word:uWSGI",)), False),
        (page(absent=("word:uWSGI",)), False),
        (page(whole=False), False),
        (page(absent=("word:uWSGI", "word:uwsgi server"), scripted=True), False),
    ],
)
def test_a_page_that_has_none_of_the_words_does_not_speak_of_the_term(answered: Answered, *, expected: bool) -> None:
    assert unmentioned(asked(URL, "uWSGI", "uwsgi server"), answered) == expected


def test_where_no_words_are_asked_for_none_is_missed() -> None:
    assert not unmentioned(asked(URL), GOOD)


@pytest.mark.parametrize(
    ("url", "moved_to", "expected"),
    [
        (URL, "", ""),
        (URL, "https://new.example/", "https://new.example/"),
        (PART, "https://new.example/", "https://new.example/#part"),
        (PART, "https://new.example/#other", "https://new.example/#other"),
        (URL, URL.replace("docs", "DOCS"), ""),
        ("https://docs.example/another.html", "https://new.example/", ""),
        ("mailto:x", URL, ""),
    ],
)
def test_a_new_address(url: str, moved_to: str, expected: str) -> None:
    assert new_address(url, replace(GOOD, moved_to=moved_to)) == expected


@pytest.mark.parametrize(("absent", "fragment"), [((), "#part"), (("anchor:part",), ""), (("anchor:other",), "#part")])
def test_no_link_is_to_lead_to_a_part_that_is_not_there(absent: tuple[str, ...], fragment: str) -> None:
    moved = replace(GOOD, moved_to="https://new.example/#part", page=replace(GOOD.page, absent=absent))
    assert new_address(f"{GOOD.url}#own", moved) == f"https://new.example/{fragment}"


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (GOOD, False),
        (page(title="Page not found", heading="Page not found", words=12), True),
        (replace(GOOD, final="https://docs.example/", redirects=1), True),
        (WALL, True),
    ],
)
def test_a_page_in_place_of_another(answered: Answered, *, expected: bool) -> None:
    assert is_disguised(answered) == expected


def test_each_kind_of_mark_has_a_name_for_readers() -> None:
    for kind in set(MarkKind) - {MarkKind.WORD}:
        found = fault(URL, Question(URL, frozenset({Mark(kind, "7")})), page(absent=(f"{kind}:7",)))
        assert found
        assert found.reason.startswith("the page has no ")
        assert found.reason.endswith(" 7")


def test_of_all_that_a_link_may_point_to_it_is_known_where_that_stands() -> None:
    assert set(_STANDS_IN) == set(_NAMES) == set(MarkKind) - {MarkKind.WORD}
