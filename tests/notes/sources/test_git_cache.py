"""The index of a repository: kept by what it depends on, taken only where it fits, and never in the way."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.notes.sources.repositories import Repository

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import GitNotes
from affidavit.notes.facts import Dropped, Facts, Heading, State
from affidavit.notes.reno_index import Chapter, Index, chapter_of, chapter_text, index_of, index_text
from affidavit.notes.reno_sections import Passage
from affidavit.notes.sources.git import GitSource
from affidavit.notes.sources.source import Surroundings


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    made = Repository(tmp_path_factory.mktemp("kept") / "repository").note("one", "fixes: [x]\nodd: y").tag("1.0")
    made.at("stable/one", new=True).note("late", "other: [On the branch]").at("master").note("two", "issues: [y]")
    return made.pages({"one": "stable/one", "now": ""})


@pytest.fixture
def kept(template, tmp_path):
    return template.copy(tmp_path / "repository")


def refuse(url):
    pytest.fail(f"{url} was fetched")


def source(kept, cache="cache"):
    folder = kept.path.parent
    return GitSource(GitNotes("repository"), Surroundings(folder, refuse, cache and folder / cache))


def everything(reader):
    facts = reader.facts()
    return facts, dict(reader.texts(facts.headings))


def looked(kept, monkeypatch):
    """Return how many chapters reno was asked for."""
    from affidavit.notes.sources import git_chapters  # noqa: PLC0415

    asked = []
    make = git_chapters.make_chapter

    def made(clone, listing, conf):
        asked.append(listing.page)
        return make(clone, listing, conf)

    monkeypatch.setattr(git_chapters, "make_chapter", made)
    assert everything(source(kept)) == everything(source(kept, cache=None))
    pages = asked[: len(asked) - 2]  # without those of the source that keeps nothing
    monkeypatch.undo()
    return pages


def test_an_index_is_kept_and_gives_the_same(kept, monkeypatch):
    assert looked(kept, monkeypatch) == ["now", "one"]
    assert looked(kept, monkeypatch) == []


CHANGES = [
    ("a commit", lambda made: made.note("three", "issues: [z]"), ["now"]),
    ("a tag", lambda made: made.tag("1.1"), ["now", "one"]),
    ("a branch", lambda made: made.git("branch", "stable/two"), ["now", "one"]),
    ("a commit on a branch", lambda made: made.at("stable/one").note("z", "fixes: [z]").at("master"), ["one"]),
    ("a page", lambda made: made.page("one", ":branch: stable/one", ":version: 1.0").commit(), ["now", "one"]),
    ("the configuration", lambda made: made.write("reno.yaml", "sections: [[fixes, F]]").commit(), ["now", "one"]),
    ("a branch that is merged", lambda made: made.merge("stable/one"), ["now"]),
    ("packed refs", lambda made: made.git("pack-refs", "--all"), []),
    ("the working copy", lambda made: made.write("releasenotes/notes/x-0123456789abcdef.yaml", "fixes: [x]"), []),
]


@pytest.mark.parametrize(("change", "again"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_what_has_changed_is_looked_for_again_and_no_more(kept, monkeypatch, change, again):
    looked(kept, monkeypatch)
    change(kept)
    assert looked(kept, monkeypatch) == again


def test_a_base_that_has_moved_is_seen(kept, monkeypatch):
    kept.at("stable/one").tag("1.0.1").at("master")
    looked(kept, monkeypatch)
    kept.merge("stable/one")  # nothing of the branch itself is different, except that the main one has its tag now
    assert looked(kept, monkeypatch) == ["now", "one"]


def test_the_versions_of_programs_count(kept, monkeypatch):
    looked(kept, monkeypatch)
    monkeypatch.setattr("affidavit.notes.sources.git.version", {"reno": "99", "dulwich": "99"}.get)
    assert looked(kept, monkeypatch) == ["now", "one"]


def files(kept):
    return {file.name: file for file in (kept.path.parent / "cache").rglob("*.json")}


def test_what_is_no_longer_named_is_thrown_away(kept):
    everything(source(kept))
    before = set(files(kept))
    kept.tag("1.1")
    everything(source(kept))
    assert len(files(kept)) == len(before) == 3
    assert set(files(kept)) & before == {"index.json"}


SPOILED = [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 1}', b'{"format": 99, "key": "x"}', b"[" * 100_000]


@pytest.mark.parametrize("content", SPOILED)
@pytest.mark.parametrize("which", ["index", "chapters"])
def test_a_file_that_is_spoiled_is_made_anew(kept, content, which):
    expected = everything(source(kept))
    sound = {name: file.read_bytes() for name, file in files(kept).items()}
    for name, file in files(kept).items():
        if (name == "index.json") == (which == "index"):
            file.write_bytes(content)
    assert everything(source(kept)) == expected
    assert {name: file.read_bytes() for name, file in files(kept).items()} == sound


def test_texts_are_found_again_where_a_chapter_is_gone(kept):
    expected = everything(source(kept))
    reader = source(kept)
    reader.facts()
    for name, file in files(kept).items():
        if name != "index.json":
            file.unlink()
    assert everything(reader) == expected


def test_a_folder_that_cannot_be_written_keeps_nothing(kept):
    (kept.path.parent / "cache").write_text("a file")
    assert everything(source(kept)) == everything(source(kept, cache=None))


def test_two_folders_of_one_repository_are_kept_apart(kept):
    everything(source(kept))
    with pytest.raises(SourceError, match="has no folder `other`"):
        GitSource(
            GitNotes("repository", "other"), Surroundings(kept.path.parent, refuse, kept.path.parent / "cache")
        ).facts()
    assert len(files(kept)) == 3


WARM = """
import sys
from pathlib import Path
from affidavit.model.note_sources import GitNotes
from affidavit.notes.sources.git import GitSource
from affidavit.notes.sources.source import Surroundings
folder = Path(sys.argv[1])
reader = GitSource(GitNotes("repository"), Surroundings(folder, None, folder / "cache"))
texts = reader.texts(reader.facts().headings)
print(len(texts), sorted({"dulwich", "reno"} & set(sys.modules)))
"""


def test_an_unchanged_repository_loads_neither_reno_nor_a_library_of_gits(kept):
    count = len(everything(source(kept))[0].headings)
    done = subprocess.run([sys.executable, "-c", WARM, kept.path.parent], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == f"{count} []"


WORDS = st.text(max_size=5)
HEADINGS = st.builds(Heading, WORDS, WORDS, WORDS, WORDS)
DROPPED = st.lists(
    st.builds(Dropped, WORDS, st.lists(WORDS, max_size=2).map(tuple)), max_size=2, unique_by=lambda each: each.note
).map(tuple)
STATES = st.dictionaries(WORDS, st.sampled_from(State), max_size=2).map(lambda each: tuple(each.items()))
FACTS = st.builds(Facts, st.lists(HEADINGS, max_size=3).map(tuple), STATES, DROPPED)
CHAPTERS = st.builds(
    Chapter,
    st.dictionaries(WORDS, st.none() | WORDS, max_size=2),
    st.lists(st.builds(Passage, HEADINGS, WORDS), max_size=3).map(tuple),
    DROPPED,
)


@given(WORDS, st.builds(Index, FACTS, st.lists(WORDS, max_size=2).map(tuple)), CHAPTERS)
def test_what_is_kept_is_read_back(key, index, chapter):
    assert index_of(index_text(key, index), key) == index
    assert chapter_of(chapter_text(key, chapter), key) == chapter
    assert index_of(index_text(key, index), f"{key}x") is None
    assert chapter_of(index_text(key, index), key) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda each: st.lists(each, max_size=5) | st.dictionaries(WORDS, each),
)
ENTRIES = ["headings", "states", "dropped", "chapters", "bases", "passages"]


@given(st.fixed_dictionaries({"format": st.just(1), "key": st.just("k"), **dict.fromkeys(ENTRIES, JSON)}))
def test_of_any_other_values_nothing_is_made_but_what_fits(raw):
    text = json.dumps(raw)
    assert (found := index_of(text, "k")) is None or index_of(index_text("k", found), "k") == found
    assert (chapter := chapter_of(text, "k")) is None or chapter_of(chapter_text("k", chapter), "k") == chapter
