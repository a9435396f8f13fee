"""The builder `claims`: what all pages state, with the links that only resolved references show."""

import pytest

from affidavit.gathered import Gathered

pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")

PAGES = {
    "rst": """
        Page
        ====

        Read https://one.example/ and
        the :ref:`chapter <other:chapter>`, not :doc:`here <other>`.

        .. only:: html

           The :ref:`other:chapter` again.

        .. glossary::

           term
              The :ref:`chapter <other:chapter>`, and https://term.example/.
        """,
    "md": """
        # Page

        Read <https://one.example/> and
        the {ref}`chapter <other:chapter>`, not {doc}`here <other>`.

        ````{only} html

        The {ref}`other:chapter` again.
        ````

        ```{glossary}
        term
          The {ref}`chapter <other:chapter>`, and <https://term.example/>.
        ```
        """,
}
CHAPTER = "https://other.example/index.html#chapter"
LINES = {"rst": [4, 9, 14], "md": [3, 8, 13]}
"""Where their paragraphs begin: what a reference leads to stands in no source."""


@pytest.fixture(params=PAGES)
def resolving(request, site, other_site):
    """Return a site that links to another project, and its markup."""
    other_site.write("index.rst", ".. _chapter:\n\nChapter\n=======\n")
    inventory = other_site.build().out / "objects.inv"
    site.conf(
        extensions=["affidavit", "myst_parser", "sphinx.ext.intersphinx"],
        intersphinx_mapping={"other": ("https://other.example", str(inventory))},
    )
    site.write(f"index.{request.param}", PAGES[request.param])
    site.write("other.rst", ":orphan:\n\nOther\n=====\n")
    return site, request.param


def gather(site):
    with site.application("claims") as app:
        app.build()
        assert isinstance(app.builder.gathered, Gathered)
        return app.builder.gathered, app._warning.getvalue()  # noqa: SLF001 -- see Site


def test_links_to_other_projects_have_their_places(resolving):
    site, markup = resolving
    gathered, warnings = gather(site)
    assert warnings == ""
    found = [(link.url, link.place.line) for link in gathered.corpus.links if link.url == CHAPTER]
    assert found == [(CHAPTER, line) for line in LINES[markup]]


def test_what_was_read_is_there_once(resolving):
    site, _ = resolving
    corpus = gather(site)[0].corpus
    assert sorted(link.url for link in corpus.links) == ["https://one.example/"] + [CHAPTER] * 3
    assert [link.url for term in corpus.terms for link in term.links] == ["https://term.example/"]


def test_unchanged_pages_are_resolved_too(resolving):
    site, _ = resolving
    assert gather(site) == gather(site)


def test_no_page_is_written_and_no_claims_are_told(resolving):
    site, _ = resolving
    site.write("index2.rst", "Another\n=======\n\n.. deployment-method:: nothing\n")
    built = site.build("claims")
    assert list(built.out.iterdir()) == []
    assert built.codes == []


def test_links_that_a_card_draws_are_claims_of_another_kind(page):
    urls = [link.url for link in gather(page)[0].corpus.links]
    assert urls == []
    assert len(gather(page)[0].corpus.notes) == 4


def test_problems_of_settings_are_gathered(site):
    site.conf(affidavit_online="perhaps")
    site.write("index.rst", "Page\n====\n")
    assert [str(found.code) for found in gather(site)[0].problems] == ["setting-invalid"]


def test_it_runs_with_many_processes(site):
    for number in range(9):
        site.write(f"page{number}.rst", f":orphan:\n\nPage\n====\n\nhttps://page{number}.example/\n")
    site.write("index.rst", "Page\n====\n")
    assert site.run("-j", "4", "-W", builder="claims").warnings == []
