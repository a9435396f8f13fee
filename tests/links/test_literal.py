from __future__ import annotations

import re
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.literal import Markup, literals

# In each text the words LINK are in markup, and SHOWN in what is shown as it is.
RST = {
    "inline": "``SHOWN``, LINK, :literal:`SHOWN`, :ref:`LINK`, ``SHOWN and\nSHOWN`` LINK",
    "block": """
        Like this, LINK::

            SHOWN

            SHOWN

        LINK
        """,
    "block of a list": """
        * So::

              SHOWN

          LINK

        LINK
        """,
    "code": """
        .. code-block:: console
           :caption: SHOWN

           SHOWN
        LINK
        """,
    "nested": """
        .. note:: LINK

           LINK

           .. code:: python

              SHOWN

           LINK
        """,
    "comment": """
        .. SHOWN
           SHOWN

        ..
           SHOWN

        ..

           LINK
        """,
    "targets": """
        .. _page: LINK
        .. __: LINK
        .. [1] LINK
        .. |picture| image:: LINK
           :target: LINK
        .. |code| code:: SHOWN
        """,
    "doctest": """
        >>> get("SHOWN")

        LINK
        """,
    "unknown directive": """
        .. some-domain:thing:: LINK

           LINK
        """,
    "windows": "Like this::\r\n\r\n   SHOWN\r\n\r\nLINK\r\n",
    "tabs": "* Like this::\n\n\tSHOWN\n\n  LINK\n",
}
MYST = {
    "inline": "`SHOWN` LINK ``SHOWN ` SHOWN`` LINK <!-- SHOWN\n SHOWN --> LINK",
    "fence": """
        ```
        SHOWN
        ```
        LINK
        ~~~console
        SHOWN
        ```
        SHOWN
        ~~~
        LINK
        """,
    "directives": """
        ```{note}
        LINK
        ```
        ```{code-block} console
        SHOWN
        ```
        LINK
        :::{tip}
        LINK
        :::
        LINK
        """,
    "nested": """
        ````{note}
        ```{code-block} console
        SHOWN
        ```
        LINK
        ```python
        SHOWN
        ```
        LINK
        ````
        LINK
        """,
    "comment": "% SHOWN\n\nLINK",
    "indented code": "LINK\n    LINK\n\n    SHOWN\n\n    SHOWN\nLINK\n",
    "indented in a list": "* LINK\n\n      LINK\n  LINK\n\n      LINK\n\nLINK\n\n    SHOWN\n",
    "reStructuredText": """
        `SHOWN`
        ````{eval-rst}
        `LINK`, ``SHOWN``::

            SHOWN
        .. SHOWN
        +-------+
        | SHOWN |
        +-------+

        LINK
        ````
        `SHOWN`
        """,
    "not closed": "```\nSHOWN\n",
    "front matter": "---\nurl: LINK\n---\n",
}


def told(text, markup):
    """Return the words LINK and SHOWN of a text, each as it is taken to be."""
    spans = literals(text, markup)
    places = [at for at in range(len(text)) if text.startswith(("LINK", "SHOWN"), at)]
    return ["SHOWN" if any(span.start <= at < span.end for span in spans) else "LINK" for at in places]


def words(text):
    return re.findall("LINK|SHOWN", text)


@pytest.mark.parametrize(("markup", "text"), [
    *(pytest.param(Markup.RST, text, id=f"rst, {name}") for name, text in RST.items()),
    *(pytest.param(Markup.MYST, text, id=f"myst, {name}") for name, text in MYST.items()),
])  # fmt: skip
def test_what_is_shown_as_it_is(markup, text):
    text = dedent(text)
    assert told(text, markup) == words(text)


pieces = st.sampled_from([*"`~:.{}<>!- \n\r\ta*", "::\n\n  ", "```", ".. code::", "{code}"])


@given(st.lists(pieces).map("".join), st.sampled_from(Markup))
def test_no_text_makes_it_raise(text, markup):
    assert all(0 <= span.start <= span.end <= len(text) for span in literals(text, markup))


MEASURED = [
    "https://old.example/\n====================\n",
    "=====================\nhttps://old.example/\n=====================\n",
    "+----------------------+\n| https://old.example/ |\n+----------------------+\n",
    "==== ====================\none  https://old.example/\n==== ====================\n",
]


@pytest.mark.parametrize("text", MEASURED)
def test_titles_and_tables_that_are_drawn_are_left_alone(text: str) -> None:
    at = text.index("https")
    assert any(span.start <= at < span.end for span in literals(text, Markup.RST))


@pytest.mark.parametrize(
    "text", ["Words\nhttps://old.example/\n", "Title\n=====\n\nhttps://old.example/\n", "| https://old.example/\n"]
)
def test_what_is_not_drawn_is_not(text: str) -> None:
    at = text.index("https")
    assert not any(span.start <= at < span.end for span in literals(text, Markup.RST))
