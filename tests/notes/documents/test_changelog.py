"""Change logs: what is a heading and what is none, what a section says, and what is refused."""

import pytest
from docutils.parsers.rst import Directive, directives, roles

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import Anchors
from affidavit.notes.documents import changelog, work
from affidavit.notes.documents.changelog import entries
from affidavit.notes.words import fold

MARKDOWN = {
    "headings with a rule": "Log\n===\n\n1.0\n---\n\n### Fixed\n\nIt is.\n",
    "headings with signs": "# Log\n\n## 1.0 ##\n\n### Fixed ###\n\nIt is.\n",
    "links in headings": "## [1.0](https://example.org) (2024-01-01)\n\n### [Fixed][1]\n\nIt is.\n\n[1]: https://e.org\n",
    "a reference that is defined": "## [1.0] - 2024-01-01\n\n### Fixed\n\nIt is.\n\n[1.0]: https://example.org\n",
    "code": "## 1.0\n### Fixed\nIt is.\n```\n## 0.9\n### Fixed\n```\n",
    "indented code": "## 1.0\n### Fixed\nIt is.\n\n    ## 0.9\n    ### Fixed\n",
    "a comment": "## 1.0\n### Fixed\nIt is.\n<!--\n## 0.9\n### Fixed\n-->\n",
    "a quotation": "## 1.0\n### Fixed\nIt is.\n\n> ## 0.9\n> ### Fixed\n",
    "front matter": "---\ntitle: 9.9\n---\n## 1.0\n### Fixed\nIt is.\n",
    "a mark of the order of bytes": "\ufeff## 1.0\n### Fixed\nIt is.\n",
    "line ends of Windows": "## 1.0\r\n\r\n### Fixed\r\n\r\nIt is.\r\n",
    "markup": "## **1.0**\n### `Fixed`\n*It* <b>is</b><!-- not -->.\n",
}
RST = {
    "usual": "1.0\n===\n\nFixed\n-----\n\nIt is.\n",
    "overlined": "===\n1.0\n===\n\n-----\nFixed\n-----\n\nIt is.\n",
    "a comment": "1.0\n===\n\nFixed\n-----\n\nIt is.\n\n..\n   0.9\n   ===\n\n   Fixed\n   -----\n",
    "a literal block": "1.0\n===\n\nFixed\n-----\n\nIt is::\n\n   0.9\n   ===\n\n   Fixed\n   -----\n",
    "a directive of ours": "1.0\n===\n\nFixed\n-----\n\n.. note:: It is.\n",
    "a directive that nobody knows": "1.0\n===\n\nFixed\n-----\n\n.. no-such::\n   :option: x\n\n   It is.\n",
    "nested directives": "1.0\n===\n\nFixed\n-----\n\n.. container::\n\n   .. only:: html\n\n      It is.\n",
    "roles": "1.0\n===\n\n:sup:`Fixed`\n------------\n\n:no-such:`It <x>` :py:func:`~a.b.is`.\n",
    "nothing to include": "1.0\n===\n\nFixed\n-----\n\nIt is.\n\n.. include:: x.rst\n\n.. raw:: html\n\n   <b>x</b>\n",
    "substitutions": "1.0\n===\n\nFixed\n-----\n\nIt is.\n\n.. |x| replace:: y\n.. |z| image:: z.png\n",
    "targets": "1.0\n===\n\nFixed\n-----\n\nIt `is`_.\n\n.. _is: https://example.org\n",
}
ALONE = [*(pytest.param("x.md", text, id=f"md {name}") for name, text in MARKDOWN.items()),
         *(pytest.param("x.rst", text, id=f"rst {name}") for name, text in RST.items())]  # fmt: skip


@pytest.mark.parametrize(("place", "text"), ALONE)
def test_the_one_section_is_found(place, text):
    (found,) = entries(text.encode(), place, None)
    assert (found.version, found.title) == ("1.0", "Fixed")
    assert fold(found.text).startswith("it is")


def test_blocks_of_text_are_parted():
    text = "1.0\n===\n\nFixed\n-----\n\n- One\n- Two\n\n.. code-block:: sh\n\n   three\n\nfour\n  five\n"
    assert fold(entries(text.encode(), "x.rst", None)[0].text) == "one two three four five"


class Failing(Directive):
    def run(self):
        pytest.fail("it was run")


def test_no_directive_or_role_is_run_whoever_registered_it():
    directives.register_directive("failing", Failing)
    roles.register_local_role("failing", lambda *_: pytest.fail("it was run"))
    text = "1.0\n===\n\nFixed\n-----\n\n- .. failing::\n\n     Some :failing:`words`.\n"
    assert fold(entries(text.encode(), "x.rst", None)[0].text) == "some words"


def test_nothing_is_printed(capsys):
    entries(b"1.0\n===\n\nFixed\n~~~\n\n:x:`y` |z| `q`_\n\n.. no::\n\nA\n^^\n", "x.rst", None)
    assert capsys.readouterr() == ("", "")


KINDS = [
    ("CHANGES", MARKDOWN["code"], "10"),
    ("CHANGES", RST["a comment"], ""),
    ("CHANGES.txt", "v1.0\n====\n\nFixed\n-----\n\n.. x\n", "fixed"),
    ("https://example.org/log.md?raw=1", MARKDOWN["code"], "fixed"),
    ("https://example.org/log.RST#x", RST["usual"], "fixed"),
]


@pytest.mark.parametrize(("place", "text", "_anchor"), KINDS)
def test_the_kind_is_told_by_the_name_or_by_the_content(place, text, _anchor):
    assert [each.title for each in entries(text.encode(), place, None)] == ["Fixed"]


