"""Repositories and notes that cannot be read: each is told in a sentence, with what to do, and none is a traceback."""

import os
import shutil
from contextlib import suppress
from importlib.metadata import PackageNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.notes.sources.repositories import Repository, note_path

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import GitNotes
from affidavit.notes.sources.git import GitSource
from affidavit.notes.sources.source import Surroundings


def refuse(url):
    pytest.fail(f"{url} was fetched")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    made = (
        Repository(tmp_path_factory.mktemp("good") / "repository")
        .note("one", "fixes: [x]")
        .tag("1.0")
        .note("two", "fixes: [x]")
    )
    return made.pages({"one": "stable/one", "now": ""}).at("stable/one", new=True).at("master")


@pytest.fixture
def good(template, tmp_path):
    return template.copy(tmp_path / "repository")


def read(folder, place="repository", notes="releasenotes"):
    source = GitSource(GitNotes(place, notes), Surroundings(folder, refuse))
    facts = source.facts()
    source.texts(facts.headings)
    return facts


def _nothing(good):
    shutil.rmtree(good.path)


def _no_repository(good):
    shutil.rmtree(good.path / ".git")


def _empty(good):
    _nothing(good)
    Repository(good.path)


def _unborn(good):
    good.git("checkout", "--quiet", "--orphan", "other")


def _shallow(good):
    good.git("clone", "--quiet", "--depth=1", f"file://{good.path}", str(good.path.parent / "shallow"))
    good.path.rename(good.path.parent / "deep")
    (good.path.parent / "shallow").rename(good.path)


def _circle(good):
    good.git("symbolic-ref", "refs/heads/a", "refs/heads/b")
    good.git("symbolic-ref", "refs/heads/b", "refs/heads/a")


def _head_circle(good):
    (good.path / ".git/HEAD").write_text("ref: HEAD\n")


def _ref_to_itself(good):
    (good.path / ".git/refs/heads/me").write_text("ref: refs/heads/me\n")


def _damaged_ref(good):
    (good.path / ".git/refs/heads/stable/one").write_text("")


def _binary_ref(good):
    (good.path / ".git/refs/heads/stable/one").write_bytes(b"\x00\xff" * 20)


def _damaged_packed_refs(good):
    good.git("pack-refs", "--all")
    packed = good.path / ".git/packed-refs"
    packed.write_text(packed.read_text().replace(" refs/heads/stable", "0 refs/heads/stable"))


def _endless_ref(good):
    (good.path / ".git/refs/heads/stable/one").write_text("0" * 100_000)


def _reftable(good):
    (good.path / ".git/reftable").mkdir()


def _gone_worktree(good):
    shutil.rmtree(good.path / ".git")
    (good.path / ".git").write_text("gitdir: /nowhere/at/all\n")


def _odd_git_file(good):
    shutil.rmtree(good.path / ".git")
    (good.path / ".git").write_bytes(b"\x00\xff")


def _no_folder(good):
    good.git("mv", "releasenotes", "elsewhere")
    good.commit()


def _no_notes(good):
    good.git("checkout", "--quiet", "--orphan", "fresh")
    good.git("rm", "-r", "--quiet", "--force", "releasenotes")
    good.page("one").commit()


def _no_branch(good):
    good.git("branch", "-D", "stable/one")


def _no_main_branch(good):
    good.git("branch", "--move", "main")


def _no_version(good):
    good.page("one", ":version: 9.9").commit()


def _no_earliest(good):
    good.page("one", ":earliest-version: 9.9").commit()


def _odd_option(good):
    good.page("one", ":branch: master", ":colour: red").commit()


def _missing_object(good):
    name = good.git("rev-parse", f"HEAD:{note_path('one')}")
    (good.path / ".git/objects" / name[:2] / name[2:]).unlink()


def _damaged_object(good):
    name = good.git("rev-parse", f"HEAD:{note_path('one')}")
    file = good.path / ".git/objects" / name[:2] / name[2:]
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:10])


