"""Which listings a page has: as docutils hands reno's directive its options, and none where one is only shown."""

import pytest
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives
from reno.sphinxext import ReleaseNotesDirective
from sphinx.util.docutils import docutils_namespace

from affidavit.model.errors import SourceError
from affidavit.notes.reno_pages import Listing, listings

PAGES = [
    ("Title\n=====\n\n.. release-notes::\n", 1),
    ("======\n Pike\n======\n\n.. release-notes::\n   :branch: stable/pike\n", 1),
    (".. release-notes:: Title of its own\n   :branch: stable/pike\n\n", 1),
    (".. release-notes::\n\n   Title below\n\n   in two parts\n", 1),
    (".. release-notes:: In\n   two lines\n   :branch: x\n\n   and more\n\nText\n", 1),
    (".. release-notes::\n   :branch: x\n      y\n   :version: 1, 2 ,3\n", 1),
    (".. release-notes::\n\t:branch: tabbed\n", 1),
    ("..  Release-Notes::\n   :Branch: x\n", 1),
    (".. release-notes:: :branch: x\n   :version: 1\n", 1),
    (".. release-notes::\n.. release-notes::\n   :branch: x\n", 2),
    ("* item\n\n  .. release-notes::\n     :branch: x\n", 1),
    (".. note::\n\n   .. release-notes::\n      :branch: x\n\n.. release-notes::\n", 2),
    (".. release-notes::\n   :branch:\n   :collapse-pre-releases:\n   :stop-at-branch-base:\n", 1),
    (".. code-block:: rst\n\n   .. release-notes::\n", 0),
    ("Write::\n\n   .. release-notes::\n\nas here:\n\n.. release-notes::\n", 1),
    (".. A comment\n\n   .. release-notes::\n", 0),
    ("..\n   .. release-notes::\n", 0),
    (".. parsed-literal::\n   .. release-notes::\n", 0),
    ("release-notes:: no\n", 0),
    ("", 0),
]


class Recorder(Directive):
    """A directive that takes what reno's takes, and only remembers it."""

    has_content = True
    option_spec = ReleaseNotesDirective.option_spec
    seen: list[tuple[str, dict[str, str]]]

    def run(self):
        self.seen.append((" ".join(self.content), self.options))
        return []


@pytest.mark.parametrize(("text", "count"), PAGES)
def test_listings_are_what_docutils_hands_to_the_directive(monkeypatch, text, count):
    monkeypatch.setattr(Recorder, "seen", [], raising=False)
    with docutils_namespace():  # which takes back what is registered in it
        directives.register_directive("release-notes", Recorder)
        publish_doctree(text, settings_overrides={"report_level": 5})
    found = list(listings("page", text))
    assert [(each.title, each.branch) for each in found] == [
        (title, options.get("branch", "")) for title, options in Recorder.seen
    ]
    assert [each.versions for each in found] == [
        tuple(part.strip() for part in options["version"].split(",")) if "version" in options else None
        for _, options in Recorder.seen
    ]
    assert len(found) == count


def test_every_option_is_read():
    text = (
        ".. release-notes:: T\n   :branch: b\n   :reporoot: .\n   :relnotessubdir: r\n   :notesdir: n\n"
        "   :version: 1, 2\n   :earliest-version: 1\n   :ignore-notes: a, b\n   :unreleased-version-title: u\n"
    )
    assert list(listings("p", text)) == [Listing("p", "T", "b", "r", "n", ("1", "2"), "1", "u", ("a", "b"))]


def test_an_option_that_reno_does_not_know_is_refused():
    with pytest.raises(SourceError, match="The page `p` gives its `release-notes` the option `colour`"):
        list(listings("p", ".. release-notes::\n   :colour: red\n"))