TWO = b"## 1.1\n### Fixed\n- A\n### Added\n- B\n## 1.0\n### Fixed\n- C\n"


@pytest.mark.parametrize(
    ("anchors", "found"),
    [(None, ["11", "added", "10"]), (Anchors.GITHUB, ["11", "added", "10"]),
     (Anchors.MYST, ["11", "added", "10"]), (Anchors.NONE, ["", "", ""])],
)  # fmt: skip
def test_an_anchor_that_would_move_gives_way_to_that_of_the_release(anchors, found):
    assert [each.anchor for each in entries(TWO, "x.md", anchors)] == found


def test_headings_in_quotations_have_anchors_too():
    found = entries(b"## 1.0\n### Fixed\n> ### Fixed\n### Added\n", "x.md", None)
    assert [each.anchor for each in found] == ["10", "added"]


BAD = [
    (b"", "is empty"),
    (b"\n \n", "is empty"),
    (b"# \xff\n", "no text in UTF-8: see line 1"),
    (b"# A\n\0", "binary"),
    (b"<!DOCTYPE html><h1>1.0</h1>", "web page, not a change log"),
    (b" \n<HTML>", "web page, not a change log"),
    (b"Just prose.\n", "no heading with a version"),
    (b"1.0\n===\n\n**Fixed**\n\n- A\n", "None of its releases has a section"),
    (b"x" * (changelog.LIMIT + 1), "more than 2 MiB"),
    (b"\n\n".join(b"  " * depth + b"- a" for depth in range(400)), "nested too deeply"),
    (b"1" * 5000 + b". a\n", "number that is too long"),
    (b"*a " * 100_000, "too much markup in one block"),
]


@pytest.mark.parametrize(("content", "told"), BAD)
def test_what_is_no_change_log_is_refused(content, told):
    with pytest.raises(SourceError, match=told) as raised:
        entries(content, "x.rst", None)
    assert raised.value.advice


COMMIT = "[[`0c1f`](https://example.org/c/0c1f)] - **(MAJOR)** **doc**: say [#17](https://example.org/i/17)\n"
COMMIT_RST = "`0c1f <https://example.org/c/0c1f>`__ - **(MAJOR)** **doc**: ``say`` :issue:`17` |x| *y*\n"


@pytest.mark.parametrize("bullet", ["- ", "* ", "  - "])
@pytest.mark.parametrize(("place", "commit"), [("x.md", COMMIT), ("x.rst", COMMIT_RST)])
def test_a_long_list_without_blank_lines_is_read(place, commit, bullet):
    text = TITLE + (bullet + commit) * 700
    assert len(entries(text.encode(), place, None)) == 1


@pytest.mark.parametrize("first", ["- a\nb\n", "a\n", "  - a\n"])
def test_what_may_be_one_paragraph_is_no_list(first):
    text = TITLE + first + "- *a *a *a *a *a *a\n" * 7_000
    with pytest.raises(SourceError, match="too much markup in one block"):
        entries(text.encode(), "x.rst", None)


TITLE = "1.0\n===\n\nFixed\n-----\n\n"
LABORIOUS = {
    "x.rst": {
        "headings": TITLE * 2_000,
        "definitions": TITLE + "a\n b\n  c\n   d\n    e\n     f\n" * 1_000,
        "copies of all that is left": TITLE + "..\n\n" * 4_000,
        "items": TITLE + "- a\n" * 6_000,
        "blocks": TITLE + "a\n\n" * 12_000,
        "messages": TITLE + "*a *b\n\n" * 2_000,
        "what a directive holds": TITLE + ".. note::\n\n" + "   - a\n" * 6_000,
    },
    "x.md": {
        "headings": TITLE * 4_000,
        "items": TITLE + "- a\n" * 9_000,
        "quotations": TITLE + "> a\n\n" * 6_000,
        "marks": TITLE + "`a` *b*\n\n" * 6_000,
    },
}  # fmt: skip
"""Texts that each take longer than ten times as many bytes of prose."""


LONG = [pytest.param(place, text, id=f"{place} {name}")
        for place, texts in LABORIOUS.items() for name, text in texts.items()]  # fmt: skip


@pytest.mark.parametrize(("place", "text"), LONG)
def test_what_would_take_long_is_refused_before_it_is_read(place, text, monkeypatch):
    monkeypatch.setattr(work, "LIMIT", 20_000)
    with pytest.raises(SourceError, match="can be read in some seconds") as raised:
        entries(text.encode(), place, None)
    assert "set another source" in raised.value.advice


def test_the_bound_is_within_that_of_the_size():
    headings = TITLE * 20_000
    assert len(headings) < changelog.LIMIT
    with pytest.raises(SourceError, match="can be read in some seconds"):
        entries(headings.encode(), "x.rst", None)


@pytest.mark.parametrize(("place", "sign"), [("x.rst", "``"), ("x.md", "`")])
def test_the_log_of_many_years_is_read(place, sign):
    notes = f"- Some {sign}function{sign} does what its page says of it, which it did not always do (#12).\n" * 10
    releases = (f"{at}.0\n====\n\nFixed\n-----\n\n{notes}\n" for at in range(1000, 1600))
    assert len(entries("".join(releases).encode(), place, None)) == 600


@pytest.mark.parametrize(
    ("place", "anchors"), [("x.md", Anchors.DOCUTILS), ("x.rst", Anchors.MYST), ("x.markdown", Anchors.DOCUTILS)]
)
def test_anchors_of_another_markup_are_refused(place, anchors):
    with pytest.raises(SourceError, match="has no anchors of the kind"):
        entries(b"x", place, anchors)
