"""All references of a site to release notes: where each leads, how it stands, and which pages cite a release. Pure.

What is judged elsewhere is only gathered here, so that a list can say nothing else than the report does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from affidavit.model.claims import ListedBy, Listing, NoteRef
from affidavit.model.codes import Code
from affidavit.model.directives import Declaration, examine
from affidavit.model.place import Place
from affidavit.model.plain import natural
from affidavit.model.report import Report
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Unproven, Verdict, finding
from affidavit.notes.lookup import Index, Project
from affidavit.notes.options import DIRECTIVES
from affidavit.notes.rules import Resolved, resolve
from affidavit.notes.series import by_age

_TARGET = re.compile(r"`([^`]*)`")
"""What a message about a reference begins with."""


class Standing(StrEnum):
    """How a reference stands."""

    HOLDS = "holds"
    WRONG = "wrong"
    UNTOLD = "untold"


class Listed(Struct, frozen=True):
    """A reference, wherever on the site it is written so and stands so.

    ``found`` is ``None`` where it leads to no section, and ``project`` is empty where that is not known. ``codes`` are
    those of all that is said of it.
    """

    target: str
    found: Resolved | None
    project: str
    standing: Standing
    codes: tuple[Code, ...]
    places: tuple[Place, ...] = ()


class Cited(Struct, frozen=True):
    """A section that pages refer to, and where they do.

    Of references that lead to no section, ``found`` is ``None``, and ``target`` what their authors wrote.
    """

    found: Resolved | None
    target: str
    places: tuple[Place, ...] = ()


def read(told: Declaration) -> tuple[Listing, tuple[Finding, ...]]:
    """Read a ``release-note-references``, and what is wrong with it; by reference is how it lists by default."""
    problems = list(examine(told, DIRECTIVES[told.directive]))
    by = told.option("by")
    if by and by not in set(ListedBy):
        message = f"`{by}` is nothing that references can be listed by."
        problems.append(told.problem(Code.OPTION_INVALID, message, "Write `reference` or `release`."))
    order = ListedBy(by) if by in set(ListedBy) else ListedBy.REFERENCE
    return Listing(order, told.option("project"), told.place), tuple(problems)


def examine_projects(listings: Iterable[Listing], settings: Settings) -> Iterator[Finding]:
    """Yield the lists of projects that the settings do not have."""
    if "affidavit_release_notes" in settings.invalid:
        return  # which projects there are to be is not known
    names = [project.name for project in settings.projects]
    for each in listings:
        if each.project and each.project not in names:
            message = f"`affidavit_release_notes` has no project `{each.project}`, whose references are to be listed."
            known = ", ".join(f"`{name}`" for name in names)
            advice = f"Name one of {known}." if names else "Declare it there, or remove the option."
            yield finding(Code.OPTION_INVALID, each.place, message, advice)


def by_reference(report: Report, notes: Index | Finding, project: str = "") -> tuple[Listed, ...]:
    """Return all references, or those to one project, in the order of what is written."""
    told = _told(report.findings)
    found: dict[Listed, list[Place]] = defaultdict(list)
    for each in report.judged:
        ref = each.claim
        if isinstance(ref, NoteRef):
            leads_to, named = _leads_to(ref, notes)
            codes = dict.fromkeys((*_codes(each.verdict), *told[ref.place, ref.target]))
            found[Listed(ref.target, leads_to, named, _standing(each.verdict), tuple(codes))].append(ref.place)
    rows = (replace(row, places=_once(places)) for row, places in found.items() if _is_of(project, row))
    return tuple(sorted(rows, key=lambda row: (natural(row.target), row.places)))


def by_release(report: Report, notes: Index | Finding, project: str = "") -> tuple[Cited, ...]:
    """Return the sections that are cited, those of the newest releases first, and last what leads to none."""
    found: dict[Cited, list[Place]] = defaultdict(list)
    for row in by_reference(report, notes, project):
        # Whether a page names the version, or the series that means it, the section is the same.
        means = row.found and replace(row.found, others=())
        found[Cited(means, "" if means else row.target)].extend(row.places)
    ranks = _ranks(notes) if isinstance(notes, Index) else {}
    rows = (replace(row, places=_once(places)) for row, places in found.items())
    return tuple(sorted(rows, key=lambda row: _rank(row, ranks)))


def _told(findings: Iterable[Finding]) -> Mapping[tuple[Place, str], list[Code]]:
    """Return the codes of what is said of references: by place, since a card has several, and by what is written."""
    found: dict[tuple[Place, str], list[Code]] = defaultdict(list)
    for each in findings:
        if target := _TARGET.match(each.message):
            found[each.place, target[1]].append(each.code)
    return found


def _leads_to(ref: NoteRef, notes: Index | Finding) -> tuple[Resolved | None, str]:
    """Return the section that a reference means, and the project that it is to, as far as that is known."""
    if isinstance(notes, Finding):
        return None, ref.project
    means, project = resolve(ref, notes), notes.project(ref.project)
    return means if isinstance(means, Resolved) else None, project.name if project else ref.project


def _is_of(project: str, row: Listed) -> bool:
    """Tell whether a reference is to a project; one that names none where there are several may be to any."""
    return not project or row.project in ("", project)


def _codes(verdict: Verdict) -> tuple[Code, ...]:
    match verdict:
        case Refuted(findings):
            return tuple(each.code for each in findings)
        case Moved(_, found):
            return (found.code,)
        case Unable(_, code):
            return (code,)
        case Holds() | Unproven():
            return ()
        case _:  # pragma: no cover
            assert_never(verdict)


def _standing(verdict: Verdict) -> Standing:
    match verdict:
        case Holds() | Moved():
            return Standing.HOLDS
        case Refuted():
            return Standing.WRONG
        case Unable() | Unproven():
            return Standing.UNTOLD
        case _:  # pragma: no cover
            assert_never(verdict)


def _once(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return each place once, page by page: what two pages include stands on both."""
    return tuple(sorted(set(places), key=lambda each: (each.document, each)))


def _ranks(index: Index) -> Mapping[tuple[str, str, str], int]:
    """Return how new each release is: projects as the lock has them, in each the newest release first."""
    spots = ((project.name, *spot) for project in index.projects.values() for spot in _newest_first(project))
    return {spot: rank for rank, spot in enumerate(spots)}


def _newest_first(project: Project) -> Iterator[tuple[str, str]]:
    """Yield the series and versions of a project."""
    for series in reversed(by_age(project.facts)):
        yield from ((series.name, release.version) for release in reversed(series.releases))


def _rank(row: Cited, ranks: Mapping[tuple[str, str, str], int]) -> tuple[int, tuple[str, str]]:
    if row.found is None:
        return len(ranks), natural(row.target)
    return ranks[row.found.project, row.found.series, row.found.version], natural(row.found.title)
