"""What readers get of a card, in each builder and both markups."""

import re
from html.parser import HTMLParser

import pytest

BUILDERS = ["html", "dirhtml", "singlehtml", "latex", "epub", "text", "man", "texinfo", "xml", "gettext"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_builder_warns(page, builder):
    assert page.build(builder).warnings == []


@pytest.mark.parametrize(
    ("builder", "file"),
    [("text", "index.txt"), ("man", "subject.1"), ("latex", "subject.tex"), ("texinfo", "subject.texi")],
)
def test_plain_builders_tell_the_same_words(page, builder, file):
    told = " ".join(page.build(builder).text(file).replace("|", " ").split())
    for words in (
        "Some server in front",
        "Discouraged",
        "in release 3.0 (cedar)",
        "Because of the new thing.",
        "What the reader must know.",
        "Broken",
        "1.0 (alder) to 2.0 (birch)",
        "Because of the old thing.",
        "413 Content Too Large",
        "It says so at once.",
        "not yet proven",
        "nothing said",
    ):
        assert words in told, words


def test_text_draws_a_plain_box(page):
    lines = page.build("text").text("index.txt").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("| Some server in front"))
    assert re.fullmatch(r"\+-+\+", lines[at - 1])
    assert "[!] **Discouraged**" in "\n".join(lines[at : at + 4])
    frame = [line for line in lines[at - 1 :] if line.startswith(("|", "+"))][:12]
    assert len({len(line) for line in frame}) == 1, frame


def test_man_rules_off_the_card(page):
    told = page.build("man").text("subject.1")
    card = told[told.index("-" * 60) : told.rindex("-" * 60)]
    assert "Some server in front" in card
    assert "It says so at once" in card


def test_latex_draws_a_box_with_the_title(page):
    told = page.build("latex").text("subject.tex")
    assert re.search(r"\\begin\{sphinxadmonition\}\{\w+\}\{Some server in front\}", told)
    assert r"\usepackage{pifont}" in told
    assert re.search(r"\\ding\{\d+\}.*\{Discouraged\}", told)


