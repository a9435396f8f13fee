"""The lock file: its text, its errors, and that it is replaced as a whole or not at all."""

import json
import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affidavit.model.codes import Code
from affidavit.model.errors import AffidavitError, LockError
from affidavit.model.plain import natural
from affidavit.notes.facts import (
    Dropped,
    Facts,
    Heading,
    Lock,
    LockedProject,
    LockedRelease,
    LockedSection,
    LockedSeries,
    Saying,
    State,
    gather,
)
from affidavit.notes.lock import dumps, loads, read_lock, write_lock

LOCK = Lock((LockedProject("p", "https://example.org/notes/", (
    LockedSeries("", (LockedRelease("0.9", (LockedSection("Prelude", ""),)),)),
    LockedSeries("pike", (LockedRelease("15.0.0", (
        LockedSection("Known Issues", "pike.html#known-issues", "sha256:00", (
            Saying("no such words", None), Saying("tasks", found=True), Saying("workers", found=False))),
        LockedSection("Änderungen", "pike.html#id1"),
    )),), State.CLOSED),
), ("ocata",), (Dropped("notes/a.yaml", ("fixed", "isues")),)),))  # fmt: skip
TEXT = """{
  "version": 2,
  "projects": {
    "p": {
      "url": "https://example.org/notes/",
      "series": {
        "": {
          "releases": {
            "0.9": {
              "Prelude": ""
            }
          }
        },
        "pike": {
          "state": "closed",
          "releases": {
            "15.0.0": {
              "Known Issues": {
                "target": "pike.html#known-issues",
                "text": "sha256:00",
                "says": {
                  "no such words": null,
                  "tasks": true,
                  "workers": false
                }
              },
              "Änderungen": "pike.html#id1"
            }
          }
        }
      },
      "removed": [
        "ocata"
      ],
      "dropped": {
        "notes/a.yaml": [
          "fixed",
          "isues"
        ]
      }
    }
  }
}
"""
OF_VERSION_1 = """{
  "version": 1,
  "projects": {
    "p": {
      "url": "https://example.org/notes/",
      "series": {
        "pike": {
          "page": "pike.html",
          "releases": {
            "15.0.0": {
              "Known Issues": "relnotes-15-0-0-known-issues",
              "Änderungen": "id1"
            }
          }
        },
        "unreleased": {
          "page": "",
          "releases": {
            "16.0.0.0b1": {
              "Prelude": "prelude"
            }
          }
        }
      }
    }
  }
}
"""
OTHER = Lock((gather("other", "https://example.org/", Facts((Heading("x", "1.0", "A", "x.html#a"),))),))

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
URLS = st.sampled_from(["https://example.org/notes/", "http://example.org/CHANGES.md"])
HEADINGS = st.builds(Heading, NAMES | st.just(""), NAMES, NAMES, NAMES | st.just(""))
FACTS = st.builds(
    Facts,
    st.lists(HEADINGS, max_size=6).map(tuple),
    st.lists(st.tuples(NAMES, st.sampled_from(State)), max_size=2).map(tuple),
    st.lists(
        st.builds(Dropped, NAMES, st.lists(NAMES, max_size=2).map(tuple)), max_size=2, unique_by=lambda each: each.note
    ).map(tuple),
)
PROJECTS = st.builds(gather, NAMES, URLS, FACTS)
LOCKS = st.lists(PROJECTS, max_size=3, unique_by=lambda each: each.name).map(
    lambda found: Lock(tuple(sorted(found, key=lambda each: natural(each.name))))
)
KEYS = (
    st.sampled_from(
        ["version", "projects", "url", "series", "state", "removed", "page", "releases", "p", "1.0", "https://e/"]
    )
    | st.text()
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.floats() | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
)


def test_the_text_is_one_that_people_can_review():
    assert dumps(LOCK) == TEXT


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), '{"projects":{},"version":2}\n'])
def test_line_ends_and_layout_do_not_matter(text):
    assert loads(text) == (LOCK if "pike" in text else Lock())


@settings(deadline=None)
@given(LOCKS)
def test_what_is_written_is_read_again(lock):
    assert loads(dumps(lock)) == lock


@settings(deadline=None)
@given(LOCKS)
def test_the_order_in_the_file_does_not_matter(lock):
    assert loads(dumps(Lock(lock.projects[::-1]))) == lock


@settings(deadline=None)
@given(st.text() | VALUES.map(lambda value: json.dumps(value) + "\n"))
def test_no_text_raises_anything_but_a_lock_error(text):
    with suppress(LockError):
        loads(text)


