"""From the bytes of an inventory to the sections in it."""

import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.notes.inventories import HEADER, PROJECT, inventory, line, packed

from affidavit.model.errors import SourceError
from affidavit.notes.inventory import LIMIT, Section, sections, series_of

READ = [
    (("15.0.0", "stable/pike", "Known Issues", "pike.html"), "stable_pike", "relnotes-15-0-0-stable-pike-known-issues"),
    (("14.0.0", "origin/stable/ocata", "Prelude", "o.html"),
     "origin_stable_ocata", "relnotes-14-0-0-origin-stable-ocata-prelude"),
    (("21.0.0", "victoria-eom", "Other Notes", "v.html"), "victoria-eom", "relnotes-21-0-0-victoria-eom-other-notes"),
    (("2023.1-eom", "2023.1-eom", "Bug Fixes", "2.html"), "2023.1-eom", "relnotes-2023-1-eom-2023-1-eom-bug-fixes"),
    (("33.0.0.0b2-10", "", "Upgrade Notes", "u.html"), "", "relnotes-33-0-0-0b2-10-upgrade-notes"),
    (("In Development", "", "Bug Fixes", "u.html"), "", "relnotes-in-development-bug-fixes"),
    (("1.0", "stable/with_underscore", "Bug Fixes", "u.html"),
     "stable_with_underscore", "relnotes-1-0-stable-with-underscore-bug-fixes"),
    (("1.0", "x", "Won't_fix, yet", "u.html"), "x", "relnotes-1-0-x-won-t-fix-yet"),
    (("In  Development", "x", "Bug Fixes", "u.html"), "x", "relnotes-in-development-x-bug-fixes"),
    (("1.0RC1", "x", "Bug Fixes", "pike/"), "x", "relnotes-1-0rc1-x-bug-fixes"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "branch", "anchor"), READ, ids=str)
def test_a_section_is_read_as_its_page_shows_it(row, branch, anchor):
    version, _, title, page = row
    assert sections(inventory([row])) == (Section(version, branch, title, page, anchor),)


def test_all_sections_are_read_and_nothing_else():
    others = (
        line("install_linux", "a.html", "Linux") + line("install", "a.html", "Install") + "x py:function 1 a.html#$ -\n"
    )
    body = zlib.decompress(inventory(PROJECT)[len(HEADER) :]).decode()
    found = sections(packed(others + body))
    assert sorted((each.version, each.title, each.page) for each in found) == sorted(
        (v, t, p) for v, _, t, p in PROJECT
    )


def test_a_directive_with_a_title_of_its_own_is_read():
    rows = [("1.2.0", "stable/x", "Bug Fixes", "x.html")]
    assert sections(inventory(rows, title="Our Release Notes"))[0] == Section(
        "1.2.0", "stable_x", "Bug Fixes", "x.html", "our-release-notes-1-2-0-stable-x-bug-fixes"
    )


def test_one_release_with_and_without_a_branch_keeps_its_sections_apart():
    rows = [("1.0", "", "Bug Fixes", "a.html"), ("1.0", "", "x notes", "a.html"), ("1.0", "x", "Bug Fixes", "b.html")]
    assert [(each.branch, each.title, each.page) for each in sections(inventory(rows))] == [
        ("", "Bug Fixes", "a.html"), ("", "x notes", "a.html"), ("x", "Bug Fixes", "b.html"),
    ]  # fmt: skip


def test_a_release_on_two_pages_without_branches_loses_no_section():
    rows = [("1.0", "", "Bug Fixes", "a.html"), ("1.0", "", "Prelude", "b.html")]
    assert [(each.title, each.page) for each in sections(inventory(rows))] == [
        ("Bug Fixes", "a.html"),
        ("Prelude", "b.html"),
    ]


def test_an_anchor_is_taken_from_the_inventory_not_made_up():
    body = line("relnotes_1.0", "a.html", "1.0") + line("relnotes_1.0_Bug Fixes", "a.html", "Bug Fixes", anchor="id7")
    assert sections(packed(body))[0].anchor == "id7"


GOOD = inventory(PROJECT)
BAD = [
    (b"", "not an inventory"),
    (b"<!DOCTYPE html><title>404</title>", "is a web page"),
    (b"\n  <html>", "is a web page"),
    (b"version https://git-lfs.github.com/spec/v1\n", "not an inventory"),
    (b"# Sphinx inventory version 1\n# Project: P\n# Version: 1\nm mod a.html\n", "not an inventory of version 2"),
    (b"# Sphinx inventory version 3\n", "not an inventory of version 2"),
    (HEADER, "cut short"),
    (HEADER.replace(b"zlib", b"lzma") + zlib.compress(b"x"), "cannot be read"),
    (HEADER + b"plain text", "does not inflate"),
    (HEADER + zlib.compress(b"\xff\xfe"), "cannot be read"),
    (GOOD[:-9], "cut short"),
    (packed("relnotes_1.0" + " " * 5000 + "x"), "long runs of blanks"),
    (packed("relnotes_1.0" + "\N{EM SPACE}" * 5000 + "x"), "long runs of blanks"),
    (packed(""), "no labels of release notes"),
    (packed(line("install_linux", "a.html", "Linux")), "no labels of release notes"),
    (packed(line("relnotes_1.0_Bug Fixes", "a.html", "Bug Fixes")), "no labels of release notes"),
    (
        packed("relnotes_1.0 std:label -1 a.html 1.0\nrelnotes_1.0_x std:label -1 a.html X\n"),
        "no labels of release notes",
    ),
]


@pytest.mark.parametrize(("content", "told"), BAD, ids=[told for _, told in BAD])
def test_what_is_no_inventory_of_release_notes_is_told(content, told):
    with pytest.raises(SourceError, match=told) as raised:
        sections(content)
    assert raised.value.advice


def test_every_truncation_is_told():
    for length in range(len(GOOD)):
        with pytest.raises(SourceError):
            sections(GOOD[:length])


def test_an_inventory_that_inflates_without_end_does_not_fill_the_memory():
    bomb = HEADER + zlib.compress(bytes(4 * LIMIT))
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match="more than 32 MiB"):
            sections(bomb)
        assert tracemalloc.get_traced_memory()[1] < 3 * LIMIT
    finally:
        tracemalloc.stop()


@settings(deadline=None)
@given(st.binary() | st.binary().map(lambda body: HEADER + body) | st.text().map(packed))
def test_no_bytes_raise_anything_else(content):
    with pytest.raises(SourceError):
        sections(content)


WORDS = st.sampled_from(
    ["relnotes", "_", "1.0", "x", " ", "std:label", "-1", "a.html#", "$", "#", "\n", "Bug", "-", "é"]
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=60).map("".join))
def test_no_label_raises_anything_else(body):
    try:
        found = sections(packed(body))
    except SourceError:
        return
    assert all(each.version and each.title and each.anchor for each in found)


@pytest.mark.parametrize(
    ("page", "series"),
    [("pike.html", "pike"), ("2023.1.html", "2023.1"), ("pike/", "pike"), ("notes/pike.html", "notes/pike"),
     ("", "index"), ("index.html", "index"), ("with%20blank.html", "with blank"), ("%C3%A9.html", "é")],
)  # fmt: skip
def test_a_series_is_the_name_of_its_page(page, series):
    assert series_of(page) == series
