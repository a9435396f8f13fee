"""Reading a project's release notes from a file, or through whatever fetches a URL."""

import pytest
from msgspec.structs import replace
from tests.notes.inventories import PROJECT, inventory

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import Inventory
from affidavit.model.settings import NoteProject
from affidavit.notes.sources.opening import read_project
from affidavit.notes.sources.source import LIMIT, Surroundings

URL = "https://example.org/notes/objects.inv"
DECLARED = NoteProject("glance", Inventory("objects.inv"), "https://example.org/notes/")


def refuse(url):
    pytest.fail(f"{url} was fetched")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "objects.inv").write_bytes(inventory(PROJECT))
    return tmp_path


def test_a_file_is_one_below_the_folder(folder):
    project = read_project(DECLARED, Surroundings(folder, refuse))
    assert (project.name, project.url) == ("glance", "https://example.org/notes/")
    assert [series.name for series in project.series] == ["pike", "queens", "unreleased"]


def test_a_file_may_stand_elsewhere(folder, tmp_path_factory):
    elsewhere = replace(DECLARED, source=Inventory(str(folder / "objects.inv")))
    assert read_project(elsewhere, Surroundings(tmp_path_factory.mktemp("other"), refuse)) == read_project(
        DECLARED, Surroundings(folder, refuse)
    )


@pytest.mark.parametrize("url", [URL, "HTTP://example.org/objects.inv"])
def test_an_address_is_fetched_as_it_is_written(folder, url):
    asked = []

    def fetch(url):
        asked.append(url)
        return inventory(PROJECT)

    assert read_project(replace(DECLARED, source=Inventory(url)), Surroundings(folder, fetch)) == read_project(
        DECLARED, Surroundings(folder, refuse)
    )
    assert asked == [url]


BAD = [
    ("", "No source is named"),
    ("missing.inv", "No such file"),
    ("missing/objects.inv", "No such file"),
    ("objects.inv/x", "Not a directory"),
    (".", "is a folder"),
    ("\0", "null"),
    ("ftp://example.org/objects.inv", "neither a file nor an http or https address"),
    ("text.txt", "is not an inventory"),
    ("huge.inv", "more than 16 MiB"),
]


@pytest.mark.parametrize(("source", "told"), BAD)
def test_a_source_that_cannot_be_read_is_told_with_its_project(folder, source, told):
    (folder / "text.txt").write_text("text")
    with (folder / "huge.inv").open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(SourceError, match=f"release notes of `glance` cannot be read.*{told}") as raised:
        read_project(replace(DECLARED, source=Inventory(source)), Surroundings(folder, refuse))
    assert raised.value.advice


def test_what_fails_to_be_fetched_is_told_with_its_project(folder):
    def fetch(_):
        raise SourceError("It is gone.", advice="Look elsewhere.")

    with pytest.raises(SourceError, match=f"of `glance` cannot be read from `{URL}`. It is gone. Look elsewhere."):
        read_project(replace(DECLARED, source=Inventory(URL)), Surroundings(folder, fetch))


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a#b", "<a>", '"a"'])
def test_a_project_that_no_reference_could_name_is_told(folder, name):
    with pytest.raises(SourceError, match="No reference could name it"):
        read_project(replace(DECLARED, name=name), Surroundings(folder, refuse))
