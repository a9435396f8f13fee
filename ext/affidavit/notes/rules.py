"""What a reference to release notes resolves to, and what is wrong with it, by the lock alone. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, Holds, Refuted, Unable, Verdict, finding
from affidavit.notes import advice
from affidavit.notes.facts import Lock, LockedSection
from affidavit.notes.lookup import Found, Hit, Index, Project, Resolved, Spot, hits_of

__all__ = ["Resolved", "outdated", "resolve", "verdict"]


def verdict(ref: NoteRef, index: Index) -> Verdict:
    """Judge a reference: whether it means one section, and whether that says the words that it must."""
    found = _found(ref, index)
    if isinstance(found, Finding):
        return Refuted((found,))
    if not ref.words:
        return found.holds
    judged = [_said(ref, words, found.hit.section) for words in ref.words]
    wrong = tuple(each for each in judged if isinstance(each, Finding))
    unable = next((each for each in judged if isinstance(each, Unable)), None)
    return Refuted(wrong) if wrong else unable or found.holds


def resolve(ref: NoteRef, index: Index) -> Resolved | Finding:
    """Return the section that a reference means, whatever it says, or the finding that it means none or several."""
    found = _found(ref, index)
    return found if isinstance(found, Finding) else found.resolved


def spot_of(ref: NoteRef, index: Index) -> Spot | None:
    """Return the release that a reference is to; ``None`` for one that does not mean one section."""
    found = _found(ref, index)
    return None if isinstance(found, Finding) else found.hit.spot


def _found(ref: NoteRef, index: Index) -> Found | Finding:
    """Return what a reference means; what another one that is written alike was found to mean is known."""
    found = index.known.get(ref.target)
    if found is None:
        found = index.known[ref.target] = _look_up(ref, index)
    if isinstance(found, Found) or found.place == ref.place:
        return found
    return replace(found, place=ref.place)


def _look_up(ref: NoteRef, index: Index) -> Found | Finding:
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
            resolved = _resolved(ref, project, hit)
            return Found(resolved, hit, Holds(resolved.url))
        case several:
            return advice.ambiguous(ref, several)


def _resolved(ref: NoteRef, project: Project, hit: Hit) -> Resolved:
    series, version = hit.spot.series.name, hit.spot.release.version
    others = _others(ref, project, hit.spot) if ref.release == series else ()
    return Resolved(f"{project.url}{hit.section.target}", project.name, series, version, hit.section.title, others)


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
