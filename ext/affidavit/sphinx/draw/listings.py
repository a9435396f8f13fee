"""The references of a site to release notes, drawn as a table: a row for each, or for each section that is cited."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePosixPath
from typing import assert_never

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.model.claims import ListedBy, Listing
from affidavit.model.place import Place
from affidavit.notes.listing import Cited, Listed, Standing
from affidavit.notes.rules import Resolved
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw import tables
from affidavit.sphinx.draw.notes import link
from affidavit.sphinx.draw.tables import Cell, line
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.words import choice_words, release_words, standing_meaning, standing_word

_ = get_translation("affidavit")

MARKS = {Standing.HOLDS: "works", Standing.WRONG: "fails", Standing.UNTOLD: "unknown"}
"""The icon of each state."""

CLASS = "affidavit-listing"


def draw(node: ours.release_note_references, view: View) -> list[nodes.Node]:
    """Draw the list; nothing where a table cannot stand, of which a finding tells."""
    target = nodes.target("", "", ids=node["ids"])
    wanted: Listing | None = node["value"]
    return [target, *_list(wanted, view)] if wanted else [target]


def _list(wanted: Listing, view: View) -> list[nodes.Node]:
    match wanted.by:
        case ListedBy.REFERENCE:
            listed = view.judgement.listed(wanted.project)
            return _by_reference(listed, wanted.project, view) if listed else [_nothing(wanted.project)]
        case ListedBy.RELEASE:
            cited = view.judgement.cited(wanted.project)
            return _by_release(cited, wanted.project, view) if cited else [_nothing(wanted.project)]
        case _:  # pragma: no cover
            assert_never(wanted.by)


def _by_reference(listed: Sequence[Listed], project: str, view: View) -> list[nodes.Node]:
    label = _named(_("References to release notes"), project)
    head = (_("Reference"), _("Leads to"), _("State"), _("Stands on"))
    rows = [_reference(row, view) for row in listed]
    found = {row.standing for row in listed}
    legend = tables.legend(
        (MARKS[each], standing_word(each), standing_meaning(each)) for each in Standing if each in found
    )
    return [tables.caption(label), tables.draw(label, _head(head), rows, (20, 20, 14, 18), CLASS), legend]


def _by_release(cited: Sequence[Cited], project: str, view: View) -> list[nodes.Node]:
    label = _named(_("Release notes that pages cite"), project)
    head = (_("Release"), _("Section"), _("Cited on"))
    rows = [_release(row, view) for row in cited]
    return [tables.caption(label), tables.draw(label, _head(head), rows, (20, 26, 26), CLASS)]


def _named(label: str, project: str) -> str:
    return f"{label}: {project}" if project else label


def _head(words: Sequence[str]) -> list[Cell]:
    return [[line(nodes.Text(word))] for word in words]


def _nothing(project: str) -> nodes.Node:
    told = (
        _("No page refers to the release notes of %(project)s.") if project else _("No page refers to release notes.")
    )
    return line(nodes.Text(told % {"project": project}))


def _reference(row: Listed, view: View) -> list[Cell]:
    written = line(nodes.literal("", row.target))
    return [[written], _leads_to(row.found, view), _state(row), _places(row.places, view)]


def _leads_to(found: Resolved | None, view: View) -> Cell:
    """Draw the section, and in words, which a title would hide from many, which others there are to choose from."""
    if found is None:
        return [_unknown()]
    choice = [line(nodes.Text(choice_words(found)))] if found.others else []
    return [line(link(found, view, titled=False)), *choice]


def _state(row: Listed) -> Cell:
    word = line(ours.mark(kind=MARKS[row.standing]), nodes.Text(standing_word(row.standing)))
    return [word, *(line(nodes.literal("", str(code))) for code in row.codes)]


def _release(row: Cited, view: View) -> list[Cell]:
    places = _places(row.places, view)
    if row.found is None:
        return [[_unknown()], [line(nodes.literal("", row.target))], places]
    release = nodes.Text(release_words(row.found, named=view.names_projects))
    return [[line(release)], [line(link(row.found, view, row.found.title))], places]


def _unknown() -> nodes.Node:
    return line(nodes.Text(_("not known")))


def _places(places: Sequence[Place], view: View) -> list[nodes.Node]:
    """Draw links to pages, each with its lines: one as it is, several as a list, whose parts text tells apart."""
    by_page = groupby(places, key=lambda each: (each.document, each.file))
    pages = [_page(list(of_page), view) for _file, of_page in by_page]
    if len(pages) == 1:
        return pages
    return [nodes.bullet_list("", *(nodes.list_item("", each) for each in pages), bullet="*")]


def _page(places: Sequence[Place], view: View) -> nodes.Node:
    """Draw a link to a page, with the lines of its source, or of a file that it includes."""
    first = places[0]
    numbers = [str(each.line) for each in places if each.line]
    told = {0: "", 1: ", " + _("line %(lines)s")}.get(len(numbers), ", " + _("lines %(lines)s"))
    own = str(PurePosixPath(first.file).with_suffix("")) == first.document
    lines = told % {"lines": ", ".join(numbers)} + ("" if own else f" ({first.file})")
    return nodes.paragraph("", "", view.link_to_page(first), nodes.Text(lines))
