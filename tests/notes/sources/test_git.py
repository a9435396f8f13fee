"""The git source answers what reno itself answers: by its directive in a build of Sphinx, and by its report."""

import re

import pytest
from tests.notes.sources.repositories import Repository, many_series, note_path

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import GitNotes
from affidavit.notes.facts import Dropped, State
from affidavit.notes.inventory import facts_of, sections
from affidavit.notes.sources.git import GitSource
from affidavit.notes.sources.source import Surroundings
from affidavit.notes.words import fold


def refuse(url):
    pytest.fail(f"{url} was fetched")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return many_series(tmp_path_factory.mktemp("many") / "repository")


def source(repository, folder="releasenotes", cache=None):
    return GitSource(GitNotes(repository.path.name, folder), Surroundings(repository.path.parent, refuse, cache))


def by_target(headings):
    return sorted(headings, key=lambda each: each.target)


def rows(repository, folder="releasenotes"):
    return {(each.series, each.version, each.title) for each in source(repository, folder).facts().headings}


def test_sections_are_those_of_a_build_with_renos_directive(many, tmp_path):
    built = facts_of(sections(many.build(tmp_path)))
    found = source(many).facts().headings
    assert by_target(found) == by_target(built.headings)
    assert {each.series for each in found} >= {"alpha", "früh", "unreleased"}


PAGES = ["stable/alpha", "stable/beta", "unmaintained/gamma", "stable/delta", "stable/früh", "stable/2023.1/x", ""]


@pytest.mark.parametrize("branch", PAGES)
def test_texts_are_those_of_renos_report(many, branch):
    report = many.report("--title=", *([f"--branch={branch}"] if branch else []))
    reader = source(many)
    headings = [each for each in reader.facts().headings if _is_of(each, branch)]
    texts = reader.texts(headings)
    ours = {(each.version, each.title): fold(texts[each]) for each in headings}
    assert ours == dict(_report(report))
    assert ours


def _is_of(heading, branch):
    return heading.series == {"": "unreleased", "stable/2023.1/x": "slashes"}.get(branch, branch.rpartition("/")[-1])


def _report(text):
    """Give the sections of a report, and their words; comments name the note that an item is from."""
    version = ""
    for part in re.split(r"^\.\. _relnotes_.*:\n\n", text, flags=re.MULTILINE)[1:]:
        title, underline, body = part.split("\n", 2)
        if underline.startswith("="):
            version = title
        else:
            yield (version, title), fold(re.sub(r"^\.\. .*$", "", body, flags=re.MULTILINE))


def test_a_text_that_nobody_wants_is_not_given(many):
    reader = source(many)
    one = next(each for each in reader.facts().headings if each.title == "Prelude")
    assert reader.texts([one]) == {one: "It begins.\n"}
    assert reader.texts([]) == {}


def test_notes_that_reno_drops_are_told(many):
    assert source(many).facts().dropped == (
        Dropped(note_path("gamma"), ("unknown",)),
        Dropped(note_path("gamma-fix"), ("bugs", "wants")),
    )


def test_a_series_is_as_open_as_what_is_left_of_its_branch(many):
    states = dict(source(many).facts().states)
    assert states == {
        "alpha": State.OPEN, "beta": State.OPEN, "gamma": State.UNMAINTAINED, "delta": State.CLOSED, "früh": State.OPEN,
        "slashes": State.OPEN, "unreleased": State.OPEN,
        "origin": State.UNMAINTAINED,  # there is no such remote, and reno looks for the tag first
    }  # fmt: skip


# What a directive says, and the releases that its page has then.
OPTIONS = [
    ((), ["1.0.0", "2.0.0"]),
    ((":earliest-version: 2.0.0",), ["2.0.0"]),
    ((":version: 1.0.0",), ["1.0.0"]),
    ((":version: 2.0.0, 1.0.0", ":branch: master"), ["1.0.0", "2.0.0"]),
    ((":branch: stable/one",), ["1.0.0", "1.0.1", "1.0.1-1"]),
    ((":branch: stable/one", ":unreleased-version-title: To come"), ["1.0.0", "1.0.1", "To come"]),
    ((":notesdir: other",), ["2.0.0"]),
    ((":relnotessubdir: elsewhere",), ["2.0.0"]),
    ((":ignore-notes: " + note_path("two").rpartition("/")[-1],), ["1.0.0"]),
    ((":collapse-pre-releases:", ":stop-at-branch-base:"), ["1.0.0", "2.0.0"]),
    ((":reporoot: .",), ["1.0.0", "2.0.0"]),
    ((":branch:",), ["1.0.0", "2.0.0"]),
]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    made = Repository(tmp_path_factory.mktemp("small") / "repository")
    made.note("candidate", "features: [x]").tag("1.0.0.0rc1").note("one", "features: [x]").tag("1.0.0")
    made.at("stable/one", new=True).note("fix", "fixes: [x]").tag("1.0.1").note("late", "fixes: [x]").at("master")
    made.note("other", "features: [x]", folder="releasenotes/other")
    made.note("else", "features: [x]", folder="elsewhere/notes").note("two", "features: [x]").tag("2.0.0")
    return made


@pytest.fixture
def small(template, tmp_path):
    return template.copy(tmp_path / "repository")


@pytest.mark.parametrize(("options", "releases"), OPTIONS)
def test_options_of_the_directive_count(small, tmp_path, options, releases):
    small.pages({}).page("index", *options).commit()
    found = source(small).facts().headings
    assert sorted({each.version for each in found}) == releases
    assert by_target(found) == by_target(facts_of(sections(small.build(tmp_path / "out"))).headings)