def test_a_file_of_the_first_version_is_read():
    (project,) = loads(OF_VERSION_1).projects
    targets = {
        (series.name, release.version, section.title): section.target
        for series in project.series
        for release in series.releases
        for section in release.sections
    }
    assert targets == {
        ("pike", "15.0.0", "Known Issues"): "pike.html#relnotes-15-0-0-known-issues",
        ("pike", "15.0.0", "Änderungen"): "pike.html#id1",
        ("unreleased", "16.0.0.0b1", "Prelude"): "#prelude",
    }
    assert {series.state for series in project.series} == {State.OPEN}
    assert loads(dumps(Lock((project,)))) == Lock((project,))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [('"page": "pike.html",', "", "`series` > `pike`, lacks the key `page`"),
     ('"page": "pike.html"', '"page": 7', "`pike` > `page`, must be text, not a number"),
     ('"page": "pike.html"', '"page": "", "state": "open"', "`pike`, has the unknown key `state`"),
     ('"id1"', '""', "`Änderungen`, must be text, not ''"), ('"prelude"', '{"target": ""}', "not a table")],
)  # fmt: skip
def test_a_file_of_the_first_version_has_its_shape(old, new, told):
    assert old in OF_VERSION_1
    with pytest.raises(LockError, match=told):
        loads(OF_VERSION_1.replace(old, new))


def _with(old, new):
    assert old in TEXT
    return TEXT.replace(old, new)


