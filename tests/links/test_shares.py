"""Sharing pages out among processes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.marks import Question
from affidavit.links.shares import shares

HOSTS = st.sampled_from([f"http://{name}.example" for name in "abcdefgh"])
QUESTIONS = st.lists(st.builds(lambda host, page: Question(f"{host}/{page}"), HOSTS, st.integers(0, 99)), unique=True)


def host(question: Question) -> str:
    return question.url.split("/")[2]


@given(QUESTIONS, st.integers(1, 5))
def test_each_page_is_in_one_share_and_each_host_too(questions: list[Question], number: int) -> None:
    parts = shares(questions, number)
    assert len(parts) <= number
    assert all(parts)
    assert sorted(each.url for part in parts for each in part) == sorted(each.url for each in questions)
    hosts = [{host(each) for each in part} for part in parts]
    assert sum(map(len, hosts)) == len(set().union(*hosts))


@given(QUESTIONS, st.integers(1, 5))
def test_no_share_is_larger_than_another_by_more_than_the_largest_host(questions: list[Question], number: int) -> None:
    sizes = [len(part) for part in shares(questions, number)]
    hosts = [host(each) for each in questions]
    if len(sizes) == number:
        assert max(sizes) - min(sizes) <= max(map(hosts.count, hosts))


def test_what_is_no_address_is_asked_by_somebody() -> None:
    assert shares([Question("mailto:x")], 2) == ((Question("mailto:x"),),)
