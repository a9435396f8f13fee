"""A Sphinx project of any size, as manuals are: sections, code, tables, references, links and a glossary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

LINKS = 4
"""External links of a page."""

TERMS = 40
"""Entries of the glossary, each with a link."""

IN_A_PART = 25
"""Pages of a part, which has a table of contents of its own: a single one of all pages is slow in Sphinx."""

_SECTIONS = 4
_CONF = "project = 'A manual'\nexclude_patterns = ['with']\n"
_EXTENDED = """\
project = 'A manual'
exclude_patterns = ['with']
extensions = ['affidavit']
affidavit_links = 'all'
affidavit_allow_private = ['127.0.0.0/8']
"""


def links_of(pages: int) -> int:
    """Return how many URLs a project of so many pages needs."""
    return pages * LINKS + TERMS


def build(folder: Path, pages: int, urls: Sequence[str]) -> None:
    """Write a project of so many pages in parts; its folder ``with`` has a conf.py with the extension.

    ``urls`` are as many as `links_of` says.
    """
    of_glossary, of_pages = urls[:TERMS], [urls[at : at + LINKS] for at in range(TERMS, links_of(pages), LINKS)]
    parts = {_part(number): range(number, min(number + IN_A_PART, pages)) for number in range(0, pages, IN_A_PART)}
    files = {
        "conf.py": _CONF,
        "with/conf.py": _EXTENDED,
        "index.rst": _contents("A manual", ["glossary", *(f"{part}/index" for part in parts)]),
        "glossary.rst": _glossary(of_glossary),
        **{f"{part}/index.rst": _contents(part, _names(numbers)) for part, numbers in parts.items()},
        **{f"{_name(number)}.rst": _page(number, pages, links) for number, links in enumerate(of_pages)},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _part(number: int) -> str:
    return f"part-{number // IN_A_PART}"


def _name(number: int) -> str:
    return f"{_part(number)}/page-{number}"


def _names(numbers: Iterable[int]) -> list[str]:
    return [f"page-{number}" for number in numbers]


def _contents(title: str, names: Iterable[str]) -> str:
    entries = "".join(f"   {name}\n" for name in names)
    return f"{title}\n{'=' * len(title)}\n\n.. toctree::\n   :maxdepth: 1\n\n{entries}"


def _glossary(urls: Sequence[str]) -> str:
    terms = "".join(
        f"   word {number}\n      What it means: `a page <{url}>`__.\n\n" for number, url in enumerate(urls)
    )
    return f"Glossary\n========\n\n.. glossary::\n\n{terms}"


def _page(number: int, pages: int, urls: Sequence[str]) -> str:
    title = f"Page {number}"
    sections = "\n".join(_section(number, each, pages) for each in range(_SECTIONS))
    links = "\n".join(f"* `page {each} elsewhere <{url}>`__ tells more." for each, url in enumerate(urls))
    return f".. _page-{number}:\n\n{title}\n{'=' * len(title)}\n\n{sections}\nSee also\n--------\n\n{links}\n"


def _section(page: int, number: int, pages: int) -> str:
    other = (page * 7 + number) % pages
    title = f"Section {number}"
    return f"""\
{title}
{"-" * len(title)}

A paragraph of some *length*, which says **that** a ``command`` does something to a :term:`word {number}`, and
that :ref:`another page <page-{other}>` explains it at greater length, with an example.

.. code-block:: console

   $ command --option {number} file-{page}.txt
   done

.. note:: This needs :doc:`/{_name(other)}` to be read first.

=========  ==========
Option     Meaning
=========  ==========
``--one``  the first
``--two``  the second
=========  ==========
"""