def _damaged_commit(good):
    name = good.git("rev-parse", "HEAD~1")
    file = good.path / ".git/objects" / name[:2] / name[2:]
    file.chmod(0o644)
    file.write_bytes(b"x" * 20)


def _damaged_pack(good):
    good.git("gc", "--quiet")
    (file,) = (good.path / ".git/objects/pack").glob("*.pack")
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _partial(good):
    good.git("config", "uploadpack.allowFilter", "true")
    place = str(good.path.parent / "partial")
    good.git("clone", "--quiet", "--bare", "--filter=blob:none", f"file://{good.path}", place)
    good.path.rename(good.path.parent / "whole")
    (good.path.parent / "partial").rename(good.path)


def _submodule(good):
    good.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(good.path), "inner")
    good.git("rm", "-r", "--quiet", "releasenotes")
    good.git("mv", "inner", "releasenotes")
    good.commit()


def _notes_in_submodule(good):
    good.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(good.path), "inner")
    good.git("rm", "-r", "--quiet", "releasenotes/notes")
    good.git("mv", "inner", "releasenotes/notes")
    good.commit()


def _tag_of_a_file(good):
    good.git("tag", "odd", f"HEAD:{note_path('one')}")


def _branch_of_a_tree(good):
    tree = good.git("rev-parse", "HEAD^{tree}")
    (good.path / ".git/refs/heads/stable/one").write_text(tree + "\n")


def _odd_format(good):
    good.git("config", "core.repositoryformatversion", "7")


def _odd_config(good):
    (good.path / ".git/config").write_text("[core\n")


def _configuration(text):
    def spoil(good):
        good.write("releasenotes/config.yaml", text).commit()

    return spoil


def _second_of_one_name(good):
    good.write(note_path("a"), "fixes: [x]").write(note_path("a").replace("/a-", "/b-"), "fixes: [x]").commit()


def _fifo(good):
    (good.path / ".git/HEAD").unlink()
    os.mkfifo(good.path / ".git/HEAD")


REPOSITORIES = [
    (_nothing, "There is no folder"),
    (_no_repository, "There is no git repository"),
    (_empty, "it is empty"),
    (_unborn, "it is empty"),
    (_shallow, r"The clone is shallow.*--unshallow"),
    (_circle, r"The symbolic ref `refs/heads/[ab]` leads in a circle"),
    (_head_circle, "."),
    (_ref_to_itself, "`refs/heads/me` leads in a circle"),
    (_damaged_ref, "The ref `refs/heads/stable/one` is damaged"),
    (_binary_ref, "The ref `refs/heads/stable/one` is damaged"),
    (_damaged_packed_refs, "The ref `refs/heads/stable/one` is damaged"),
    (_endless_ref, "too long to be git's"),
    (_reftable, "git refs migrate"),
    (_gone_worktree, "names no folder that is there"),
    (_odd_git_file, "names no folder that is there"),
    (_no_folder, "has no folder `releasenotes`"),
    (_no_notes, "There are no release notes in the folder `releasenotes`"),
    (_no_branch, "The page `one` lists the branch `stable/one`, which the clone does not have"),
    (_no_main_branch, r"The page `now` cannot be read \(Unknown reference 'master'\)"),
    (_no_version, "The page `one` names the version `9.9`, which has no notes"),
    (_no_earliest, r"The page `one` cannot be read \(earliest-version set to unknown revision '9.9'\)"),
    (_odd_option, "The page `one` gives its `release-notes` the option `colour`"),
    (_missing_object, "an object of the repository is missing or damaged"),
    (_damaged_object, "an object of the repository is missing or damaged"),
    (_damaged_commit, "an object of the repository is missing or damaged"),
    (_damaged_pack, "."),
    (_partial, "clone again without `--filter`"),
    (_submodule, "The folder `releasenotes` belongs to a submodule"),
    (_notes_in_submodule, "The folder `releasenotes/notes` belongs to a submodule"),
    (_tag_of_a_file, "Unrecognized tag object"),
    (_branch_of_a_tree, "."),
    (_odd_format, "."),
    (_odd_config, "."),
    (_configuration("sections: ["), r"The file `releasenotes/config.yaml:2` is no YAML"),
    (_configuration("- x"), "is no mapping of reno's options"),
    (_configuration("sections: [[a]]"), "2 or 3 values"),
    (_configuration("sections: [[a, 1]]"), "a title that is no text"),
    (_configuration("sections: 1"), "."),
    (_configuration("release_tag_re: '('"), "unterminated"),
    (_configuration("release_tag_re: 1"), "."),
    (_configuration("notesdir: 1"), "."),
    (_configuration("ignore_notes: 1\nbranch: [x]"), "."),
    (_second_of_one_name, "with the same UID"),
    (_fifo, "."),
]


