"""What all sources of release notes must do alike: one list of projects and of bad input, for each kind of source."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.contract.note_projects import PLAIN, PROJECTS
from tests.contract.note_writers import FILES, WRITERS

from affidavit.cli.fetch import fetch
from affidavit.model.claims import NoteRef
from affidavit.model.errors import SourceError
from affidavit.model.place import Place
from affidavit.model.settings import NoteProject
from affidavit.notes.facts import Heading, Lock
from affidavit.notes.lock import dumps, loads
from affidavit.notes.lookup import Index
from affidavit.notes.references import parse_target
from affidavit.notes.rules import Resolved, resolve, verdict
from affidavit.notes.sources.opening import open_source, read_project
from affidavit.notes.sources.source import LIMIT, Surroundings
from affidavit.notes.words import fold

NOWHERE = Path("/nowhere")
HERE = Place("guide.rst", 7, "guide")

every_source = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
every_file = pytest.mark.parametrize("write", FILES.values(), ids=FILES)
every_project = pytest.mark.parametrize("project", PROJECTS.values(), ids=PROJECTS)


class Case:
    """A project as one source has it."""

    def __init__(self, folder, write, project):
        self.written = write(folder, project)
        self.releases = project if self.written.releases is None else self.written.releases
        self.declared = NoteProject("it", self.written.source, self.written.url)
        self.around = Surroundings(folder, self._fetch)

    def _fetch(self, url):
        if url not in self.written.web:
            raise SourceError("It is not there.", advice="Look elsewhere.")
        return self.written.web[url]

    def read(self, *asked):
        return read_project(self.declared, self.around, asked)

    def expected(self):
        """Return the folded text of each section, by version and title."""
        return {(each.version, part.title): fold(" ".join(part.text)) for each in self.releases for part in each.parts}


@pytest.fixture
def case(tmp_path):
    return lambda write, project: Case(tmp_path, write, project)


@pytest.fixture
def at(case):
    """Return a project read by the command's own means, once its source is moved to another place."""

    def read(write, project, place, folder):
        this = case(write, project)
        moved = replace(this.declared, source=replace(this.written.source, place=str(place)))
        return read_project(moved, Surroundings(folder, fetch))

    return read


@every_source
@every_project
def test_all_releases_and_sections_are_there(case, write, project):
    this = case(write, project)
    found = [
        (release.version, part.title)
        for series in this.read().series
        for release in series.releases
        for part in release.sections
    ]
    assert len(found) == len(set(found))
    assert set(found) == set(this.expected())


@every_source
@every_project
def test_each_section_is_resolved_by_a_name_of_its_own(case, write, project):
    this = case(write, project)
    lock = Lock((this.read(),))
    index = Index(lock)
    for version, title in this.expected():
        ref = NoteRef("it", version, title, f"{version}#{title}", HERE)
        found = resolve(ref, index)
        assert isinstance(found, Resolved), found
        assert (found.version, found.title) == (version, title)
        assert found.url.startswith(this.written.url)
        assert not any(map(str.isspace, found.url))


@every_source
@every_project
def test_a_reference_is_written_as_the_heading_is_displayed(case, write, project):
    this = case(write, project)
    index = Index(Lock((this.read(),)))
    for version, title in this.expected():
        ref = parse_target(f"it:{version}#{title}", HERE)
        assert isinstance(ref, NoteRef)
        assert isinstance(resolve(ref, index), Resolved)


@every_source
@every_project
def test_the_texts_are_the_same(case, write, project):
    this = case(write, project)
    source = open_source(this.declared, this.around)
    texts = source.texts(source.facts().headings)
    assert {(at.version, at.title): fold(text) for at, text in texts.items()} == this.expected()


@every_source
def test_of_what_is_not_there_no_text_is_given(case, write):
    this = case(write, PLAIN)
    source = open_source(this.declared, this.around)
    assert source.texts([Heading("", "7.7.7", "Fixed", "#none")]) == {}
    assert source.texts([]) == {}


@every_source
@every_project
def test_the_lock_round_trips(case, write, project):
    lock = Lock((case(write, project).read(),))
    assert loads(dumps(lock)) == lock
    assert dumps(loads(dumps(lock))) == dumps(lock)


WORDS = [("uploads of MORE than one chunk", True), ("in bytes", True), ("in bits", False)]


