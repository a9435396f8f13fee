from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.rewrite import Span, rewrite

OLD, NEW = "http://old.example/a", "https://new.example/b"
CHANGES = {OLD: NEW}

# A text in which {} is replaced.
STANDING = [
    "{}",
    "See {} for more.",
    "See {}.",
    "See {}, or not",
    "Is it {}?",
    "`a page <{}>`_",
    "`a page <{}>`__",
    "`{} <{}>`__",
    ".. _a page: {}",
    ".. _a page: {}\r\n.. _b: x\r\n",
    "   :target: {}\n",
    ".. image:: {}",
    "[a page]({})",
    '[a page]({} "title")',
    "[a page](<{}>)",
    "[{}]({})",
    "[a page]: {}\n",
    "<{}>",
    "<{}>{{.external}}",
    '<a href="{}">',
    "<a href='{}'>",
    "({})",
    "({}), and",
    "| {} | {} |",
    "* {}\n* {}\n",
    "{}\\ s",
    "\ufeff{}",
    "（{}）",
    "見よ。{}。",
    'docs: "{}"',
    "{}<br>",
]


@pytest.mark.parametrize("text", STANDING)
def test_a_url_that_stands_as_a_whole_is_replaced(text):
    rewritten = rewrite(text.format(OLD, OLD), CHANGES)
    assert rewritten.text == text.format(NEW, NEW)
    assert rewritten.counts == {OLD: text.count("{}")}


PART_OF_SOMETHING = [
    "{}/more",
    "{}b",
    "{}.html",
    "{}?query",
    "{}#anchor",
    "{}%20b",
    "{}-b",
    "{}_b",
    "{}_(b)",
    "{}(b)",
    "{}:80/b",
    "{}é",
    "{},b",
    "<{}/more>",
    "<{}#anchor>",
    "<{}.>",
    "[a page]({}/more)",
    "[a page]({}#anchor)",
    "https://archive.example/web/2020/{}",
    "https://archive.example/web/*/{}",
    "https://login.example/?next={}",
    "view-source:{}",
    "x{}",
    "é{}",
    "http://other.example",
    "http://OLD.example/a",
    "",
]


@pytest.mark.parametrize("text", PART_OF_SOMETHING)
def test_a_part_of_something_longer_is_left_alone(text):
    told = text.format(OLD)
    assert rewrite(told, CHANGES).text == told
    assert rewrite(told, CHANGES).counts == {}


def test_of_two_urls_the_longer_one_is_meant():
    changes = {OLD: NEW, f"{OLD}/b": "https://elsewhere.example/"}
    assert rewrite(f"{OLD} {OLD}/b {OLD}/c", changes).text == f"{NEW} https://elsewhere.example/ {OLD}/c"


def test_a_sign_at_the_end_belongs_to_a_url_that_has_it():
    changes = {OLD: NEW, f"{OLD}!": "https://elsewhere.example/"}
    assert rewrite(f"{OLD}! {OLD}, {OLD}", changes).text == f"https://elsewhere.example/ {NEW}, {NEW}"


def test_what_was_written_is_not_read_again():
    there, back = "http://a.example/", "http://b.example/"
    assert rewrite(f"{there} {back}", {there: back, back: there}).text == f"{back} {there}"


def test_parts_that_are_to_stay_do():
    text = f"{OLD} {OLD}"
    assert rewrite(text, CHANGES, [Span(0, 5)]).text == f"{OLD} {NEW}"


pieces = st.sampled_from([*"hta/<>()[]`'\".,;:_#| \n\r\té\ufeff\udc80", OLD, f" {OLD} ", f"<{OLD}>", f"({OLD}"])
texts = st.lists(pieces).map("".join)


@given(texts)
def test_all_else_stays_as_it_is(text):
    rewritten = rewrite(text, CHANGES)
    assert rewritten.text.replace(NEW, OLD) == text
    assert rewritten.text.count(NEW) == sum(rewritten.counts.values())


@given(texts)
def test_doing_it_twice_changes_nothing_more(text):
    once = rewrite(text, CHANGES).text
    assert rewrite(once, CHANGES).text == once


@given(texts, texts)
def test_a_url_between_blanks_is_always_found(before, after):
    assert rewrite(f"{before} {OLD}\n{after}", CHANGES).counts[OLD] >= 1


@given(texts)
def test_nothing_is_found_where_all_is_to_stay(text):
    assert rewrite(text, CHANGES, [Span(0, len(text))]).text == text
