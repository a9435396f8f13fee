"""The site of this project: its cards in every plain format, and its guide's links into the glossary."""

import json
import pickle
import re
import subprocess
import sys

import pytest
from docutils import nodes
from sphinx import addnodes

BUILDERS = {"text": "**/*.txt", "man": "*.7", "latex": "*.tex"}


@pytest.fixture(scope="module")
def built(project, tmp_path_factory):
    """Return where the site stands, built by each builder that a test looks at."""
    folder = tmp_path_factory.mktemp("site")
    for builder in ("html", *BUILDERS):
        command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-D", "affidavit_online=never"]
        places = ["-d", folder / f"{builder}-doctrees", project / "doc", folder / builder]
        subprocess.run([*command, "-b", builder, *map(str, places)], check=True)
    return folder


@pytest.fixture(scope="module")
def cards(built):
    """Return what the site's claims.json says of each method."""
    told = json.loads((built / "html" / "claims.json").read_text(encoding="utf-8"))
    return [claim for claim in told["claims"] if claim["kind"] == "method"]


def plain(text):
    """Return the words of a text alone, whatever the markup that a format puts between them."""
    text = re.sub(r"\\(sphinx\w+|fB|fI|fP|\([ac]q|&|%|:|-)", " ", text)
    return " ".join(re.sub(r"[^\w.#]+", " ", text).replace("_", " ").split())


@pytest.mark.parametrize("builder", BUILDERS)
def test_each_card_is_told_in_each_plain_format(built, cards, builder):
    files = sorted((built / builder).glob(BUILDERS[builder]))
    told = plain("".join(file.read_text(encoding="utf-8") for file in files))
    assert len(cards) == 4
    for card in cards:
        assert plain(card["title"]) in told
        for stage in card["stages"]:
            status, reason = stage["status"].capitalize(), re.escape(plain(stage["reason"])[:40])
            assert re.search(rf"\b{status}\b.{{0,80}}{reason}", told), stage


def test_each_card_of_the_site_is_proven(cards):
    assert {card["verdict"] for card in cards} == {"holds"}


def test_every_reference_to_release_notes_holds(built):
    told = json.loads((built / "html" / "claims.json").read_text(encoding="utf-8"))
    notes = [claim for claim in told["claims"] if claim["kind"] == "release-note"]
    assert {claim["verdict"] for claim in notes} == {"holds"}
    resolved = {claim["target"]: claim["resolved"] for claim in notes}
    base = "https://docs.openstack.org/releasenotes/glance"
    assert resolved["pike#known-issues"] == f"{base}/pike.html#relnotes-15-0-0-stable-pike-known-issues"
    assert resolved["queens#known-issues"] == f"{base}/queens.html#relnotes-16-0-0-stable-queens-known-issues"


PIKE = '<a class="reference external" href="{}/pike.html#relnotes-15-0-0-stable-pike-known-issues"'
QUEENS = '<a class="reference external" href="{}/queens.html#relnotes-16-0-0-stable-queens-known-issues"'


@pytest.mark.parametrize("method", ["standalone", "uwsgi-http", "mod-proxy-uwsgi", "mod-wsgi"])
def test_each_card_shows_the_known_issues_of_pike_and_queens(built, method):
    html = (built / "html" / "guide" / f"{method}.html").read_text(encoding="utf-8")
    card = html[html.index("affidavit-card") :]
    notes = card.partition("Release notes:</strong>")[2].partition("</ul>")[0]
    base = "https://docs.openstack.org/releasenotes/glance"
    assert f"{PIKE.format(base)}>15.0.0 (pike), Known Issues</a>" in notes
    others = 'title="In the series queens also: 16.0.1, 16.0.1-11."'
    assert f"{QUEENS.format(base)} {others}>16.0.0 (queens), Known Issues</a>" in notes


def test_the_guide_lists_all_that_it_cites(built):
    told = json.loads((built / "html" / "claims.json").read_text(encoding="utf-8"))
    cited = {claim["target"]: claim["resolved"] for claim in told["claims"] if claim["kind"] == "release-note"}
    html = (built / "html" / "guide" / "release-notes.html").read_text(encoding="utf-8")
    by_release, by_reference = html.split("<table")[1:]
    shown = re.sub(r"<[^>]*>", "", by_reference)
    assert cited
    for target, url in cited.items():
        assert target in shown
        assert f'href="{url}"' in by_release
        assert f'href="{url}"' in by_reference


def first_uses(document, terms):
    """Yield each term whose first use in running text is no link, with that text."""
    for term in terms:
        pattern = re.compile(rf"(?<![\w-]){re.escape(term)}(?![\w-])")
        for text in document.findall(nodes.Text):
            within = {type(parent) for parent in ancestors(text)}
            if not within & {nodes.paragraph} or within & {nodes.literal, nodes.literal_block, nodes.raw}:
                continue
            if pattern.search(text.astext()):
                if not within & {nodes.reference, addnodes.pending_xref}:
                    yield term, text.parent.astext()
                break


def ancestors(node):
    while node.parent is not None:
        node = node.parent
        yield node


def test_every_first_use_of_a_term_links_to_the_glossary(built):
    told = json.loads((built / "html" / "claims.json").read_text(encoding="utf-8"))
    terms = [claim["target"] for claim in told["claims"] if claim["kind"] == "term"]
    assert sorted(terms) == ["WSGI", "mod_proxy_uwsgi", "mod_wsgi", "uWSGI project", "uwsgi protocol"]
    pages = sorted((built / "html-doctrees" / "guide").glob("*.doctree"))
    assert pages
    for page in pages:
        document = pickle.loads(page.read_bytes())  # noqa: S301 -- Sphinx has just written it
        assert list(first_uses(document, terms)) == [], page.name
