"""Parting what is to be asked: even parts, and no site in two of them."""

from __future__ import annotations

import pytest

from affidavit.links.marks import Question
from affidavit.links.parts import Part, parted


def wanted(**sizes: int) -> list[Question]:
    places = {host.replace("_", "."): size for host, size in sizes.items()}
    return [Question(f"http://{place}/{n}") for place, size in places.items() for n in range(size)]


def hosts(part: Part) -> set[str]:
    return {each.url.split("/")[2] for each in part.questions}


@pytest.mark.parametrize(
    ("sizes", "most", "expected"),
    [({"a_example": 250, "b_example": 249}, 2, [499]),
     ({"a_example": 250, "b_example": 250}, 2, [250, 250]),
     ({"a_example": 1000, "b_example": 200, "c_example": 300}, 2, [1000, 500]),
     ({f"{n}_example{n}": 100 for n in range(40)}, 3, [1400, 1300, 1300]),
     ({f"{n}_example{n}": 100 for n in range(40)}, 64, [1000, 1000, 1000, 1000]),
     ({"a_example": 1000}, 2, [1000]),
     ({"a_example": 500, "b_example": 500}, 1, [1000]),
     ({}, 2, [0])],
)  # fmt: skip
def test_parts_are_even_and_no_more_than_are_worth_it(sizes: dict[str, int], most: int, expected: list[int]) -> None:
    parts = parted(wanted(**sizes), most)
    assert [len(part.questions) for part in parts] == expected
    assert sum(part.share for part in parts) == pytest.approx(1)


def test_each_address_is_in_one_part() -> None:
    every = wanted(a_example=300, b_example=200, c_example=100, d_example=400)
    parts = parted(every, 2)
    assert sorted((each for part in parts for each in part.questions), key=every.index) == every
    assert not hosts(parts[0]) & hosts(parts[1])


def test_hosts_of_a_site_stay_together() -> None:
    parts = parted(wanted(example_org=300, www_example_org=300, example_com=300, docs_example_com=300), 2)
    assert [hosts(part) for part in parts] == [
        {"example.org", "www.example.org"},
        {"example.com", "docs.example.com"},
    ]


def test_each_number_is_a_site() -> None:
    parts = parted([*wanted(**{"10_0_0_1": 300}), *wanted(**{"10_1_0_1": 300})], 2)
    assert [hosts(part) for part in parts] == [{"10.0.0.1"}, {"10.1.0.1"}]


def test_sites_of_a_part_have_their_turns_in_the_order_in_which_they_came() -> None:
    (part,) = parted(wanted(a_example=1, b_example=3, c_example=2), 1)
    assert [each.url.removeprefix("http://").replace(".example", "") for each in part.questions] == [
        "a/0",
        "b/0",
        "c/0",
        "b/1",
        "c/1",
        "b/2",
    ]