def test_a_title_of_the_pages_own_is_in_its_anchors(small, tmp_path):
    small.pages({}).page("index", ":branch: stable/one", title="Our notes").commit()
    found = source(small).facts().headings
    assert "index.html#our-notes-1-0-1-stable-one-bug-fixes" in {each.target for each in found}
    assert by_target(found) == by_target(facts_of(sections(small.build(tmp_path / "out"))).headings)


CONFIGURED = [
    "sections: [[features, 'New: and better'], [fixes, Mended, 2]]",
    "sections: [[features, Neues für alle]]\nprelude_section_name: release_summary",
    "unreleased_version_title: To come",
    "notesdir: other",
    "release_tag_re: '1[.].*'\nearliest_version: 1.0.0",
    "default_branch: stable/one",
    "branch: stable/one",
    "ignore_notes: [" + note_path("two").rpartition("/")[-1] + "]",
    "no_such_option: 1",
    "",
]


@pytest.mark.parametrize("text", CONFIGURED)
def test_renos_own_configuration_counts(small, tmp_path, text):
    small.note("summary", "release_summary: S\nprelude: P")
    small.pages({}).write("releasenotes/config.yaml", text).page("index").commit()
    found = source(small).facts().headings
    anchored = [each for each in found if "#" in each.target]
    assert by_target(anchored) == by_target(facts_of(sections(small.build(tmp_path / "out"))).headings)
    assert len(anchored) == len(found) or "New: and better" in {each.title for each in found}


def test_the_configuration_beside_the_notes_comes_first(small):
    small.write("reno.yaml", "notesdir: other").commit()
    assert {release for _, release, _ in rows(small)} == {"2.0.0"}
    small.write("releasenotes/config.yaml", "notesdir: nowhere\nbranch: stable/one").commit()
    with pytest.raises(SourceError, match="no release notes in the folder `releasenotes`"):
        rows(small)


def test_without_pages_there_is_one_for_each_series_branch(small):
    assert rows(small) == {
        ("one", "1.0.0", "New Features"),
        ("one", "1.0.1", "Bug Fixes"),
        ("one", "1.0.1-1", "Bug Fixes"),
        ("unreleased", "2.0.0", "New Features"),
    } | {("unreleased", "1.0.0", "New Features")}


def test_without_pages_and_series_there_is_one_page_for_the_branch(tmp_path):
    made = Repository(tmp_path / "repository").note("one", "fixes: [x]")
    assert rows(made) == {("master", "0.0.0", "Bug Fixes")}
    made.at("main", new=True)
    assert {each.target for each in source(made).facts().headings} == {"main.html#relnotes-0-0-0-bug-fixes"}


def test_series_of_one_last_name_keep_their_whole_names(tmp_path):
    made = Repository(tmp_path / "repository").note("one", "fixes: [x]").tag("1.0")
    made.at("stable/a/x", new=True).at("stable/b/x", new=True).at("master")
    assert {series for series, *_ in rows(made)} == {"stable/a/x", "stable/b/x", "unreleased"}


def test_a_page_may_list_several_branches(small, tmp_path):
    small.pages({}).page("index", ":branch: stable/one")
    text = (small.path / "releasenotes/source/index.rst").read_text(encoding="utf-8")
    small.write("releasenotes/source/index.rst", f"{text}\n.. release-notes::\n   :branch: master\n").commit()
    found = source(small).facts()
    assert {each.target.count("stable-one") for each in found.headings} == {0, 1}
    assert by_target(found.headings) == by_target(facts_of(sections(small.build(tmp_path / "out"))).headings)


def test_what_is_not_committed_is_no_part_of_the_answer(small):
    before = rows(small)
    small.write(note_path("wip"), "features: [x]").write("releasenotes/config.yaml", "notesdir: other")
    small.git("add", note_path("wip"))
    assert rows(small) == before


def _bare(small, place):
    small.git("clone", "--quiet", "--bare", ".", str(place))


def _worktree(small, place):
    small.git("worktree", "add", "--quiet", "--detach", str(place))


def _packed(small, place):
    small.git("pack-refs", "--all")
    small.git("gc", "--quiet")
    small.path.rename(place)


def _clone(small, place):
    small.git("clone", "--quiet", ".", str(place))


def _submodule(small, place):
    outer = Repository(place.parent / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(small.path), "inner")
    place.symlink_to(outer.path / "inner")


def _alternates(small, place):
    small.git("clone", "--quiet", "--shared", "--bare", ".", str(place))


def _named_oddly(small, place):
    small.path.rename(place.parent / "ein Ordner, größer")
    place.symlink_to(place.parent / "ein Ordner, größer")


SHAPES = [_bare, _worktree, _packed, _clone, _submodule, _alternates, _named_oddly]


@pytest.mark.parametrize("make", SHAPES)
def test_every_shape_of_a_repository_gives_the_same(small, tmp_path, make):
    before = rows(small.pages({"one": "stable/one", "unreleased": ""}))
    place = tmp_path / "place"
    make(small, place)
    found = GitSource(GitNotes(str(place)), Surroundings(tmp_path, refuse)).facts().headings
    assert {(each.series, each.version, each.title) for each in found} == before


def test_of_two_tags_of_one_second_the_last_by_name_counts(tmp_path):
    made = Repository(tmp_path / "repository").note("one", "fixes: [x]")
    for name in ("1.3", "1.1", "1.2"):
        made.git("tag", name)
    assert rows(made) == {("master", "1.3", "Bug Fixes")}
