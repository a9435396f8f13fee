"""The links that pages state: every one, with its place, in both markups, in every kind of build."""

import myst_parser
import pytest
from tests.sphinx.linkcheck_web import serve

from affidavit.sphinx.domain import AffidavitDomain
from affidavit.sphinx.shown import changed

# MyST asks Sphinx for what a later release will not have.
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")

MYST = tuple(map(int, myst_parser.__version__.split(".")[:2]))

LINKS = {
    "rst": """
        Links
        =====

        One `link <https://one.example/>`__, and
        in the next line https://two.example/a_b.

        .. image:: https://three.example/image.png
           :target: https://four.example/

        |five| :download:`six <https://six.example/file>`

        .. |five| replace:: `five <https://five.example/>`__
        .. |unused| replace:: `seven <https://seven.example/>`__

        * An item, `link again <https://one.example/>`__

        Named_ and `local <other.html>`__, `mail <mailto:nobody@eight.example>`__, ftp://nine.example/

        .. _named: https://ten.example/

        .. only:: latex

           https://eleven.example/

        .. toctree::

           Out of here <https://twelve.example/>
           other

        .. glossary::

           some term
              https://of-the-term.example/
        """,
    "md": """
        # Links

        One [link](https://one.example/), and
        in the next line <https://two.example/a_b>.

        [![](https://three.example/image.png)](https://four.example/)

        [five](https://five.example/) {download}`six <https://six.example/file>`

        * An item, [link again](https://one.example/)

        [Named] and [mail](mailto:nobody@eight.example), <ftp://nine.example/>

        [Named]: https://ten.example/

        ````{only} latex
        <https://eleven.example/>
        ````

        ```{toctree}
        Out of here <https://twelve.example/>
        other
        ```

        ```{glossary}
        some term
          <https://of-the-term.example/>
        ```
        """,
}
FOUND = {
    "rst": [
        ("https://one.example/", 4),
        ("https://two.example/a_b", 5),
        ("https://four.example/", 8),
        ("https://three.example/image.png", 7),
        ("https://five.example/", 10),
        ("https://six.example/file", 10),
        ("https://one.example/", 15),
        ("https://ten.example/", 17),
        ("https://eleven.example/", 23),
        ("https://twelve.example/", 25),
    ],
    "md": [
        ("https://one.example/", 3),
        ("https://two.example/a_b", 4),
        ("https://four.example/", 6),
        ("https://three.example/image.png", 6),
        ("https://five.example/", 8),
        ("https://six.example/file", 8),
        ("https://one.example/", 10),
        ("https://ten.example/", 12),
        ("https://eleven.example/", 17),
        ("https://twelve.example/", 20),
    ],
}


def links(site, docname="index"):
    """Return the links of a page as a build keeps them."""
    with site.application("dummy") as app:
        app.build()
        page = AffidavitDomain.of(app.env).pages.get(docname)
        return page.links if page else ()


@pytest.fixture(params=LINKS)
def linking(request, site):
    site.write(f"index.{request.param}", LINKS[request.param])
    site.write("other.rst", "Other\n=====\n")
    return site, request.param


def test_every_link_has_its_line(linking):
    site, markup = linking
    found = links(site)
    assert [(link.url, link.place.line) for link in found] == FOUND[markup]
    assert {(link.place.file, link.place.document) for link in found} == {(f"index.{markup}", "index")}


def test_a_raw_node_has_its_source(site):
    with serve() as web:
        site.write("index.rst", f"Raw\n===\n\n.. raw:: html\n   :url: {web.url('/page')}\n")
        assert [(link.url, link.place.line) for link in links(site)] == [(web.url("/page"), 4)]


@pytest.mark.parametrize("markup", ["rst", "md"])
def test_a_link_of_an_included_file_stands_there(site, markup):
    link, include, head = {
        "rst": ("`here <https://one.example/>`__", ".. include:: parts/part.txt", "Page\n===="),
        "md": ("[here](https://one.example/)", "```{include} parts/part.txt\n```", "# Page"),
    }[markup]
    site.write("parts/part.txt", f"Words,\nand {link} in the second line.\n")
    site.write(f"index.{markup}", f"{head}\n\n{include}\n")
    (found,) = links(site)
    line = 3 if markup == "md" and MYST < (5, 2) else 2  # earlier releases count one line more in what they include
    assert (found.place.file, found.place.line, found.place.document) == ("parts/part.txt", line, "index")


def test_links_survive_a_build_that_reads_nothing(linking):
    site, _ = linking
    assert links(site) == links(site) != ()


def test_links_go_with_their_page(site):
    site.write("index.rst", "Page\n====\n\nhttps://one.example/\n")
    assert len(links(site)) == 1
    site.write("index.rst", "Page\n====\n\nNo link any more.\n")
    assert links(site) == ()


def test_a_page_with_nothing_but_links_is_not_written_again(site):
    site.write("index.rst", "Page\n====\n\nhttps://one.example/\n")
    site.build()
    with site.application() as app:
        app.build()
        domain = AffidavitDomain.of(app.env)
        assert domain.judgement is not None
        assert changed(app, domain.pages, domain.judgement) == []
