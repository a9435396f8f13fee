"""The projects that a command about release notes is about: those of the settings, or the one that is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from affidavit.cli.notes_options import Source
from affidavit.cli.outcome import UsageError
from affidavit.cli.site import Site
from affidavit.model.errors import AffidavitError
from affidavit.model.settings import NoteProject
from affidavit.notes.facts import LockedProject
from affidavit.notes.sources.places import is_url

_Named = TypeVar("_Named", NoteProject, LockedProject)


def projects_of(site: Site, sources: Sequence[Source]) -> tuple[NoteProject, ...]:
    """Return the projects of the settings, with the sources that the command line gives instead."""
    declared = site.settings.projects
    names = [project.name for project in declared]
    if not names:
        raise AffidavitError(
            f"`{site.folder / 'conf.py'}` names no project whose release notes could be locked.",
            advice='Set `affidavit_release_notes = {"NAME": {"inventory": FILE_OR_URL, "url": BASE_URL}}` in it.',
        )
    for source, number in Counter(source.project for source in sources).items():
        if source not in names:
            problem = f"`--source` names `{source}`, which `affidavit_release_notes` does not have."
            raise UsageError(problem, advice=f"It has {', '.join(names)}; add it there with its `url`.")
        if number > 1:
            raise UsageError(f"`--source` is given twice for `{source}`.", advice="Give one source for each project.")
    instead = {source.project: _absolute(source.place) for source in sources}
    return tuple(_placed(each, instead.get(each.name, each.source.place)) for each in declared)


def chosen(name: str, known: Sequence[_Named], held: str) -> tuple[_Named, ...]:
    """Return the project of a name, or all where none is named; ``held`` are the words for what has them."""
    if not name:
        return tuple(known)
    found = tuple(each for each in known if each.name == name)
    if not found:
        names = [each.name for each in known]
        near = ", ".join(get_close_matches(name, names) or names)
        raise UsageError(f"{held} no project `{name}`.", advice=f"Name one that it has: {near}.")
    return found


def _placed(project: NoteProject, place: str) -> NoteProject:
    return replace(project, source=replace(project.source, place=place))


def _absolute(place: str) -> str:
    """Return a source of the command line, where files are meant from the current folder, not from that of conf.py."""
    return place if is_url(place) else str(Path(place).absolute())
