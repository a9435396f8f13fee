"""Lists of releases behind addresses: how many pages are asked for, and when it is enough."""

import json

import pytest

from affidavit.cli.fetch import fetch
from affidavit.model.errors import SourceError
from affidavit.model.note_sources import ReleaseList
from affidavit.model.settings import NoteProject
from affidavit.notes.sources import releases
from affidavit.notes.sources.opening import open_source
from affidavit.notes.sources.source import Surroundings

URL = "https://example.org/releases/"


def listing(*tags):
    return json.dumps(
        [{"tag_name": tag, "html_url": f"{URL}tag/{tag}", "body": "## Fixed\n- A\n", "draft": False} for tag in tags]
    ).encode()


@pytest.fixture
def read(server, tmp_path):
    """Read the list at a path and return the versions, sorted, and what the server was asked."""

    def call(path):
        source = open_source(NoteProject("it", ReleaseList(f"{server.url}{path}"), URL), Surroundings(tmp_path, fetch))
        versions = sorted(heading.version for heading in source.facts().headings)
        return versions, [asked for asked, _ in server.asked]

    return call


def test_pages_are_asked_for_until_one_is_empty(server, answer, read):
    server.answers |= {
        "/r": answer(listing("3", "2")),
        "/r?page=2": answer(listing("1")),
        "/r?page=3": answer(b"[]"),
    }
    assert read("/r") == (["1", "2", "3"], ["/r", "/r?page=2", "/r?page=3"])


def test_what_the_address_asks_is_kept(server, answer, read):
    server.answers |= {"/r?per_page=100": answer(listing("1")), "/r?per_page=100&page=2": answer(b"[]")}
    assert read("/r?per_page=100") == (["1"], ["/r?per_page=100", "/r?per_page=100&page=2"])


def test_an_address_that_names_its_page_is_all(server, answer, read):
    server.answers["/r?page=1"] = answer(listing("1"))
    assert read("/r?page=1") == (["1"], ["/r?page=1"])


def test_a_server_that_knows_no_pages_is_asked_twice(server, answer, read):
    server.answers |= {"/r": answer(listing("1", "2")), "/r?page=2": answer(listing("1", "2"))}
    assert read("/r") == (["1", "2"], ["/r", "/r?page=2"])


def test_a_page_of_drafts_is_not_the_last(server, answer, read):
    draft = listing("9").replace(b'"draft": false', b'"draft": true')
    pages = {"/r": listing("2"), "/r?page=2": draft, "/r?page=3": listing("1"), "/r?page=4": b"[]"}
    server.answers |= {path: answer(body) for path, body in pages.items()}
    assert read("/r")[0] == ["1", "2"]


def test_a_page_that_fails_fails_all(server, answer, read):
    server.answers |= {"/r": answer(listing("1")), "/r?page=2": answer(status=500)}
    with pytest.raises(SourceError, match="answered 500"):
        read("/r")


def test_there_is_an_end(server, answer, read, monkeypatch):
    monkeypatch.setattr(releases, "MOST_PAGES", 3)
    server.answers |= {"/r": answer(listing("1"))}
    server.answers |= {f"/r?page={page}": answer(listing(str(page))) for page in range(2, 9)}
    with pytest.raises(SourceError, match="more than 3 pages"):
        read("/r")
    assert len(server.asked) == 3


def test_all_pages_together_have_a_bound(server, answer, read, monkeypatch):
    monkeypatch.setattr(releases, "LIMIT", 200)
    server.answers |= {"/r": answer(listing("1")), "/r?page=2": answer(listing("2"))}
    with pytest.raises(SourceError, match="more than"):
        read("/r")


def test_an_address_is_asked_once_for_sections_and_texts(server, answer, tmp_path):
    server.answers |= {"/r?page=1": answer(listing("1"))}
    source = open_source(NoteProject("it", ReleaseList(f"{server.url}/r?page=1"), URL), Surroundings(tmp_path, fetch))
    assert [text.strip() for text in source.texts(source.facts().headings).values()] == ["A"]
    assert len(server.asked) == 1
