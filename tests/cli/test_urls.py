"""Lists of URLs: which lines count, where they stand, and what is told of lists that are none."""

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from affidavit.check import World, judge
from affidavit.cli import urls
from affidavit.cli.outcome import UsageError
from affidavit.gathered import questions
from affidavit.notes.lock import Lock


@pytest.fixture
def gathered(tmp_path, monkeypatch):
    """Gather a list of these bytes, as the file ``list.txt`` of the current folder."""
    monkeypatch.chdir(tmp_path)

    def gather(data):
        (tmp_path / "list.txt").write_bytes(data)
        path = Path("list.txt")
        return urls.gather(path, urls.name_of(path))

    return gather


def places(gathered):
    return [(link.url, str(link.place)) for link in gathered.corpus.links]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"https://a.example/\n", [("https://a.example/", "list.txt:1")]),
        (b"\n# a comment\n  http://a.example/x#y  \n", [("http://a.example/x#y", "list.txt:3")]),
        (b"\xef\xbb\xbfhttps://a.example/\r\nhttps://b.example/",
         [("https://a.example/", "list.txt:1"), ("https://b.example/", "list.txt:2")]),
        ("https://例え.example/\n".encode(), [("https://例え.example/", "list.txt:1")]),
        (b"https://a.example/\nhttps://a.example/\n",
         [("https://a.example/", "list.txt:1"), ("https://a.example/", "list.txt:2")]),
    ],
)  # fmt: skip
def test_each_line_is_a_link(gathered, data, found):
    assert places(gathered(data)) == found


@pytest.mark.parametrize("line", ["example.org", "http://", "http://two words/", "//a.example/", "http://a\x00b/"])
def test_a_line_that_is_no_url_is_a_finding_at_its_place(gathered, line):
    told = gathered(f"https://a.example/\n{line}\n".encode())
    (found,) = judge(told, World(Lock(()), date(2030, 1, 1))).findings
    assert (str(found.code), str(found.place)) == ("url-malformed", "list.txt:2")
    assert found.message.isprintable()
    assert [each.url for each in questions(told)] == ["https://a.example/"]


def test_a_list_of_lines_that_are_all_no_url_is_no_wrong_usage(gathered):
    told = gathered(b"http://two words/\nhttp://\n")
    assert len(judge(told, World(Lock(()), date(2030, 1, 1))).findings) == 2


def test_what_the_web_cannot_be_asked_about_is_passed_over_and_told(gathered, capsys):
    told = gathered(b"mailto:a@b.example\nhttps://a.example/\nftp://a.example/\n")
    assert places(told) == [("https://a.example/", "list.txt:2")]
    assert capsys.readouterr().err == "affidavit: 2 lines of `list.txt` passed over: neither http nor https.\n"


@pytest.mark.parametrize("data", [b"", b"\n\n# nothing\n", b"mailto:a@b.example\n"])
def test_a_list_without_a_url_is_wrong_usage(gathered, data):
    with pytest.raises(UsageError, match=r"There is no http or https URL in `list\.txt`"):
        gathered(data)


def test_what_is_not_in_utf_8_is_told(gathered):
    with pytest.raises(UsageError, match=r"`list\.txt` is not in UTF-8"):
        gathered("https://ä.example/".encode("latin-1"))


def test_a_folder_and_a_file_that_is_not_there_are_told(tmp_path):
    with pytest.raises(UsageError, match=r"is a folder, not a list of URLs.*`--site`"):
        urls.gather(tmp_path, "folder")
    with pytest.raises(UsageError, match=r"cannot be read \(No such file"):
        urls.gather(tmp_path / "none.txt", "none.txt")


def test_standard_input_is_a_list_too(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\nhttps://a.example/\n")))
    path = urls.STANDARD_INPUT
    assert places(urls.gather(path, urls.name_of(path))) == [("https://a.example/", "<stdin>:2")]
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="URL in standard input"):
        urls.gather(path, "<stdin>")
