"""``affidavit notes diff``: what changed upstream, whom it concerns, and how it ends."""

import json
import re

import pytest
from tests.notes.inventories import PROJECT, inventory

from affidavit.notes.changes import Kind

PAGE = """\
The site
========

:release-note:`pike#known-issues`, :release-note:`15.0.1#bug-fixes`, :release-note:`rocky#prelude`.
"""
LATER = (
    *(row for row in PROJECT if row[:3] != ("15.0.1", "stable/pike", "Bug Fixes")),
    ("15.0.1", "stable/pike", "Security Issues", "pike.html"),
    ("17.0.0", "stable/rocky", "Prelude", "rocky.html"),
    ("17.0.1", "stable/rocky", "Prelude", "rocky.html"),
)
TOLD = """\
glance: 1 new series, 1 new section, 1 section gone
  - section 15.0.1 (pike), Bug Fixes
  + section 15.0.1 (pike), Security Issues
  + series rocky: 2 releases, 2 sections
  ! {folder}/index.rst:4: `15.0.1#bug-fixes` means “Bug Fixes” of glance 15.0.1 (pike) by the lock file; by its \
source, it cannot be resolved: no such section in pike/15.0.1; there are Security Issues.
  * {folder}/index.rst:4: `rocky#prelude` means nothing by the lock file, and “Prelude” of glance 17.0.0 (rocky) by \
its source.
"""


@pytest.fixture
def locked(site, run):
    """Return a site whose lock file is up to date."""
    (site / "conf.py").write_text(f'extensions = ["affidavit"]\n{(site / "conf.py").read_text()}')
    (site / "index.rst").write_text(PAGE)
    assert run("notes", "lock", site)[0] == 0
    return site


@pytest.fixture
def later(locked):
    """Return the same site, with an inventory that has changed."""
    (locked / "objects.inv").write_bytes(inventory(LATER))
    return locked


def test_nothing_changed(locked, run):
    assert run("notes", "diff", locked) == (0, "glance: unchanged\n", "")


def test_what_changed_is_told_with_the_references_that_it_concerns(later, run, monkeypatch):
    before = sorted((path, path.stat().st_mtime_ns) for path in later.iterdir())
    monkeypatch.chdir(later.parent)
    assert run("notes", "diff", "doc") == (1, TOLD.format(folder="doc"), "")
    assert sorted((path, path.stat().st_mtime_ns) for path in later.iterdir()) == before


def test_the_file_is_clickable_from_where_the_command_runs(later, run, monkeypatch):
    monkeypatch.chdir(later)
    assert run("notes", "diff")[1] == TOLD.format(folder="").replace("! /", "! ").replace("* /", "* ")


def test_a_new_lock_file_ends_the_difference(later, run):
    assert run("notes", "lock", later)[0] == 0
    assert run("notes", "diff", later)[:2] == (0, "glance: unchanged\n")


def test_the_releases_of_a_new_series_are_listed_on_request(later, run):
    lines = run("notes", "diff", later, "--verbose")[1].splitlines()
    assert lines[3:6] == [
        "  + series rocky: 2 releases, 2 sections",
        "  + release 17.0.0 (rocky): prelude",
        "  + release 17.0.1 (rocky): prelude",
    ]


def test_programs_get_the_same_as_json(later, run):
    status, out, err = run("notes", "diff", later, "--format", "json")
    told = json.loads(out)
    (project,) = told["projects"]
    assert (status, err, told["version"]) == (1, "", 1)
    assert (project["name"], project["url"], project["state"]) == ("glance", "https://example.org/notes/", "different")
    assert {each["kind"] for each in project["changes"]} <= set(Kind)
    assert project["changes"][0] == {
        "kind": "section-removed",
        "series": "pike",
        "version": "15.0.1",
        "section": "Bug Fixes",
        "line": "- section 15.0.1 (pike), Bug Fixes",
    }
    assert [(each["target"], each["turn"], each["file"]) for each in project["references"]] == [
        ("15.0.1#bug-fixes", "broken", "index.rst"),
        ("rocky#prelude", "mended", "index.rst"),
    ]


