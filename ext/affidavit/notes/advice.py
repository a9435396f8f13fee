"""The findings about references that mean no section, or several, with the nearest forms that would work. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.verdicts import Finding, finding
from affidavit.notes.facts import slug
from affidavit.notes.lookup import Hit, Index, Project, Spot, hits_of

EXAMPLES = 3
"""How many forms that would work an advice gives, where the choice is wide."""

SHOWN = 12
"""How many versions of a series an advice gives at most."""

NEAR = 0.6
"""How alike two names must be for one to be offered for the other; at 0.5, `known-isues` brings up `new-features`."""


def project_unknown(ref: NoteRef, index: Index) -> Finding:
    """Say that the lock does not have the project, or any."""
    known = list(index.projects)
    has = f"it has {_listed(known)}" if known else "it holds none at all"
    message = f"`{ref.target}` cannot be resolved: the lock file has no such project; {has}."
    forms = [f"{name}:{ref.release}#{ref.section}" for name in near(ref.project, tuple(known))]
    return finding(Code.NOTE_PROJECT_UNKNOWN, ref.place, message, _did_you_mean(forms))


def no_project(ref: NoteRef, index: Index) -> Finding:
    """Say that a project must be named, since there are several; offer those that have the section, if any has."""
    known = _listed(list(index.projects))
    message = f"`{ref.target}` names no project, and the lock file has {known}."
    fitting = [f"{each.name}:{form}" for each in index.projects.values() for form in _meant(ref, each)[-1:]]
    forms = fitting or [f"{each.name}:{ref.release}#{ref.section}" for each in index.projects.values()]
    return finding(Code.NOTE_AMBIGUOUS, ref.place, message, _write(forms))


def bare(ref: NoteRef, project: Project) -> Finding:
    """Say that a section without a release means nothing certain: what stands first on a page changes."""
    hits = hits_of(project.spots, ref.section)
    if not hits:
        return section_unknown(ref, project, project.spots)
    number = "one release has" if len(hits) == 1 else f"{len(hits)} releases have"
    message = f"`{ref.target}` names no release; of {project.name}, {number} that section."
    return finding(Code.NOTE_AMBIGUOUS, ref.place, message, _write(_own(ref, _meant(ref, project))))


def ambiguous(ref: NoteRef, hits: Sequence[Hit]) -> Finding:
    """Name all the places that a reference fits."""
    names = [hit.spot.full for hit in hits]
    message = f"`{ref.target}` fits {len(hits)} places in the release notes: {_listed(names)}."
    forms = [f"{name}#{ref.section}" for name in names]
    return finding(Code.NOTE_AMBIGUOUS, ref.place, message, _write(_own(ref, forms)))


def release_unknown(ref: NoteRef, project: Project) -> Finding:
    """Say that there is no such release or series, or that the series has no final release of its own yet."""
    unsettled = project.spots_in(ref.release)
    if unsettled:
        return _unsettled(ref, project, unsettled)
    if any(ref.release == name or ref.release.startswith(f"{name}/") for name in project.facts.removed):
        message = f"`{ref.target}` cannot be resolved: {project.name} had that series once, and has it no more."
        return finding(Code.NOTE_SERIES_REMOVED, ref.place, message)
    names = near(ref.release, tuple(_release_names(ref, project)))
    has = f"the nearest: {', '.join(names)}" if names else _what_there_is(project)
    message = f"`{ref.target}` cannot be resolved: {project.name} has no release or series `{ref.release}`; {has}."
    return finding(Code.NOTE_RELEASE_UNKNOWN, ref.place, message)


def section_unknown(ref: NoteRef, project: Project, spots: Sequence[Spot]) -> Finding:
    """Say which sections there are, and which other versions of the series have the one that was meant."""
    titles = list(dict.fromkeys(section.title for spot in spots for section in spot.release.sections))
    where = _listed([spot.full for spot in spots]) if ref.release else project.name
    message = f"`{ref.target}` cannot be resolved: no such section in {where}; there are {_listed(titles)}."
    names = {spot.series.name for spot in spots}
    siblings = [spot for spot in project.spots if spot.series.name in names]
    having = [hit.spot for hit in hits_of(siblings, ref.section)]
    if having:
        which = "versions of the series" if any(names) else "releases"
        offered = having[-SHOWN:] if any(names) else _closest(having, siblings, spots[0])
        advice = f"Other {which} have it. {_write(_own(ref, _forms(project, offered, ref.section)))}"
        return finding(Code.NOTE_SECTION_UNKNOWN, ref.place, message, advice)
    alike = near(slug(ref.section), tuple(dict.fromkeys(map(slug, titles))))
    forms = [form for section in alike for form in _forms(project, spots, section, ref.release)[-1:]]
    return finding(Code.NOTE_SECTION_UNKNOWN, ref.place, message, _did_you_mean(_own(ref, forms)))


def _closest(having: Sequence[Spot], siblings: Sequence[Spot], meant: Spot) -> list[Spot]:
    """Return the few releases that come soonest before or after one, of a project that has one series for all."""
    age = {spot.release.version: at for at, spot in enumerate(siblings)}
    here = age[meant.release.version]
    closest = sorted(having, key=lambda spot: abs(age[spot.release.version] - here))[:EXAMPLES]
    return sorted(closest, key=lambda spot: age[spot.release.version])


def _unsettled(ref: NoteRef, project: Project, spots: Sequence[Spot]) -> Finding:
    forms = _forms(project, spots, ref.section)
    if not forms:
        return section_unknown(ref, project, spots)
    message = f"`{ref.target}` cannot be resolved: the series has no final release of its own."
    return finding(Code.NOTE_RELEASE_UNKNOWN, ref.place, message, _write(_own(ref, forms[-EXAMPLES:])))


@lru_cache(maxsize=1024)  # a name that is wrong is wrong in many references, and comparing takes long
def near(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the few of the known names that are most like one that is not among them."""
    folded = {each.casefold(): each for each in known}
    return tuple(folded[each] for each in get_close_matches(name.casefold(), folded, EXAMPLES, NEAR))


