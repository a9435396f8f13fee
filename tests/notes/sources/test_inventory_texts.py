"""The texts of sections that an inventory names: from the published pages, each of which is fetched once."""

import pytest
from tests.notes.inventories import PROJECT, inventory

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import Inventory
from affidavit.notes.sources.inventory import InventorySource
from affidavit.notes.sources.source import Surroundings

URL = "https://example.org/notes/"
PIKE = b"""<section id="a"><h2>15.0.0</h2><section id="k"><span id="relnotes-15-0-0-stable-pike-known-issues"></span>
<h3>Known Issues</h3><p>It is slow.</p></section><section id="n">
<span id="relnotes-15-0-0-stable-pike-new-features"></span><h3>New Features</h3>
<p>It is there.</p></section></section>"""


@pytest.fixture
def source(tmp_path):
    """Make a source whose pages are in a table, and the list of what was fetched."""
    (tmp_path / "objects.inv").write_bytes(inventory(PROJECT))
    asked = []

    def make(pages):
        def fetch(url):
            asked.append(url)
            if url not in pages:
                raise SourceError("It is gone.", advice="Look elsewhere.")
            return pages[url]

        return InventorySource(Inventory("objects.inv"), URL, Surroundings(tmp_path, fetch)), asked

    return make


def texts(source):
    found = source.texts(source.facts().headings)
    return {(each.version, each.title): " ".join(text.split()) for each, text in found.items()}


def test_a_text_is_that_below_the_anchor(source):
    known = {("15.0.0", "Known Issues"): "It is slow.", ("15.0.0", "New Features"): "It is there."}
    assert texts(source({f"{URL}pike.html": PIKE})[0]) == known


def test_each_page_is_fetched_once(source):
    made, asked = source({f"{URL}pike.html": PIKE})
    texts(made)
    assert sorted(asked) == [f"{URL}{page}.html" for page in ("pike", "queens", "unreleased")]


@pytest.mark.parametrize("page", [b"", b"\0\1", b"no markup", b"<div>" * 10_000, b"<p>other"])
def test_a_page_that_cannot_be_had_or_read_leaves_its_texts_out(source, page):
    assert texts(source({f"{URL}pike.html": page})[0]) == {}


def test_nothing_is_fetched_for_nothing(source):
    made, asked = source({})
    assert (made.texts([]), asked) == ({}, [])