@pytest.mark.parametrize(("spoil", "told"), REPOSITORIES)
def test_a_repository_that_cannot_be_read_is_told(good, tmp_path, capfd, spoil, told):
    spoil(good)
    with pytest.raises(SourceError, match=f"(?s){told}") as raised:
        read(tmp_path)
    assert raised.value.advice
    assert capfd.readouterr() == ("", "")


LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(9))
MERGES = "a0: &a0 {x: 1}\n" + "".join(f"a{n + 1}: &a{n + 1} {{<<: [{', '.join([f'*a{n}'] * 9)}]}}\n" for n in range(9))

# PyYAML 6.0.4 has a bound of its own on nesting, and tells of it in its own words.
NOTES = [
    ("fixes:\n  - x\n - y\n", ":3` is no YAML"),
    ("fixes: [x\nother: y", ":2` is no YAML"),
    ("fixes: [x]\n---\nfixes: [y]\n", ":2` is no YAML"),
    ("\n\nfixes: [\x00]", ":3` is no YAML"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "` is no YAML"),
    (b"fixes: [\xff\xfe]", "` is no YAML"),
    ("fixes: [" + "x" * 1024 * 1024 + "]", "has more than 1024 KiB"),
    ("fixes: " + "[" * 100_000, "nests more than 100|exceeded maximum nesting depth"),
    ("- " * 100_000, "nests more than 100|maximum nesting"),
    ("fixes: " + "[" * 101 + "]" * 101 + "# " + "x" * 1000, "nests more than 100"),
    (LAUGHS, "has more than 20 aliases"),
    (MERGES, "has more than 20 aliases"),
    ("fixes: &a [*a]", "lists something in its `fixes` that is no text"),
    ("fixes: &a {x: *a}\nother: *a\n? *a\n: y", "` is no YAML|cannot be read"),
    ("[x]: y", "no YAML|cannot be read"),
    ("just words", "is no mapping of sections to their texts"),
    ("", "is no mapping of sections to their texts"),
    ("- fixes", "is no mapping of sections to their texts"),
    ("fixes: ['']", "lists something in its `fixes` that is no text"),
    ("fixes: ''", "lists something in its `fixes` that is no text"),
    ("fixes: [1]", "lists something in its `fixes` that is no text"),
    ("fixes: [x: y]", "lists something in its `fixes` that is no text"),
    ("fixes: 12", "has neither a text nor a list as its `fixes`"),
    ("prelude: [x]", "has something else than a text as its `prelude`"),
    ("prelude:", "has something else than a text as its `prelude`"),
    ("fixes: [!!timestamp x]", "holds a value that cannot be read"),
    ("fixes: [!!int '']", "holds a value that cannot be read"),
    ("fixes: [2026-13-99]", "holds a value that cannot be read"),
    ("fixes: [!!python/object/apply:os.getcwd []]", "is no YAML"),
    ("fixes: [" + "9" * 5000 + "]", "holds a value that cannot be read"),
]


@pytest.mark.parametrize(("text", "told"), NOTES, ids=range(len(NOTES)))
def test_a_note_that_reno_would_refuse_is_named(good, tmp_path, capfd, text, told):
    good.note("bad", text)
    good.note("fine", "fixes: [x]")
    with pytest.raises(SourceError, match=f"^The file `{note_path('bad')}.*({told})") as raised:
        read(tmp_path)
    assert raised.value.advice
    assert capfd.readouterr() == ("", "")


