"""Sphinx inventories (``objects.inv``) of release notes that reno made: from their bytes to their sections. Pure.

reno 4.1.0 puts an explicit label before each release and each section: ``TITLE_VERSION[_BRANCH]`` and
``TITLE_VERSION[_BRANCH]_SECTION``, where TITLE is the directive's own text, or ``relnotes``, and BRANCH has ``_`` for
``/``. Sphinx keeps labels in lower case, with their blanks, and as display name what the heading says. Since both
versions and branches may hold any character, a section is not split from its label: the label of its release, whose
heading is the version, is looked up.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from msgspec import Struct
from sphinx.util.inventory import InventoryFile

from affidavit.model.errors import SourceError
from affidavit.notes.facts import Facts, Heading, State

LIMIT = 32 * 1024 * 1024
"""The most that an inventory may inflate to; Glance's, of 24 pages, comes to 27 KiB."""

HEADER_LINES = 4
NOT_ONE = "Name the file `objects.inv` that Sphinx writes beside the pages, or its address."


class Section(Struct, frozen=True):
    """A section of a release, as reno labels it: ``branch`` has ``_`` for ``/`` and is empty where none is named."""

    version: str
    branch: str
    title: str
    page: str
    anchor: str


class _Label(Struct, frozen=True):
    name: str
    page: str
    anchor: str
    shown: str


class _Release(Struct, frozen=True):
    version: str
    branch: str


def sections(content: bytes) -> tuple[Section, ...]:
    """Return all sections of release notes in an inventory, sorted by label.

    Raise :class:`SourceError` for bytes that are no inventory, are cut short, or hold no label of reno's.
    """
    labels = tuple(_labels(content))
    releases = {each.name: release for each in labels if (release := _release(each))}
    found = tuple(_sections(labels, releases))
    if not found:
        raise SourceError(
            "The inventory has no labels of release notes as reno writes them.",
            advice="Name the inventory of the site that publishes the release notes.",
        )
    return found


def facts_of(found: Iterable[Section]) -> Facts:
    """Return the sections under the series of their pages; raise :class:`SourceError` if two pages are one series."""
    pages: dict[str, str] = {}
    branches: dict[str, set[str]] = defaultdict(set)
    headings = []
    for each in found:
        series = series_of(each.page)
        if pages.setdefault(series, each.page) != each.page:
            raise _claimed_twice(series, pages[series], each.page)
        branches[series].add(each.branch)
        headings.append(Heading(series, each.version, each.title, f"{each.page}#{each.anchor}"))
    return Facts(tuple(headings), tuple((series, state_of(names)) for series, names in branches.items()))


def state_of(branches: Iterable[str]) -> State:
    """Return how far a series is cared for whose page is made from these branches or tags.

    OpenStack tags a branch ``-eom`` where it ends to be maintained and moves it below ``unmaintained/``; the last tag
    of a branch that is deleted ends in ``-eol``. A page with several branches is as open as the most open of them.
    """
    order = list(State)
    return min((_state(each) for each in branches), key=order.index, default=State.OPEN)


def _state(branch: str) -> State:
    if branch.endswith("-eol"):
        return State.CLOSED
    unmaintained = branch.endswith("-eom") or re.search(r"(^|[/_])unmaintained[/_]", branch)
    return State.UNMAINTAINED if unmaintained else State.OPEN


def _claimed_twice(series: str, page: str, other: str) -> SourceError:
    return SourceError(
        f"The pages `{page}` and `{other}` are both the series `{series}`.",
        advice="Publish each series on one page.",
    )


def series_of(page: str) -> str:
    """Return the series that a page is about, which is its name: ``pike.html`` or ``pike/`` is ``pike``."""
    return unquote(page).removesuffix(".html").strip("/") or "index"


def _sections(labels: Iterable[_Label], releases: dict[str, _Release]) -> Iterator[Section]:
    for label in labels:
        if label.name not in releases and (release := _parent(label.name, releases)):
            yield Section(release.version, release.branch, label.shown, label.page, label.anchor)


def _release(label: _Label) -> _Release | None:
    """Return the release whose heading a label marks, ``None`` for a label of anything else.

    A label with a title of the site's own counts only where it shows a plain version: `install_linux` is none.
    """
    version = re.escape(_folded(label.shown))
    match = re.fullmatch(rf"(.+?)_{version}(?:_(.+))?", label.name)
    if match is None or not (match[1] == "relnotes" or re.fullmatch(r"v?\d[\w.+-]*", label.shown)):
        return None
    return _Release(label.shown, match[2] or "")


def _parent(name: str, releases: dict[str, _Release]) -> _Release | None:
    """Return the release that a label is below, by the longest fit: ``1.0_x_bugs`` is below ``1.0_x``, not ``1.0``.

    The pages are not compared: of two pages with one release, the inventory keeps the release's label for one only.
    """
    while "_" in name:
        name = name.rpartition("_")[0]
        if found := releases.get(name):
            return found
    return None


def _folded(title: str) -> str:
    """Return a heading as docutils folds it into a label."""
    return " ".join(title.lower().split())


def _labels(content: bytes) -> Iterator[_Label]:
    """Return the labels that mark a heading; one without an anchor marks none."""
    _check(content)
    try:
        entries = InventoryFile.loads(content, uri="").data.get("std:label", {})
    except (ValueError, IndexError) as error:
        raise SourceError(f"The inventory cannot be read ({error}).", advice=NOT_ONE) from None
    for name, entry in sorted(entries.items()):
        page, _, anchor = entry.uri.partition("#")
        if anchor:
            yield _Label(name, page, anchor, entry.display_name)


def _check(content: bytes) -> None:
    """Refuse what Sphinx's reader would misread or choke on."""
    if content.lstrip()[:1] == b"<":
        raise SourceError("What is there is a web page, not an inventory.", advice=NOT_ONE)
    if not content.startswith(b"# Sphinx inventory version 2"):
        raise SourceError("What is there is not an inventory of version 2.", advice=NOT_ONE)
    text = _inflated(content.split(b"\n", HEADER_LINES)[-1])
    # Sphinx's pattern takes time in the square of the length of a run of blanks; inventories have single ones.
    if re.search(r"[^\S\n]{20}", text.decode(errors="replace")):
        raise SourceError("The inventory is damaged: it has long runs of blanks.", advice=NOT_ONE)


def _inflated(body: bytes) -> bytes:
    """Inflate as much as an inventory may come to, so that a small file cannot fill the memory."""
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(body, LIMIT)
    except zlib.error:
        raise SourceError("The inventory is damaged: its body does not inflate.", advice=NOT_ONE) from None
    if stream.unconsumed_tail:
        raise SourceError(f"The inventory inflates to more than {LIMIT // 2**20} MiB.", advice=NOT_ONE)
    if not stream.eof:
        raise SourceError("The inventory was cut short.", advice="Fetch it again.")
    return text
