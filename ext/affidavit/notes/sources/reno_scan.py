"""What reno finds in a repository: pages and configuration of the commit that is checked out, and each page's notes."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reno.config import Config
from reno.scanner import Scanner

from affidavit.model.errors import SourceError
from affidavit.notes.reno_notes import Note, bad_note, read_note, read_yaml
from affidavit.notes.reno_pages import Listing, listings
from affidavit.notes.reno_sections import Layout, Release
from affidavit.notes.sources.git_objects import Repository, file_at, files_below, is_folder, translated
from affidavit.notes.sources.git_refs import Refs

_PAGE_LIMIT = 1024 * 1024


@contextmanager
def opened(root: Path, refs: Refs) -> Iterator[Clone]:
    """Open a repository, and close what was opened; reno's log is not for our users, who are told themselves."""
    with _quiet("reno"), _quiet("dulwich"), translated("The repository"):
        clone = Clone(root, refs)
        try:
            yield clone
        finally:
            clone.repository.close()


class Clone:
    """A repository with all that was read of it so far."""

    def __init__(self, root: Path, refs: Refs) -> None:
        self.root, self.refs = root, refs
        self.repository = Repository(root)
        self._head = refs.head.encode()
        self._bases: dict[tuple[str, ...], str | None] = {}
        self._notes: dict[tuple[str, bytes], Note] = {}

    def listings(self, folder: str) -> tuple[Listing, ...]:
        """Return what the pages list, or would list: where there are no pages, there is one for each series branch."""
        if not is_folder(self.repository, self._head, folder):
            problem = f"The commit that is checked out has no folder `{folder}`."
            raise SourceError(problem, advice="Name the folder that has the notes' folder in it as `folder`.")
        found = tuple(each for page, text in self._pages(f"{folder}/source") for each in listings(page, text))
        return found or self._without_pages(folder)

    def configuration(self, listing: Listing) -> Config:
        """Return reno's configuration for a listing: that of the repository, and what the listing says otherwise."""
        conf = Config(os.devnull, listing.folder)  # below which there is no file: the one that counts is committed
        conf.reporoot = str(self.root)
        conf.override(**self._configured(listing.folder))
        # What the listing does not name is forced, so that a setting of the repository is not in force.
        conf.override(
            collapse_pre_releases=True,
            stop_at_branch_base=listing.versions is None,
            ignore_notes=list(listing.ignored),
            **_given(notesdir=listing.notes, earliest_version=listing.earliest, branch=listing.branch or None),
            **_given(unreleased_version_title=listing.unreleased),
        )
        return conf

    def releases(self, listing: Listing, conf: Config) -> tuple[tuple[Release, ...], Mapping[str, str | None]]:
        """Return the notes that a listing lists, and the bases of branches that reno asked for to find them."""
        self._check(listing, conf)
        scan = self.scanner(conf)
        found = scan.get_notes_by_version()
        names = listing.versions if listing.versions is not None else tuple(found)
        releases = tuple(self._release(scan, name, found, listing) for name in dict.fromkeys(names))
        return releases, scan.consulted

    def scanner(self, conf: Config) -> SharedScanner:
        """Return reno's scanner, for a configuration; closing the repository is not its business."""
        return SharedScanner(conf, self.repository, self._bases)

    def _check(self, listing: Listing, conf: Config) -> None:
        """Refuse what reno would stumble over with fewer words."""
        if listing.branch and not ref_of(listing.branch, self.refs):
            raise _no_branch(listing)
        is_folder(self.repository, self._head, conf.notespath)

    def _pages(self, folder: str) -> Iterator[tuple[str, str]]:
        for path, content in files_below(self.repository, self._head, folder, ".rst"):
            if b"release-notes::" in content and len(content) <= _PAGE_LIMIT:
                yield path.removesuffix(".rst"), content.decode("utf-8", "replace")

    def _without_pages(self, folder: str) -> tuple[Listing, ...]:
        branches = self.scanner(self.configuration(Listing("", folder=folder))).get_series_branches()
        short = [branch.rpartition("/")[-1] for branch in branches]
        pages = short if len(set(short)) == len(short) else branches
        stable = (Listing(page, branch=branch, folder=folder) for page, branch in zip(pages, branches, strict=True))
        current = "" if branches else self.refs.branch.removeprefix("refs/heads/")
        return (*stable, Listing(current or "unreleased", folder=folder))

    def _configured(self, folder: str) -> dict[str, Any]:
        for path in (f"{folder}/config.yaml", "reno.yaml"):
            content = file_at(self.repository, self._head, path)
            if content is not None:
                found = read_yaml(path, content) or {}
                if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
                    raise bad_note(path, "is no mapping of reno's options")
                return found
        return {}

    def _release(self, scan: SharedScanner, version: str, found: Mapping[str, Any], listing: Listing) -> Release:
        if version not in found:
            problem = f"The page `{listing.page}` names the version `{version}`, which has no notes."
            raise SourceError(problem, advice="Correct the page, or fetch the tags of the repository.")
        return Release(version, tuple(self._note(scan, path, commit) for path, commit in found[version]))

    def _note(self, scan: SharedScanner, path: str, commit: bytes) -> Note:
        key = path, commit
        if key not in self._notes:
            content = scan.get_file_at_commit(path, commit)
            if content is None:
                raise bad_note(path, f"is not in the commit {commit.decode()[:12]}, where reno looks for it")
            self._notes[key] = read_note(path, content)
        return self._notes[key]


