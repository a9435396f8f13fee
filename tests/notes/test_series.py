"""Which release a series means."""

import pytest

from affidavit.notes.facts import Facts, Heading, gather
from affidavit.notes.series import first_releases

PAGES = [
    ({"pike": ["15.0.0", "15.0.1"], "queens": ["16.0.0"]}, {"pike": "15.0.0", "queens": "16.0.0"}),
    ({"x": ["10.0.0", "9.0.0"]}, {"x": "9.0.0"}),
    ({"x": ["16.0.1-11", "16.0.1"]}, {"x": "16.0.1"}),
    ({"x": ["16.0.0-3", "16.0.1"]}, {"x": "16.0.1"}),
    ({"2023.1": ["2023.1-eom", "26.0.0", "26.1.0"]}, {"2023.1": "26.0.0"}),
    ({"x": ["1.0.0rc1", "1.0.0.0b2", "1.0.0a1", "1.0.dev3", "1.0.1"]}, {"x": "1.0.1"}),
    ({"x": ["1.0+local", "1.0.post1", "1.1"]}, {"x": "1.1"}),
    ({"x": ["2.0", "v1.0"]}, {"x": "v1.0"}),
    ({"unreleased": ["33.0.0.0b2"], "x": ["1.0"]}, {"x": "1.0"}),
    ({"2025.2": ["31.0.0", "31.1.0"], "2026.1": ["31.0.0", "32.0.0"]}, {"2025.2": "31.0.0", "2026.1": "32.0.0"}),
    ({"b": ["31.0.0", "31.1.0"], "a": ["31.0.0", "32.0.0"]}, {"b": "31.0.0", "a": "32.0.0"}),
    ({"b": ["31.0", "31.1"], "a": ["31.0.0", "32.0.0"]}, {"b": "31.0", "a": "32.0.0"}),
    ({"old": ["1.0"], "copy": ["1.0"]}, {"copy": "1.0"}),
    ({"x": ["9" * 5000, "1.0"]}, {"x": "1.0"}),
    ({"x": ["rolling"]}, {}),
    ({}, {}),
]


@pytest.mark.parametrize(("pages", "firsts"), PAGES)
def test_a_series_means_its_first_final_release_that_no_earlier_one_has(pages, firsts):
    headings = [Heading(name, version, "A", "a") for name, found in pages.items() for version in found]
    assert first_releases(gather("p", "https://e/", Facts(tuple(headings)))) == firsts


def test_series_come_oldest_first():
    headings = [
        Heading(name, version, "A", "a") for name, version in (("2023.1", "26.0"), ("zed", "25.0"), ("pike", "9.0"))
    ]
    assert list(first_releases(gather("p", "https://e/", Facts(tuple(headings))))) == ["pike", "zed", "2023.1"]
