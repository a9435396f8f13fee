from __future__ import annotations

from itertools import pairwise

import pytest

from affidavit.links.sources import plan
from affidavit.model.claims import Link
from affidavit.model.errors import AffidavitError
from affidavit.model.place import Place

OLD, NEW = "http://old.example/a", "https://new.example/b"
CHANGES = {OLD: NEW}


@pytest.fixture
def write(tmp_path):
    """Write files, and return what is planned for a link to the old address in some of them, or in the first."""

    def make(files, places=(), url=OLD):
        for name, data in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return plan(tmp_path, [Link(url, Place(name, 1)) for name in places or list(files)[:1]], CHANGES)

    return make


BYTES = [
    b"See %s.\n",
    b"See %s.\r\nand\r\n",
    b"\xef\xbb\xbf%s\n",
    b"%s",
    b"\xe4 latin-1 \xff %s\n",
    b"\x00 %s\x0c\r%s\r",
]


@pytest.mark.parametrize("data", BYTES)
def test_all_bytes_but_the_url_are_kept(write, tmp_path, data):
    data = data.replace(b"%s", OLD.encode())
    planned = write({"index.rst": data})
    (tmp_path / "index.rst").chmod(0o640)
    for edit in planned.edits:
        edit.write()
    assert (tmp_path / "index.rst").read_bytes() == data.replace(OLD.encode(), NEW.encode())
    assert (tmp_path / "index.rst").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["index.rst"]
    assert planned.missing == ()


FOUND = [
    ("reStructuredText", {"a.rst": f"`x <{OLD}>`_ ``{OLD}``"}, ["a.rst"], 1),
    ("MyST", {"a.md": f"[x]({OLD}) `{OLD}`"}, ["a.md"], 1),
    ("a target", {"a.rst": f"x_\n\n.. _x: {OLD}\n"}, ["a.rst"], 1),
    ("an ending that says nothing", {"a.txt": f"`x <{OLD}>`_ `{OLD}`"}, ["a.txt"], 2),
    ("included", {"a.rst": f".. include:: part/b.rst\n\n{OLD}", "part/b.rst": f".. _x: {OLD}\n"},
     ["a.rst", "part/b.rst"], 2),
    ("included in MyST", {"a.md": "```{include} b.txt\n```\n", "b.txt": f"`{OLD}` <{OLD}>"}, ["b.txt"], 1),
    ("included from the top", {"x/a.rst": ".. include:: /b.inc\n", "b.inc": OLD}, ["b.inc"], 1),
    ("included by what is included", {"a.rst": ".. include:: b.inc", "b.inc": ".. include:: c.inc\n", "c.inc": OLD},
     ["c.inc"], 1),
    ("going round", {"a.rst": f".. include:: a.rst\n\n{OLD}"}, ["a.rst"], 1),
    ("not included", {"a.rst": OLD, "b.rst": OLD}, ["a.rst"], 1),
]  # fmt: skip


@pytest.mark.parametrize(("files", "changed", "count"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_where_a_link_is_found(write, tmp_path, files, changed, count):
    planned = write(files)
    assert sorted(edit.path.relative_to(tmp_path).as_posix() for edit in planned.edits) == changed
    assert sum(edit.count for edit in planned.edits) == count
    assert planned.missing == ()


MISSING = [
    ("a substitution", {"a.rst": "|x|"}),
    ("code", {"a.rst": f"``{OLD}``"}),
    ("a module", {"a.py": f'"""{OLD}"""'}),
    ("a longer one", {"a.md": f"<{OLD}/more>"}),
    ("nothing", {"a.rst": b""}),
]


@pytest.mark.parametrize("files", [row[1] for row in MISSING], ids=[row[0] for row in MISSING])
def test_a_link_that_is_not_found_is_told(write, files):
    planned = write(files)
    assert planned.edits == ()
    assert [link.url for link in planned.missing] == [OLD]


@pytest.mark.parametrize("file", ["gone.rst", "folder.rst", "nul\0.rst", "index.rst:docstring of x"])
def test_a_place_that_is_no_file_is_told(write, tmp_path, file):
    (tmp_path / "folder.rst").mkdir()
    planned = write({}, places=[file])
    assert (planned.edits, len(planned.missing)) == ((), 1)


def test_other_links_are_nobodys_business(write):
    assert write({"a.rst": "http://other.example/"}, url="http://other.example/").missing == ()


def test_a_file_that_was_changed_meanwhile_is_left_alone(write, tmp_path):
    (edit,) = write({"a.rst": OLD}).edits
    (tmp_path / "a.rst").write_text("other")
    with pytest.raises(AffidavitError, match="changed meanwhile"):
        edit.write()
    assert (tmp_path / "a.rst").read_text() == "other"


def test_a_file_that_went_away_is_told(write, tmp_path):
    (edit,) = write({"a.rst": OLD}).edits
    (tmp_path / "a.rst").unlink()
    with pytest.raises(AffidavitError, match=r"a\.rst cannot be written"):
        edit.write()


def sides(diff):
    """Return what a diff of a whole small file says that it was, and what it becomes."""
    lines = [f"{line}\n" for line in diff.split("\n")[3:]]
    ended = [line.removesuffix("\n") if after[:1] == "\\" else line for line, after in pairwise([*lines, ""])]
    return tuple("".join(line[1:] for line in ended if line[0] in marks) for marks in (" -", " +"))


@pytest.mark.parametrize("text", [f"one\n{OLD}\nthree\n", f"one\r\n{OLD}\r\nthree", OLD, f"{OLD}\n\n{OLD}"])
def test_the_diff_shows_what_is_written(write, tmp_path, text):
    (edit,) = write({"a.rst": text}).edits
    name = (tmp_path / "a.rst").as_posix()
    assert edit.diff().split("\n")[:2] == [f"--- {name}", f"+++ {name}"]
    assert sides(edit.diff()) == (text, text.replace(OLD, NEW))
