"""What a reference to release notes resolves to, and what is wrong with it, by the lock alone. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, Holds, Refuted, Unable, Verdict, finding
from affidavit.notes import advice
from affidavit.notes.facts import Lock, LockedSection
from affidavit.notes.lookup import Hit, Index, Project, Spot, hits_of


@dataclass(frozen=True, slots=True)
class Resolved:
    """The one section that a reference means, and the URL of its exact anchor.

    ``others`` are the other versions that have the section, where the author named a series and left the choice to us.
    """

    url: str
    project: str
    series: str
    version: str
    title: str
    others: tuple[str, ...] = ()


def verdict(ref: NoteRef, index: Index) -> Verdict:
    """Judge a reference: whether it means one section, and whether that says the words that it must."""
    found = _found(ref, index)
    if isinstance(found, Finding):
        return Refuted((found,))
    project, hit = found
    judged = [_said(ref, words, hit.section) for words in ref.words]
    wrong = tuple(each for each in judged if isinstance(each, Finding))
    unable = next((each for each in judged if isinstance(each, Unable)), None)
    return Refuted(wrong) if wrong else unable or Holds(_url(project, hit))


def resolve(ref: NoteRef, index: Index) -> Resolved | Finding:
    """Return the section that a reference means, whatever it says, or the finding that it means none or several."""
    found = _found(ref, index)
    if isinstance(found, Finding):
        return found
    project, hit = found
    spot = hit.spot
    others = _others(ref, project, spot) if ref.release == spot.series.name else ()
    return Resolved(_url(project, hit), project.name, spot.series.name, spot.release.version, hit.section.title, others)


def spot_of(ref: NoteRef, index: Index) -> Spot | None:
    """Return the release that a reference is to; ``None`` for one that does not mean one section."""
    found = _found(ref, index)
    return None if isinstance(found, Finding) else found[1].spot


def _found(ref: NoteRef, index: Index) -> tuple[Project, Hit] | Finding:
    project = index.project(ref.project)
    if project is None:
        named = ref.project or not index.projects
        return advice.project_unknown(ref, index) if named else advice.no_project(ref, index)
    if not ref.release:
        return advice.bare(ref, project)
    spots = project.spots_of(ref.release)
    if not spots:
        return advice.release_unknown(ref, project)
    match hits_of(spots, ref.section):
        case ():
            return advice.section_unknown(ref, project, spots)
        case (hit,):
            return project, hit
        case several:
            return advice.ambiguous(ref, several)


def _url(project: Project, hit: Hit) -> str:
    return f"{project.url}{hit.section.target}"


def _others(ref: NoteRef, project: Project, chosen: Spot) -> tuple[str, ...]:
    siblings = (spot for spot in project.spots_in(chosen.series.name) if spot != chosen)
    return tuple(hit.spot.release.version for hit in hits_of(siblings, ref.section))


def _said(ref: NoteRef, words: str, section: LockedSection) -> Finding | Unable | None:
    """Tell what keeps the words of a reference from being in its section; ``None`` if they are there."""
    known = {saying.words: saying.found for saying in section.says}
    if words not in known:
        message = f"`{ref.target}` asks for words that the lock file was not written with: “{words}”."
        return finding(Code.NOTE_WORDS_UNLOCKED, ref.place, message)
    match known[words]:
        case True:
            return None
        case False:
            message = f"`{ref.target}` cannot be right: the section “{section.title}” does not say “{words}”."
            return finding(Code.NOTE_WORDS_MISSING, ref.place, message)
        case None:
            reason = f"the text of “{section.title}” was out of reach when the lock file was written"
            return Unable(reason, Code.NOTE_UNABLE)


def outdated(lock: Lock, urls: Mapping[str, str], place: Place) -> Iterator[Finding]:
    """Yield where the lock differs from the settings in ``place``, which give each project's URL by its name."""
    locked = {project.name: project.url for project in lock.projects}
    for name in sorted(locked.keys() | urls.keys()):
        if name not in locked:
            yield finding(Code.LOCK_OUTDATED, place, f"The lock file does not hold the project `{name}`.")
        elif name not in urls:
            yield finding(Code.LOCK_OUTDATED, place, f"The lock file holds `{name}`, which no setting names.")
        elif locked[name] != urls[name]:
            message = f"The lock file has the project `{name}` at {locked[name]}, the setting at {urls[name]}."
            yield finding(Code.LOCK_OUTDATED, place, message)