ODD_NOTES = [
    ("fixes: {a: b, c: d}", "a\n\nc"),
    ("fixes: text", "text"),
    ("fixes: !!set {x}", "x"),
    ("fixes:\n  - |\n    *a* & *b* " + "*c* " * 50, "*a* & *b* " + "*c* " * 50),
    ("x: &a text\nfixes: [*a, *a]", "text\n\ntext"),
    ("\ufefffixes: [Grün]", "Grün"),
    ("fixes: [Grün]".encode("utf-16"), "Grün"),
]


@pytest.mark.parametrize(("text", "says"), ODD_NOTES)
def test_what_reno_takes_is_taken(good, tmp_path, text, says):
    good.note("odd", text)
    source = GitSource(GitNotes("repository"), Surroundings(tmp_path, refuse))
    (heading,) = (each for each in source.facts().headings if each.version == "1.0-3")
    assert source.texts([heading])[heading].split("\n\n", 1) == ["x", says] or says in source.texts([heading])[heading]


EMPTY = ["fixes: []", "fixes:", "fixes: {}", "fixes: 0", "fixes: false", "other: null"]


@pytest.mark.parametrize("text", EMPTY)
def test_a_section_of_nothing_is_none(good, tmp_path, text):
    before = read(tmp_path).headings
    good.note("empty", text)
    assert {each.title for each in read(tmp_path).headings} == {each.title for each in before}


def test_an_address_is_to_be_cloned(tmp_path):
    with pytest.raises(SourceError, match=r"It is an address, not a folder\. Clone it"):
        read(tmp_path, "https://example.org/project.git")


def test_a_folder_in_a_clone_says_which_clone(good, tmp_path):
    with pytest.raises(SourceError, match=f"Name `{good.path}`, which is a clone"):
        read(tmp_path, "repository/releasenotes")


@pytest.mark.parametrize("notes", ["no such", "../x", "", "/", "releasenotes/../..", "ä\udcff", "README"])
@pytest.mark.usefixtures("good")
def test_an_odd_folder_is_none(tmp_path, notes):
    with pytest.raises(SourceError):
        read(tmp_path, notes=notes)


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser may give files away")
def test_a_repository_of_another_user_is_read_without_running_anything_of_it(good, tmp_path):
    before = read(tmp_path)
    good.git("config", "core.fsmonitor", f"touch {tmp_path}/ran")
    for file in [good.path, *good.path.rglob("*")]:
        os.chown(file, 65534, 65534, follow_symlinks=False)
    assert read(tmp_path) == before
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_repository_that_may_not_be_read_is_told(good, tmp_path):
    (good.path / ".git/HEAD").chmod(0)
    with pytest.raises(SourceError, match="Permission denied"):
        read(tmp_path)


@pytest.mark.usefixtures("good")
def test_without_reno_it_is_said_how_to_install_it(tmp_path, monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("affidavit.notes.sources.git.version", missing)
    with pytest.raises(SourceError, match=r"`reno` is not installed. Run `pip install 'affidavit\[git\]'`"):
        read(tmp_path)


@given(which=st.integers(0), at=st.integers(0), value=st.integers(0, 255))
@settings(max_examples=50)
def test_whatever_byte_is_wrong_it_is_read_or_told(template, tmp_path_factory, which, at, value):
    made = template.copy(tmp_path_factory.mktemp("spoiled") / "repository")
    files = sorted(file for file in (made.path / ".git").rglob("*") if file.is_file() and "hooks" not in file.parts)
    file = files[which % len(files)]
    content = bytearray(file.read_bytes()) or bytearray(b"\n")
    content[at % len(content)] = value
    file.chmod(0o644)
    file.write_bytes(content)
    with suppress(SourceError):
        read(made.path.parent)
