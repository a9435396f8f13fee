"""A folder of html as the command takes it: what is gathered, and what is told to who names the wrong one."""

from pathlib import Path

import pytest

from affidavit.cli.finished import gather
from affidavit.cli.outcome import UsageError
from affidavit.gathered import questions


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "html").mkdir()
    return tmp_path / "html"


def url_of(judged):
    return judged.claim.url


def test_links_inside_are_judged_and_those_of_the_web_are_to_be_asked(folder):
    (folder / "a.html").write_text(
        '<a href="a.html"><a href="gone.html">\n<a href="https://example.org/x#y"><a href="mailto:x@y">'
    )
    gathered = gather(folder, 1)
    assert sorted(map(url_of, gathered.judged)) == ["a.html", "gone.html"]
    assert [(each.url, str(each.place)) for each in gathered.corpus.links] == [("https://example.org/x#y", "a.html:2")]
    assert [each.url for each in questions(gathered)] == ["https://example.org/x"]
    assert gathered.problems == ()


def test_the_place_of_a_site_can_be_given(folder):
    (folder / "a.html").write_text('<a href="https://example.org/docs/b.html">')
    assert len(gather(folder, 1).corpus.links) == 1
    gathered = gather(folder, 1, "https://example.org/docs/")
    assert (len(gathered.judged), gathered.corpus.links) == (1, ())


USELESS = [
    ("nowhere", "", "There is no folder"),
    ("html/a.txt", "", "is no folder"),
    ("html", "", "There is no html page"),
    ("html", "example.org", "is no address"),
    ("html", "https://[::1/", "is no address"),
]


@pytest.mark.parametrize(("name", "base", "told"), USELESS)
def test_what_is_no_site_is_told(folder, name, base, told):
    (folder / "a.txt").write_text("<a href=b>")
    with pytest.raises(UsageError, match=told):
        gather(folder.parent / name, 1, base)


def test_a_folder_that_may_not_be_read_is_told(folder, monkeypatch):
    def refuse(*_, **_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("affidavit.cli.finished.look", refuse)
    with pytest.raises(UsageError, match="Permission denied"):
        gather(folder, 1)


def test_the_current_folder_can_be_named(folder, monkeypatch):
    (folder / "a.html").write_text('<a href="a.html">')
    monkeypatch.chdir(folder)
    assert [str(each.claim.place) for each in gather(Path(), 1).judged] == ["a.html"]