UNREADABLE = [
    ("", "is no JSON in line 1"),
    ("[" * 100_000, "nested too deeply"),
    (f'{{"version": {"1" * 5000}}}\n', "too long to read"),
    ("[]\n", "it must be a table, not a list"),
    ("null\n", "it must be a table, not null"),
    ("{}\n", "it lacks the key `version`"),
    ('{"version": 2}\n', "it lacks the key `projects`"),
    (_with("2,", "0,"), "must have 2 as its `version`"),
    (_with("2,", "true,"), "must have 2 as its `version`"),
    (_with("2,", "1.0,"), "must have 2 as its `version`"),
    (_with("2,", '"1",'), "must have 2 as its `version`"),
    (_with('"version": 2', '"version": 2, "date": 2'), "it has the unknown key `date`"),
    (_with('"releases": {\n            "0.9"', '"r": {\n            "0.9"'), "`series` > '', has the unknown key `r`"),
    (_with('"state": "closed"', '"state": "shut"'), "`state`, must be one of open, unmaintained, closed"),
    (_with('"state": "closed"', '"state": []'), "`state`, must be one of open"),
    (_with('"state": "closed"', '"state": "closed", "more": 1'), "`series` > `pike`, has the unknown key `more`"),
    (_with('"pike.html#id1"', "true"), "`15.0.0` > `Änderungen`, must be a table, not true or false"),
    (_with('"pike.html#id1"', '"\\ud800"'), r"`Änderungen`, must be text, not '\\ud800'"),
    (_with('"text": "sha256:00",', ""), "`Known Issues`, lacks the key `text`"),
    (_with("null", '"perhaps"'), "`says` > `no such words`, must be true, false or null, not text"),
    (_with('"tasks"', '""'), "`says`, has the key '', which is no name"),
    (_with('"Änderungen"', '"\\ud800"'), r"`15.0.0`, has the key '\\ud800', which is no name"),
    (_with('"Änderungen"', '""'), "`15.0.0`, has the key '', which is no name"),
    (_with('"ocata"', "7"), "`removed` > `1`, must be text, not a number"),
    (_with('"isues"', '""'), "`dropped` > `notes/a.yaml` > `2`, must be text, not ''"),
    (_with('"p": {', '"p\\n": {"x": 1, '), r"at `projects` > 'p\\n', has the unknown key `x`"),
    (_with("https://example.org/notes/", "javascript:alert(1)/"), "`p` > `url`, must be an http or https address"),
    ('{"version": 2, "projects": []}\n', "at `projects`, must be a table, not a list"),
    (TEXT[:-1], "was cut short"),
    (_with('  "projects"', '<<<<<<< HEAD\n  "projects"'), "is no JSON in line 3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), UNREADABLE, ids=[told for _, told in UNREADABLE])
def test_each_error_of_shape_is_told_by_its_key(text, told):
    with pytest.raises(LockError, match=told) as raised:
        loads(text)
    assert raised.value.code is Code.LOCK_UNREADABLE


def test_the_line_of_an_error_is_told():
    with pytest.raises(LockError) as raised:
        loads(TEXT[: TEXT.index('"state"')])
    assert raised.value.line == TEXT[: TEXT.index('"state"')].count("\n") + 1


@pytest.mark.parametrize(
    "text", ['{"version": 3}\n', _with("2,", "7,"), '{"version": 3, "projects": 3, "words": []}\n']
)
def test_a_later_version_is_told_before_its_shape(text):
    with pytest.raises(LockError, match="this Affidavit knows version 2") as raised:
        loads(text)
    assert raised.value.code is Code.LOCK_VERSION


TWICE = ['"version": 2', '"url": "https://example.org/notes/"', '"state": "closed"', '"Prelude": ""', '"tasks": true']


@pytest.mark.parametrize("member", TWICE)
def test_a_key_that_stands_twice_is_told(member):
    with pytest.raises(LockError, match=f"the key '{member.split(chr(34))[1]}' twice") as raised:
        loads(_with(member, f"{member}, {member}"))
    assert raised.value.code is Code.LOCK_DUPLICATE


def test_every_truncation_is_told():
    for length in range(len(TEXT)):
        with pytest.raises(LockError):
            loads(TEXT[:length])


def test_a_file_is_read_as_it_was_written(tmp_path):
    write_lock(tmp_path / "lock.json", LOCK)
    assert (tmp_path / "lock.json").read_bytes() == TEXT.encode()
    assert read_lock(tmp_path / "lock.json") == LOCK


def test_a_mark_that_an_editor_put_before_the_text_is_no_error(tmp_path):
    (tmp_path / "lock.json").write_text(TEXT, encoding="utf-8-sig")
    assert read_lock(tmp_path / "lock.json") == LOCK


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(LockError, match=r"no lock file `lock\.json`.*affidavit notes lock") as raised:
        read_lock(tmp_path / "lock.json")
    assert raised.value.code is Code.LOCK_MISSING


def _a_folder(path):
    path.mkdir()
    return path


def _a_pipe(path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs named pipes")
    os.mkfifo(path)
    return path


def _below_a_file(path):
    path.touch()
    return path / "lock.json"


def _a_circle(path):
    path.symlink_to(path)
    return path


UNUSABLE = [
    (_a_folder, "is a folder or a device"),
    (_a_pipe, "is a folder or a device"),
    (_below_a_file, "cannot be read"),
    (_a_circle, "cannot be read"),
    (lambda path: path / "\0", "cannot be read"),
    (lambda path: path / ("x" * 5000), "cannot be read"),
]


@pytest.mark.parametrize(("made", "told"), UNUSABLE)
def test_a_file_that_cannot_be_read_is_told(tmp_path, made, told):
    with pytest.raises(LockError, match=told) as raised:
        read_lock(made(tmp_path / "lock"))
    assert raised.value.code is Code.LOCK_UNREADABLE


def test_a_file_that_may_not_be_read_is_told(tmp_path):
    path = tmp_path / "lock.json"
    write_lock(path, LOCK)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("the user may read everything")
    with pytest.raises(LockError, match="cannot be read") as raised:
        read_lock(path)
    assert raised.value.code is Code.LOCK_UNREADABLE


def test_the_line_of_bytes_that_are_no_text_is_told(tmp_path):
    (tmp_path / "lock.json").write_bytes(TEXT.encode("latin-1"))
    with pytest.raises(LockError, match="not UTF-8 in line 27") as raised:
        read_lock(tmp_path / "lock.json")
    assert raised.value.line == 27


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "lock.json"
    write_lock(path, OTHER)
    path.chmod(0o640)
    write_lock(path, LOCK)
    assert read_lock(path) == LOCK
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert _names(tmp_path) == ["lock.json"]


def test_a_new_file_may_be_read_by_whom_other_files_may(tmp_path):
    (tmp_path / "other").touch()
    write_lock(tmp_path / "lock.json", LOCK)
    assert (tmp_path / "lock.json").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_to_the_file_stays_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "lock.json")
    write_lock(tmp_path / "link", LOCK)
    assert (tmp_path / "link").is_symlink()
    assert read_lock(tmp_path / "lock.json") == LOCK


@pytest.mark.parametrize(
    "made", [_a_folder, _below_a_file, lambda path: path / "missing" / "lock", lambda path: path / "\0"]
)
def test_a_file_that_cannot_be_written_is_told(tmp_path, made):
    path = made(tmp_path / "lock")
    before = _names(tmp_path)
    with pytest.raises(AffidavitError, match=r"cannot be written \(.+\)") as raised:
        write_lock(path, LOCK)
    assert "affidavit_release_notes_lock" in raised.value.advice
    assert _names(tmp_path) == before


@pytest.fixture
def full_disk():
    """Let no file grow over 100 bytes, so that writing breaks off in the middle."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("before", [None, OTHER])
def test_writing_that_breaks_off_leaves_what_was_there(tmp_path, request, before):
    path = tmp_path / "lock.json"
    if before:
        write_lock(path, before)
    names = _names(tmp_path)
    request.getfixturevalue("full_disk")
    with pytest.raises(AffidavitError, match="cannot be written"):
        write_lock(path, LOCK)
    assert _names(tmp_path) == names
    assert before is None or read_lock(path) == before


def test_an_interrupt_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_lock(tmp_path / "lock.json", LOCK)
    assert _names(tmp_path) == []


def test_the_data_is_on_the_disk_before_the_name_is_its(tmp_path, monkeypatch):
    order: list[str] = []

    def watched(name, call):
        def tell_and_call(*arguments):
            order.append(name)
            return call(*arguments)

        return tell_and_call

    monkeypatch.setattr(os, "fsync", watched("fsync", os.fsync))
    monkeypatch.setattr(Path, "replace", watched("replace", Path.replace))
    write_lock(tmp_path / "lock.json", LOCK)
    assert order == ["fsync", "replace"]
