"""Which URLs of a source in MyST are text, and which are links."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.bare import bare
from affidavit.links.sources import plan
from affidavit.model.claims import Link
from affidavit.model.place import Place

LINK, TEXT = "http://link.example/", "https://text.example/"
SOURCES = {
    "prose": "See TEXT, (TEXT) and `x`TEXT.",
    "inline": "[x](LINK) [y](<LINK> 'TEXT') [z]( LINK) ![i](LINK) (TEXT) [TEXT]",
    "autolink": "<LINK> <a href='TEXT'> < TEXT >",
    "definitions": "[x]: LINK\n[y]: <LINK>\n> [z]: LINK 'TEXT'\n",
    "footnote": "[^1]: TEXT\n",
    "of a directive": """
        ```{image} LINK
        :target: LINK
        :alt: see TEXT
        ```
        :::{card}
        ---
        link: "LINK"
        ---
        TEXT is TEXT
        :::
        :target: TEXT
        """,
    "toctree": "```{toctree}\n:maxdepth: 1\n\nWeb <LINK>\nLINK\n```\nTEXT\n",
    "reStructuredText": "````{eval-rst}\nLINK\n\n.. note:: LINK\n````\nTEXT\n",
    "front matter": "---\nlinks: TEXT\n---\n\n<LINK>\n",
    "linkify": "---\nmyst:\n  enable_extensions: [linkify]\n---\n\nLINK and <LINK>\n",
    "no linkify": "---\nmyst:\n  enable_extensions: []\n---\n\nTEXT and linkify\n",
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_what_is_text(source):
    text = dedent(source).replace("LINK", LINK).replace("TEXT", TEXT)
    starts = [span.start for span in bare(text)]
    assert starts == [at for at in range(len(text)) if text.startswith(TEXT, at)]


@pytest.mark.parametrize(("linkify", "count"), [(True, 2), (False, 1)])
def test_text_is_rewritten_where_it_is_made_a_link(tmp_path, linkify, count):
    (tmp_path / "a.md").write_text(f"{LINK} and <{LINK}>\n")
    (edit,) = plan(tmp_path, [Link(LINK, Place("a.md", 1))], {LINK: TEXT}, linkify=linkify).edits
    assert edit.count == count


pieces = st.sampled_from([*"`~:.{}<>![]()- \n\r\ta*", "```", "{x}", "---\n", LINK, "]("])


@given(st.lists(pieces).map("".join))
def test_no_text_makes_it_raise(text):
    assert all(text.startswith("http", span.start) for span in bare(text))
