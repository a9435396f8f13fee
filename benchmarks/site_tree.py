"""A finished html site of any size, with as many links and anchors, and with known faults where wanted.

The site is always the same for the same arguments. Its pages stand in folders of 40, look like what documentation
generators write (a navigation, sections with ids, paragraphs, code), and link to sections of each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from msgspec import Struct

SECTIONS = 25
"""Sections of a page, each with an id."""

IN_A_FOLDER = 40

_WORDS = ("affidavit", "page", "proof", "server", "method", "release", "upload", "image", "claim", "anchor", "term")

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="stylesheet" href="{up}style.css">
<script>var links = '<a href="not-a-link.html">';</script>
</head>
<body>
<!-- <a href="not-a-link.html#in-a-comment" id="no-anchor">a comment</a> -->
<nav><a href="{up}index.html">Start</a></nav>
<main>
"""

_FOOT = "</main>\n</body>\n</html>\n"


class Fault(Struct, frozen=True):
    """A link that leads nowhere: its page, its line and its text; ``anchor`` tells that only the anchor is amiss."""

    file: str
    line: int
    href: str
    anchor: bool


class SiteTree(Struct, frozen=True):
    """What was written: html files, links (each occurrence), and the faults among these."""

    pages: int
    links: int
    faults: frozenset[Fault]


def build(folder: Path, pages: int = 1_000, links: int = 100, faults: int = 0) -> SiteTree:
    """Write a site of an index and so many pages into a folder, which is made.

    Each page has ``links`` links to sections, one to the index and one to the style sheet; the index has one to each
    page, and one to the style sheet: 1,001 pages and 103,001 links by default. The first ``faults`` pages have two
    more each, that lead nowhere: one to a page and one to a section.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "style.css").write_text("body { margin: 2em }\n", encoding="utf-8")
    random = Random(1)  # noqa: S311 -- it makes test data, and no secrets
    names = [_name(number) for number in range(pages)]
    found: set[Fault] = set()
    for number, name in enumerate(names):
        lines = [*_page(random, names, number, links)]
        if number < faults:
            found |= set(_break(lines, name, number))
        _write(folder / name, lines)
    _write(folder / "index.html", [*_index(names)])
    return SiteTree(pages + 1, pages * (links + 2) + pages + 1 + len(found), frozenset(found))


def _name(number: int) -> str:
    return f"part-{number // IN_A_FOLDER:03}/page-{number:05}.html"


def _index(names: list[str]) -> Iterator[str]:
    yield from _HEAD.format(title="Index", up="").replace('<a href="index.html">Start</a>', "").splitlines()
    yield "<ul>"
    yield from (f'<li><a href="{name}">{name}</a></li>' for name in names)
    yield "</ul>"
    yield from _FOOT.splitlines()


def _page(random: Random, names: list[str], number: int, links: int) -> Iterator[str]:
    yield from _HEAD.format(title=f"Page {number}", up="../").splitlines()
    for section in range(SECTIONS):
        yield f'<section id="section-{section}">'
        yield f'<h2>{_words(random, 4)}<a class="headerlink" title="Link to this heading">¶</a></h2>'
        for _ in range(section * links // SECTIONS, (section + 1) * links // SECTIONS):
            href = _href(names[number], random.choice(names), f"section-{random.randrange(SECTIONS)}")
            yield f"<p>{_words(random, 9)}"
            yield f'<a class="reference internal" href="{href}"><em>{_words(random, 2)}</em></a> {_words(random, 6)}.'
            yield "</p>"
        yield f'<div class="highlight"><pre><span class="gp">$ </span>{_words(random, 5)} &gt; file</pre></div>'
        yield "</section>"
    yield from _FOOT.splitlines()


def _href(page: str, target: str, anchor: str) -> str:
    folder, _, name = target.partition("/")
    if target == page:
        return f"#{anchor}"
    return f"{name}#{anchor}" if page.startswith(f"{folder}/") else f"../{target}#{anchor}"


def _break(lines: list[str], page: str, number: int) -> Iterator[Fault]:
    """Put two faults before the end of a page."""
    for href, anchor in ((f"gone-{number}.html#section-1", False), ("../index.html#gone", True)):
        lines.insert(-3, f'<p><a href="{href}">{href}</a></p>')
        yield Fault(page, len(lines) - 3, href, anchor)


def _words(random: Random, number: int) -> str:
    return " ".join(random.choices(_WORDS, k=number))


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