def test_a_source_may_be_given_instead(locked, run, tmp_path, monkeypatch):
    (tmp_path / "other.inv").write_bytes(inventory(PROJECT[:1]))
    monkeypatch.chdir(tmp_path)
    status, out, _ = run("notes", "diff", locked, "--source", "glance=other.inv")
    assert (status, out.splitlines()[0]) == (1, "glance: 2 series gone, 1 release gone, 1 section gone")


def test_without_a_lock_file_everything_is_new(site, run):
    assert run("notes", "diff", site) == (
        1,
        "glance: 1 new project\n  + the whole project: 3 series, 6 releases, 7 sections\n",
        "",
    )


def test_a_lock_file_that_cannot_be_used_is_told(locked, run):
    (locked / "release-notes.lock.json").write_text("{")
    status, out, err = run("notes", "diff", locked)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "[lock-unreadable]" in err


@pytest.fixture
def two(locked):
    """Return a site of which the source of a second project cannot be read."""
    with (locked / "conf.py").open("a") as conf:
        conf.write('affidavit_release_notes["nova"] = {"inventory": "nova.inv", "url": "https://example.org/nova"}\n')
    return locked


def test_a_source_that_cannot_be_read_leaves_the_others_compared(two, run):
    status, out, err = run("notes", "diff", two)
    assert (status, out, err.count("\n")) == (3, "glance: unchanged\nnova: could not be read\n", 1)
    assert "`nova`" in err
    assert json.loads(run("notes", "diff", two, "--format", "json")[1])["projects"][1]["state"] == "unread"


def test_what_has_changed_counts_more_than_what_could_not_be_read(two, run):
    (two / "objects.inv").write_bytes(inventory(LATER))
    assert run("notes", "diff", two)[0] == 1


def test_one_project_alone_is_compared(two, run):
    assert run("notes", "diff", two, "glance") == (0, "glance: unchanged\n", "")
    status, out, err = run("notes", "diff", two, "glanse")
    assert (status, out) == (2, "")
    assert "`affidavit_release_notes` has no project `glanse`. Name one that it has: glance." in err


def test_a_project_that_no_setting_names_any_more_is_gone(locked, run):
    (locked / "nova.inv").write_bytes(inventory(PROJECT[:2]))
    conf = (locked / "conf.py").read_text()
    (locked / "conf.py").write_text(conf.replace("glance", "nova").replace("objects.inv", "nova.inv"))
    lines = run("notes", "diff", locked)[1].splitlines()
    assert lines[:2] == ["glance: 1 project gone", "  - the whole project: 3 series, 6 releases, 7 sections"]
    assert lines[2] == "nova: 1 new project"


def test_a_site_that_sphinx_cannot_read_is_told(locked, run):
    (locked / "conf.py").write_text(f'{(locked / "conf.py").read_text()}\nextensions.append("no_such_extension")\n')
    status, out, err = run("notes", "diff", locked)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "no_such_extension" in err


def test_what_upstream_writes_cannot_steer_a_terminal(locked, run):
    (locked / "objects.inv").write_bytes(
        inventory([*PROJECT, ("9.0\x1b[31m", "stable/rocky", "A\x1b[2J", "rocky.html")])
    )
    for command in (("diff", "--verbose"), ("lock",), ("list",)):
        status, out, err = run("notes", command[0], locked, *command[1:])
        assert status in (0, 1)
        assert "\x1b" not in out + err
    assert "9.0\\x1b[31m" in out


def test_a_terminal_shows_the_same_words_in_colour(later, run, monkeypatch):
    plain = run("notes", "diff", later)[1]
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    coloured = run("notes", "diff", later)[1]
    assert "\x1b[32m  + series rocky" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