def _meant(ref: NoteRef, project: Project) -> list[str]:
    """Return the forms that a reference may stand for in a project; the latest few where it names no release."""
    if ref.release:
        return _forms(project, project.spots_of(ref.release), ref.section, ref.release)
    settled = [spot for series in project.firsts for spot in project.spots_of(series)]
    return (_forms(project, settled, ref.section) or _forms(project, project.spots, ref.section))[-EXAMPLES:]


def _forms(project: Project, spots: Sequence[Spot], section: str, release: str = "") -> list[str]:
    """Return for each spot that has a section the form that means it alone.

    Where the release as the author named it does so, that is the form.
    """
    hits = hits_of(spots, section)
    if len(hits) == 1 and tuple(spots) == project.spots_of(release):
        return [f"{release}#{section}"]
    return [f"{project.name_of(hit.spot)}#{section}" for hit in hits]


def _own(ref: NoteRef, forms: Iterable[str]) -> list[str]:
    """Return the forms with the project, where the author named it."""
    return [f"{ref.project}:{form}" for form in forms] if ref.project else list(forms)


def _what_there_is(project: Project) -> str:
    """Return what a project's releases can be named by: its series, or the last few releases where it has none."""
    if series := _series(project):
        return f"its series: {', '.join(series)}"
    return f"its last releases: {', '.join(spot.release.version for spot in project.spots[-EXAMPLES:])}"


def _series(project: Project) -> list[str]:
    return [series.name for series in project.facts.series if series.name]


def _release_names(ref: NoteRef, project: Project) -> list[str]:
    """Return what may stand for a release, in the manner that the author chose."""
    spots = project.spots
    if "/" in ref.release:
        return [spot.full for spot in spots]
    return [*_series(project), *(spot.release.version for spot in spots)]


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _did_you_mean(forms: Sequence[str]) -> str:
    """Return the question, or nothing, so that the code's own advice stands."""
    return f"Did you mean {_choice(forms)}?" if forms else ""


def _write(forms: Sequence[str]) -> str:
    return f"Write {_choice(forms)}."


def _choice(forms: Sequence[str]) -> str:
    return " or ".join(f"`{form}`" for form in forms)