class Outline(HTMLParser):
    """Keeps each start tag with its attributes, and the text behind it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs), ""))

    def handle_data(self, data):
        if self.tags:
            tag, attrs, text = self.tags[-1]
            self.tags[-1] = (tag, attrs, text + data)


def test_the_card_is_a_region_named_by_its_heading_one_level_below_its_section(page):
    tags = Outline(page.build().text("index.html")).tags
    card = next(attrs for tag, attrs, _ in tags if tag == "section" and "affidavit-card" in (attrs.get("class") or ""))
    heading = next(each for each in tags if each[1].get("id") == card["aria-labelledby"])
    assert heading[0] == "h3"
    assert heading[2].strip() == "Some server in front"
    ids = [attrs["id"] for _, attrs, _ in tags if attrs.get("id")]
    assert len(ids) == len(set(ids))


def test_the_status_is_told_by_word_and_by_a_hidden_icon(page):
    html = page.build().text("index.html")
    assert re.search(r'<svg class="affidavit-mark"[^>]*aria-hidden="true".*?</svg>\s*<strong[^>]*>Discouraged</s', html)


def test_history_is_folded_without_a_script(page):
    html = page.build().text("index.html")
    details = html[html.index("<details") : html.index("</details>")]
    assert "<summary>" in details
    assert "Broken" in details
    assert "Because of the old thing." in details
    assert "Because of the new thing." not in details
    assert "affidavit" not in " ".join(re.findall(r"<script[^>]*src=\"([^\"]*)", html))


def test_references_link_to_the_exact_section(page):
    html = page.build().text("index.html")
    assert 'href="https://docs.example/notes/alder.html#alder-known-issues"' in html
    assert 'href="https://docs.example/notes/cedar.html#cedar-known-issues"' in html
    assert "3.0 (cedar), Known Issues" in html


def test_roles_link_with_the_title_as_text(page):
    html = page.build().text("index.html")
    assert re.search(r'href="#deployment-method.some-server"[^>]*>.*?Some server in front', html)
    assert re.search(r'href="#deployment-feature.big-upload"[^>]*>.*?Upload of a large file', html)
    assert 'id="deployment-method.some-server"' in html


def test_roles_take_a_text_of_their_own(page):
    page.write("other.rst", ":orphan:\n\nOther\n=====\n\n:deployment-method:`That one <some-server>`\n")
    html = page.build().text("other.html")
    assert re.search(r'href="index.html#deployment-method.some-server"[^>]*>.*?That one', html)
    assert "Some server in front" not in html


def test_the_matrix_has_header_cells_and_a_legend(page):
    html = page.build().text("index.html")
    table = html[html.index("<table") : html.index("</table>")]
    assert len(re.findall(r"<th[ >]", table)) == 3
    frame = next(attrs for _, attrs, _ in Outline(html).tags if "affidavit-scroll" in (attrs.get("class") or ""))
    assert frame["aria-label"] == "Methods and features in release 3.0"
    assert (frame["role"], frame["tabindex"]) == ("region", "0")
    assert "nothing said" in table
    assert "nothing said" in html[html.index("</table>") :]


def test_a_broken_stage_shows_in_the_matrix(page):
    page.conf(affidavit_release="1.0")
    html = page.build().text("index.html")
    table = html[html.index("<table") : html.index("</table>")]
    assert "said to fail" in table
    assert "Broken" in table


def test_both_markups_state_the_same(site, pages):
    stated = []
    for suffix, text in pages.items():
        file = site.write(f"index.{suffix}", text)
        claims = site.build(fresh=True).claims
        stated.append([{**claim, "places": None} for claim in claims["claims"]])
        assert {place["file"] for claim in claims["claims"] for place in claim["places"]} == {f"index.{suffix}"}
        file.unlink()
    assert stated[0] == stated[1]
    assert {claim["kind"] for claim in stated[0]} == {"method", "term", "link", "release-note"}


def test_places_are_the_lines_of_the_source(page):
    claims = page.build().claims["claims"]
    source = next(page.src.glob("index.*")).read_text(encoding="utf-8").splitlines()
    written = {"method": "deployment-method", "term": "some server", "link": "A server", "release-note": None}
    for claim in claims:
        line = source[claim["places"][0]["line"] - 1]
        expected = written[claim["kind"]] or claim["target"]
        assert expected in line or (claim["kind"] == "release-note" and "deployment-method" in line), (claim, line)


def test_the_matrix_says_when_there_is_nothing_to_show(site):
    site.write("index.rst", "Home\n====\n\n.. deployment-matrix::\n")
    built = site.build()
    assert built.warnings == []
    assert "No deployment method is declared." in built.text("index.html")


def test_symptoms_are_kept_as_programs_print_them(site):
    site.write(
        "index.rst",
        """
        Home
        ====

        .. deployment-feature:: start
           :title: Start

        .. deployment-method:: one
           :title: One

           .. stage:: 1.0..
              :status: broken

              .. fails:: start
                 :symptom: "can't --read-only" ... ``error``
        """,
    )
    method = next(claim for claim in site.build().claims["claims"] if claim["kind"] == "method")
    assert method["stages"][0]["fails"][0]["symptom"] == '"can\'t --read-only" ... error'


def test_labels_in_front_of_parts_can_be_linked(site, pages):
    text = pages["rst"].replace("   .. stage:: 1.0", "   .. _old:\n\n           .. stage:: 1.0")
    site.write("index.rst", text + "\n        :ref:`the old one <old>`\n")
    html = site.build().text("index.html")
    assert 'href="#old"' in html
    assert 'id="old"' in html


def test_ids_are_unique_beside_titles_that_look_alike(page):
    page.write(
        "other.rst",
        """
        :orphan:

        Deployment method some-server
        =============================

        .. _deployment-matrix-1:

        .. deployment-matrix::

        Deployment feature big-upload
        -----------------------------

        Text.
        """,
    )
    for builder in ("html", "singlehtml"):
        html = page.build(builder).text("index.html")
        ids = re.findall(r'(?<![\w-])id="([^"]+)"', html)
        assert sorted(ids) == sorted(set(ids)), builder


def test_a_reference_may_stand_in_a_heading(site):
    site.write(
        "index.rst",
        """
        Since :release-note:`alder#known-issues`
        ========================================

        .. toctree::

           other
        """,
    )
    site.write("other.md", "# Since {release-note}`birch#known-issues`\n\nText.\n")
    for builder in BUILDERS:
        assert site.build(builder).warnings == []
    assert "alder.html#alder-known-issues" in site.build().text("index.html")


def test_joined_documents_link_to_features_of_the_front_page(site):
    site.write(
        "index.rst",
        """
        Home
        ====

        .. deployment-feature:: upload
           :title: Upload

        .. toctree::

           card
        """,
    )
    site.write(
        "card.rst",
        """
        Card
        ====

        .. deployment-method:: one
           :title: One

           .. stage:: 1.0..
              :status: broken

              .. fails:: upload
                 :symptom: so
        """,
    )
    tex = site.build("latex").text("subject.tex")
    (link,) = set(re.findall(r"hyperref\[\\detokenize\{([^}]*deployment-feature[^}]*)\}\]", tex))
    assert f"\\label{{\\detokenize{{{link}}}}}" in tex


def test_a_glossary_inside_an_entry_is_read_once(site):
    site.write(
        "index.rst",
        """
        Home
        ====

        .. glossary::

           outer
              About it.

              .. glossary::

                 inner
                    https://inner.example/
        """,
    )
    built = site.build()
    assert built.codes == ["term-without-reference"]
    assert "outer" in built.warnings[0]
    assert [claim["target"] for claim in built.claims["claims"] if claim["kind"] == "link"] == [
        "https://inner.example/"
    ]