@every_source
@pytest.mark.parametrize(("words", "said"), WORDS)
def test_words_that_a_section_must_say_are_looked_for(case, write, words, said):
    ref = parse_target(f'it:1.1.0#fixed "{words}"', HERE)
    assert isinstance(ref, NoteRef)
    project = case(write, PLAIN).read(ref)
    assert (verdict(ref, Index(Lock((project,)))).__class__.__name__ == "Holds") is said
    (saying,) = [say for series in project.series for each in series.releases for s in each.sections for say in s.says]
    assert (saying.words, saying.found) == (words, said)


@every_source
def test_reading_again_gives_the_same(case, write):
    this = case(write, PLAIN)
    assert this.read() == this.read()


BAD = [
    ("missing", "No such file or directory"),
    ("folder", "is a folder"),
    ("huge", "more than"),
    ("ftp://example.org/x", "neither a file nor an http or https address"),
    ("", "No source is named"),
    ("empty", "."),
    ("blank", "."),
    ("binary", "."),
    ("zeros", "."),
    ("latin", "."),
    ("prose", "."),
    ("other.json", "."),
    ("page.html", "."),
    ("tags", "."),
    ("deep", "."),
]


@pytest.fixture
def bad(tmp_path):
    (tmp_path / "folder").mkdir()
    for name, content in {
        "empty": b"",
        "blank": b" \n\n\t\n",
        "binary": bytes(range(256)) * 40,
        "zeros": bytes(5000),
        "latin": "# Änderungen\n\nNichts.\n".encode("latin-1"),
        "prose": b"All is well, and nothing else is said.\n",
        "other.json": b'{"version": 1, "releases": {}}',
        "page.html": b"<!DOCTYPE html><title>404</title><h1>Not found</h1>",
        "tags": b"<div>" * 100_000,
        "deep": b"[" * 100_000,
    }.items():
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(LIMIT + 1)
    return tmp_path


@every_file
@pytest.mark.parametrize(("place", "told"), BAD, ids=[place or "nothing" for place, _ in BAD])
def test_bad_input_is_an_error_with_advice(at, bad, write, place, told):
    with pytest.raises(SourceError, match=f"The release notes of `it` cannot be read.*{told}") as raised:
        at(write, PLAIN, place, bad)
    assert raised.value.advice


@pytest.mark.parametrize("name", ["inventory", "releases"])
@pytest.mark.parametrize("left", [0.3, 0.7, 0.95])
def test_a_file_that_was_cut_short_is_told_where_that_can_be_seen(case, tmp_path, name, left):
    this = case(WRITERS[name], PROJECTS["many"])
    path = tmp_path / this.written.source.place
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * left)])
    with pytest.raises(SourceError, match="was cut short"):
        this.read()


ANSWERS = [
    ("/gone", "The server answered 404 Not Found"),
    ("/loop", "redirects without end"),
    ("/huge", "more than 16 MiB"),
    ("/short", "cut short|broke off"),
    ("/empty", "cannot be read"),
]


@pytest.fixture
def web(server, answer):
    server.answers |= {
        "/gone": answer(status=404),
        "/loop": answer(status=302, Location="/loop"),
        "/huge": answer(b" " * (LIMIT + 1)),
        "/short": answer(b"# Changelog\n", Content_Length="500"),
        "/empty": answer(b""),
    }
    return server


@pytest.fixture
def web_with(server, answer):
    """Serve a file, as the only page of what it lists, and return its address."""

    def serve(path, content):
        server.answers |= {path: answer(content), f"{path}?page=2": answer(b"[]")}
        return f"{server.url}{path}"

    return serve


@every_file
@pytest.mark.parametrize(("path", "told"), ANSWERS)
def test_an_address_that_answers_nothing_of_use_is_told(at, web, write, path, told):
    with pytest.raises(SourceError, match=told) as raised:
        at(write, PLAIN, f"{web.url}{path}", NOWHERE)
    assert raised.value.advice


@every_file
def test_a_server_that_is_not_there_is_told(at, write):
    with pytest.raises(SourceError, match="cannot be reached"):
        at(write, PLAIN, "http://127.0.0.1:9/x", NOWHERE)


@every_file
@every_project
def test_an_address_gives_what_the_file_gives(case, at, web_with, write, project):
    this = case(write, project)
    place = this.written.source.place
    url = web_with(f"/{place}", (this.around.folder / place).read_bytes())
    assert at(write, project, url, NOWHERE) == this.read()