class SharedScanner(Scanner):  # type: ignore[misc] # reno ships no types
    """reno's scanner on a repository that is open already; ``consulted`` are the bases of branches it asked for."""

    _repo: Repository

    def __init__(self, conf: Config, repository: Repository, bases: dict[tuple[str, ...], str | None]) -> None:
        super().__init__(conf)
        self._repo.close()
        self._repo = repository
        self._bases = bases
        self._by = (conf.default_branch, conf.release_tag_re, conf.pre_release_tag_re)
        self.consulted: dict[str, str | None] = {}

    def base_of(self, branch: str) -> str | None:
        """Return the tag at which a branch leaves the main one."""
        key = (branch, *self._by)
        if key not in self._bases:
            self._bases[key] = super()._get_branch_base(branch)
        return self._bases[key]

    def _get_branch_base(self, branch: str) -> str | None:
        self.consulted[branch] = self.base_of(branch)
        return self.consulted[branch]


def layout_of(conf: Config) -> Layout:
    """Return what a configuration says of pages."""
    sections = tuple((section.name, section.title) for section in conf.sections)
    titles = (conf.prelude_section_name, *(title for _, title in sections))
    if not all(isinstance(title, str) and title for title in titles):
        raise SourceError("reno's configuration has a title that is no text.", advice="Correct its `sections`.")
    return Layout(conf.prelude_section_name, sections, conf.unreleased_version_title or "")


def ref_of(branch: str, refs: Refs) -> str:
    """Return the ref that reno takes for a branch, empty if there is none; of a closed branch, the tag that is left."""
    last = branch.rpartition("/")[-1]
    places = ["heads/{0}", "remotes/{0}", "tags/{0}", "tags/{1}-eol", "tags/{1}-eom", "remotes/origin/{0}"]
    if branch.startswith("origin/"):
        places.append("heads/{2}")
    names = (f"refs/{each.format(branch, last, branch.removeprefix('origin/'))}" for each in places)
    return next((name for name in names if name in refs.names), "")


def _no_branch(listing: Listing) -> SourceError:
    return SourceError(
        f"The page `{listing.page}` lists the branch `{listing.branch}`, which the clone does not have.",
        advice="Run `git fetch --tags` in it, or correct the page.",
    )


def _given(**options: object) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library's log off the terminal for as long as it is used."""
    logger = logging.getLogger(name)
    before, nothing = logger.propagate, logging.NullHandler()
    logger.propagate = False
    logger.addHandler(nothing)
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(nothing)
