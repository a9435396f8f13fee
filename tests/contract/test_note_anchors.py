"""That anchors are true: the same file is published by docutils, by Sphinx and by Sphinx with MyST, and looked at."""

from dataclasses import fields
from io import StringIO
from urllib.parse import unquote

import pytest
from docutils.core import publish_string
from myst_parser.config.main import MdParserConfig
from selectolax.lexbor import LexborHTMLParser
from sphinx.testing.util import SphinxTestApp
from tests.contract.note_projects import PROJECTS
from tests.contract.note_writers import markdown, rst

from affidavit.model.note_sources import Anchors
from affidavit.notes.documents.changelog import entries
from affidavit.notes.documents.html_page import entries as entries_of_page

RST_LABELLED = """\
Changes
=======

.. _first:
.. _v1-2:

1.2
---

Fixed
^^^^^

- Labelled.

v1.1 (2024-01-01)
-----------------

Fixed
^^^^^

- Twice.

Removed
^^^^^^^

- Once.

1.0 (2023-01-01)
----------------

.. _fixed-in-1.0:

Fixed
^^^^^

- Labelled below a number.

.. _1.0:

Added: *much* ``more``
^^^^^^^^^^^^^^^^^^^^^^

- A label that is a number is none.
"""

MYST_LABELLED = """\
# Changes

(v1-2)=
## 1.2

### Fixed

- Labelled.

## v1.1 (2024-01-01)

### Fixed

- Twice.

### Removed

- Once.

## 1.0 (2023-01-01)

(fixed-in-1.0)=
### Fixed

- Labelled below a number.

### Added: *much* `more`

- More.
"""


HAS_SLUGS = "heading_anchors_html_ids" in {field.name for field in fields(MdParserConfig)}
"""Whether this MyST-Parser puts slugs on the page; earlier ones only resolve references to them."""


def by_docutils(text, _folder):
    settings = {"report_level": 5, "warning_stream": StringIO(), "doctitle_xform": False}
    return publish_string(text, writer="html5", settings_overrides=settings).decode()


def by_sphinx(text, folder, suffix="rst", conf=""):
    (folder / "conf.py").write_text(f"exclude_patterns = ['_build']\n{conf}", encoding="utf-8")
    (folder / f"index.{suffix}").write_text(text, encoding="utf-8")
    app = SphinxTestApp("html", srcdir=folder, warning=StringIO())
    app.build()
    app.cleanup()
    return (app.outdir / "index.html").read_text(encoding="utf-8")


def by_myst(text, folder):
    return by_sphinx(text, folder, "md", 'extensions = ["myst_parser"]\nmyst_heading_anchors = 4\n')


PUBLISHERS = {
    "docutils": (by_docutils, Anchors.DOCUTILS, rst, RST_LABELLED),
    "sphinx": (by_sphinx, Anchors.DOCUTILS, rst, RST_LABELLED),
    "myst": (by_myst, Anchors.MYST, lambda project: markdown(project, targets=True), MYST_LABELLED),
}
TEXTS = [
    pytest.param(publish, anchors, text, id=f"{name}-{title}")
    for name, (publish, anchors, write, labelled) in PUBLISHERS.items()
    for title, text in {"labelled": labelled, **{each: write(PROJECTS[each]) for each in PROJECTS}}.items()
]


def heading_at(tree, anchor):
    """Return the heading that an anchor leads to: that of the section which has it, or the next behind it."""
    (node,) = [each for each in tree.css("[id]") if each.attributes["id"] == anchor]
    section = node if node.tag in ("section", "main") else node.parent
    return section.css_first("h1, h2, h3, h4").text().rstrip("¶").strip()


@pytest.mark.parametrize(("publish", "anchors", "text"), TEXTS)
def test_each_anchor_leads_to_the_heading_of_its_section_or_release(tmp_path, publish, anchors, text):
    tree = LexborHTMLParser(publish(text, tmp_path))
    found = entries(text.encode(), "x", anchors)
    ids = {node.attributes["id"] for node in tree.css("[id]")}
    for entry in found:
        if entry.anchor and (unquote(entry.anchor) in ids or anchors is Anchors.DOCUTILS or HAS_SLUGS):
            heading = heading_at(tree, unquote(entry.anchor))
            assert heading == entry.title or entry.version in heading


LEADING = [
    ("sphinx", "1.2", "Fixed", "v1-2"),
    ("sphinx", "v1.1", "Fixed", "v1-1-2024-01-01"),
    ("sphinx", "v1.1", "Removed", "removed"),
    ("sphinx", "1.0", "Fixed", "fixed-in-1-0"),
    ("sphinx", "1.0", "Added: much more", "added-much-more"),
    ("myst", "1.2", "Fixed", "v1-2"),
    ("myst", "v1.1", "Fixed", "v1-1-2024-01-01"),
    ("myst", "v1.1", "Removed", "removed"),
    ("myst", "1.0", "Fixed", "fixed-in-1-0"),
    ("myst", "1.0", "Added: much more", "added-much-more"),
]


@pytest.mark.parametrize(("name", "version", "title", "anchor"), LEADING)
def test_which_anchor_leads_to_a_section(name, version, title, anchor):
    _, anchors, _, text = PUBLISHERS[name]
    found = {(each.version, each.title): each.anchor for each in entries(text.encode(), "x", anchors)}
    assert found[version, title] == anchor


@pytest.mark.parametrize("name", ["sphinx", "myst"])
@pytest.mark.parametrize("title", ["labelled", "odd titles", "empty"])
def test_the_published_page_has_the_same_sections(tmp_path, name, title):
    publish, anchors, write, labelled = PUBLISHERS[name]
    text = labelled if title == "labelled" else write(PROJECTS[title])
    from_file = entries(text.encode(), "x", anchors)
    from_page = entries_of_page(publish(text, tmp_path).encode())
    assert [(each.version, each.title) for each in from_page] == [(each.version, each.title) for each in from_file]
