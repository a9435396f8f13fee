"""Lists of releases: what is read of them, and what is refused."""

import json

import pytest

from affidavit.model.errors import SourceError
from affidavit.notes.documents.releases import Release, listed, texts

URL = "https://example.org/releases/"
ENTRY = {"tag_name": "v1.0", "html_url": f"{URL}tag/v1.0", "body": "## Fixed\n\n- A\n", "draft": False}


def read(*entries):
    return listed(json.dumps(entries).encode())


def test_drafts_are_left_out_and_counted():
    found = read(ENTRY, {**ENTRY, "draft": True}, {"draft": True})
    assert (found.number, found.releases) == (3, (Release("v1.0", f"{URL}tag/v1.0", "## Fixed\n\n- A\n"),))


def test_a_release_need_not_have_notes():
    assert [each.body for each in read({**ENTRY, "body": None}, {**ENTRY, "body": ""}).releases] == ["", ""]


def test_sections_stand_on_the_page_of_their_release():
    (heading,) = texts(read(ENTRY).releases, URL)
    assert (heading.version, heading.title, heading.target) == ("v1.0", "Fixed", "tag/v1.0")


def test_half_of_a_surrogate_pair_is_replaced():
    raw = json.dumps([{**ENTRY, "tag_name": "v\ud800"}]).encode()
    assert listed(raw).releases[0].tag == "v?"


@pytest.mark.parametrize("page", ["https://example.com/releases/tag/v1.0", "https://example.org/tag/v1.0"])
def test_a_page_elsewhere_says_which_url_to_set(page):
    with pytest.raises(SourceError, match="not below the `url`") as raised:
        texts(read({**ENTRY, "html_url": page}).releases, URL)
    assert raised.value.advice == f"Set `url` to `{page.removesuffix('tag/v1.0').rstrip('/')}/`."


BAD = [
    (b"", "is empty"),
    (b"  \n", "is empty"),
    (b"<!DOCTYPE html>", "web page, not JSON"),
    (b"\xff\xfe[", "no text in UTF-8"),
    (b'{"message": "API rate limit exceeded for 1.2.3.4."}', "API rate limit exceeded"),
    (b'{"releases": []}', "not a list of releases"),
    (b'"text"', "not a list of releases"),
    (b"[1]", "Entry 1 is no release"),
    (b"[{}]", "Entry 1 lacks `tag_name`"),
    (b'[{"tag_name": "v1"}]', "Entry 1 lacks `html_url`"),
    (b'[{"tag_name": 7, "html_url": "x"}]', "Entry 1 lacks `tag_name`"),
    (b'[{"tag_name": "1", "html_url": "x", "body": 7}]', "`body` of entry 1 is no text"),
    (b'[{"tag_name": "1"', "cut short"),
    (b"[nonsense]", "no JSON: see line 1"),
    (b"[" * 100_000, "nested too deeply|cut short"),
    (b"[" + b"1" * 5000 + b"]", "number that is too long"),
]


@pytest.mark.parametrize(("content", "told"), BAD)
def test_what_is_no_list_is_refused(content, told):
    with pytest.raises(SourceError, match=told) as raised:
        listed(content)
    assert raised.value.advice


@pytest.mark.parametrize("body", ["", "No headings here.", "**Fixed**\n\n- A"])
def test_releases_without_any_section_are_refused(body):
    with pytest.raises(SourceError, match="None of the releases has a section"):
        texts(read({**ENTRY, "body": body}).releases, URL)
