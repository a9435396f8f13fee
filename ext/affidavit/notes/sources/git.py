"""Release notes from the git repository that they are written in, found by reno itself, without a network.

What is committed counts: notes that are in the working copy only are not published yet, and are not part of the answer.
Pages and configuration are those of the commit that is checked out. An index of what was found is kept, so that a
repository in which nothing has changed is not gone through again; not even reno is loaded then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib.metadata import PackageNotFoundError, version

from affidavit.model.errors import SourceError
from affidavit.model.note_sources import GitNotes
from affidavit.notes.facts import Facts, Heading
from affidavit.notes.reno_index import Chapter, Index, key_of
from affidavit.notes.sources.git_cache import shelf_for
from affidavit.notes.sources.git_refs import Refs, read_refs
from affidavit.notes.sources.places import is_url
from affidavit.notes.sources.source import Surroundings


class GitSource:
    """A folder of reno's notes in a repository; targets are on the pages that reno's directives make of it.

    What was found once is remembered, so that facts and texts are of the same commits.
    """

    def __init__(self, given: GitNotes, around: Surroundings) -> None:
        self._given = given
        self._place, self._folder = around.folder / given.place, given.folder.strip("/")
        self._shelf = shelf_for(around.cache, self._place.absolute(), self._folder)
        self._index: Index | None = None
        self._refs: Refs | None = None
        self._chapters: dict[str, Chapter] = {}

    def facts(self) -> Facts:
        """Return all sections, how far each series is cared for, and the notes that reno leaves out."""
        return self._known().facts

    def texts(self, wanted: Collection[Heading]) -> Mapping[Heading, str]:
        """Return the texts of sections: those of their notes, in reno's order, as they are written."""
        index = self._known()
        chapters = self._chapters or {key: chapter for key in index.chapters if (chapter := self._shelf.chapter(key))}
        if len(chapters) < len(index.chapters):  # part of the cache is gone
            self._look()
            chapters = self._chapters
        found = (each for chapter in chapters.values() for each in chapter.passages)
        asked = set(wanted)
        return {each.heading: each.text for each in reversed(list(found)) if each.heading in asked}

    def _known(self) -> Index:
        if self._index is None:
            self._index = self._shelf.index(self._key()) or self._look()
        return self._index

    def _key(self) -> str:
        return key_of(_versions(), self._folder, self._read_refs().digest)

    def _read_refs(self) -> Refs:
        if is_url(self._given.place):
            raise SourceError("It is an address, not a folder.", advice="Clone it, and name the folder of the clone.")
        if self._refs is None:
            self._refs = read_refs(self._place)
        return self._refs

    def _look(self) -> Index:
        """Go through the repository, and keep what was found."""
        # It loads reno, which takes longer than a repository without a change may cost.
        from affidavit.notes.sources.git_chapters import go_through  # noqa: PLC0415

        refs = self._read_refs()
        facts, self._chapters = go_through(self._place, self._folder, refs, self._shelf, _versions())
        if not facts.headings:
            problem = f"There are no release notes in the folder `{self._folder}`."
            raise SourceError(problem, advice="Name the folder that reno's notes are below as `folder`.")
        index = Index(facts, tuple(self._chapters))
        self._shelf.keep(self._key(), index, self._chapters)
        return index


def _versions() -> list[str]:
    """Return the versions of the programs that an answer depends on."""
    try:
        return [version("reno"), version("dulwich")]
    except PackageNotFoundError as missing:
        problem = f"To read a git repository takes reno, and `{missing.name}` is not installed."
        raise SourceError(problem, advice="Run `pip install 'affidavit[git]'`.") from None
