"""What a git repository's branches and tags mean, read from its files without a library of git's.

Loading such a library takes longer than an unchanged repository may cost. So this knows what git has written for many
years: ``HEAD``, loose refs and ``packed-refs``, and the files by which working trees and submodules say where these
are. All else is refused with a word on what to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from affidavit.model.errors import SourceError

LIMIT = 64 * 1024 * 1024
"""The most bytes of ``packed-refs``; a million refs take about that."""

_KINDS = ("refs/heads/", "refs/remotes/", "refs/tags/")
"""The refs that release notes are read from; notes, stashes and what bisecting keeps are none."""

_SHORT = 4096
_DEPTH = 5
"""How many symbolic refs git follows one after the other."""

_CLONE = "Name the folder of a clone, the one that `.git` is in, or a bare repository."


class Refs(Struct, frozen=True):
    """The refs of a repository: ``names`` are full, ``refs/tags/1.0``, each with what it points at.

    ``head`` is the commit that is checked out, and ``branch`` the full name of its branch, empty where there is none.
    """

    head: str
    branch: str
    names: Mapping[str, str]
    grafts: str = ""

    @property
    def digest(self) -> str:
        """Return the same text for the same refs only."""
        told = json.dumps([self.head, self.branch, sorted(self.names.items()), self.grafts])
        return hashlib.sha256(told.encode()).hexdigest()


class _Folders(Struct, frozen=True):
    """Where ``HEAD`` is, and where all that working trees share is."""

    own: Path
    common: Path


def read_refs(place: Path) -> Refs:
    """Return the refs of the repository at a place; raise :class:`SourceError` if there is none, or an unusual one."""
    try:
        folders = _folders(place)
        _check(folders)
        return _refs(folders)
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        advice = "See that its files can be read by whoever runs this."
        raise SourceError(f"The repository cannot be read ({reason}).", advice=advice) from None


def _folders(place: Path) -> _Folders:
    if not place.is_dir():
        raise SourceError(f"There is no folder `{place}`.", advice=_CLONE)
    own = _own_folder(place)
    elsewhere = _text(own / "commondir", _SHORT)
    return _Folders(own, own / elsewhere.strip() if elsewhere else own)


def _own_folder(place: Path) -> Path:
    hidden = place / ".git"
    if hidden.is_dir():
        return hidden
    if hidden.is_file():
        return _pointed_at(hidden)
    if (place / "HEAD").is_file() and (place / "objects").is_dir():
        return place
    above = next((each for each in place.resolve().parents if (each / ".git").exists()), None)
    advice = f"Name `{above}`, which is a clone, and the notes' folder in it as `folder`." if above else _CLONE
    raise SourceError("There is no git repository.", advice=advice)


def _pointed_at(file: Path) -> Path:
    """Return the folder that the ``.git`` file of a working tree or a submodule names."""
    key, _, value = _text(file, _SHORT).partition(":")
    folder = file.parent / value.strip()
    if key != "gitdir" or not folder.is_dir():
        raise SourceError(
            "Its `.git` file names no folder that is there.", advice="Run `git worktree repair`, or name another clone."
        )
    return folder


def _check(folders: _Folders) -> None:
    if (folders.common / "reftable").is_dir():
        advice = "Run `git refs migrate --ref-format=files` in it, or name a clone that has its refs in files."
        raise SourceError("The repository keeps its refs in a `reftable`, which is not supported.", advice=advice)
    if _text(folders.common / "shallow", LIMIT):
        problem = "The clone is shallow: the history that release notes are read from is cut off."
        raise SourceError(problem, advice="Run `git fetch --unshallow --tags` in it.")


def _refs(folders: _Folders) -> Refs:
    loose = dict(_loose(folders.common))  # before the packed ones: git packs refs before it removes the loose ones
    raw = {**_packed(folders.common), **loose}
    head = _text(folders.own / "HEAD", _SHORT).strip()
    branch = head.removeprefix("ref:").strip() if head.startswith("ref:") else ""
    names = {name: found for name in raw if (found := _follow(name, raw))}
    commit = names.get(branch, "") if branch else _follow("HEAD", {"HEAD": head})
    if not commit:
        advice = "Fetch or commit something first, or name another clone."
        raise SourceError("The repository has no commit that is checked out: it is empty.", advice=advice)
    return Refs(commit, branch, names, _text(folders.common / "info" / "grafts", LIMIT))


def _follow(name: str, raw: Mapping[str, str]) -> str:
    """Return what a ref points at in the end; a symbolic ref to a ref that is not there points at nothing."""
    at = name
    for _ in range(_DEPTH + 1):
        value = raw.get(at, "")
        if at != name and not value:
            return ""
        if re.fullmatch(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", value):
            return value
        if not value.startswith("ref:"):
            advice = "Run `git fsck` in it, and mend what it names."
            raise SourceError(f"The ref `{_shown(at)}` is damaged.", advice=advice)
        at = value.removeprefix("ref:").strip()
    advice = f"Let `git symbolic-ref {_shown(name)} REF` name a branch."
    raise SourceError(f"The symbolic ref `{_shown(name)}` leads in a circle.", advice=advice)


def _loose(common: Path) -> Iterator[tuple[str, str]]:
    for kind in _KINDS:
        for folder, _, files in os.walk(common / kind, onerror=_refuse):
            for file in files:
                path = Path(folder, file)
                if not file.endswith(".lock") and path.is_file():
                    yield path.relative_to(common).as_posix(), _text(path, _SHORT).strip()


def _refuse(error: OSError) -> None:
    """Let a folder that is not there have no refs, and one that cannot be read be told."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _packed(common: Path) -> dict[str, str]:
    text = _text(common / "packed-refs", LIMIT).replace("\r", "")
    lines = (line.partition(" ") for line in text.split("\n") if line[:1] not in "#^")
    return {name: commit for commit, _, name in lines if name.startswith(_KINDS)}


def _text(path: Path, limit: int) -> str:
    """Return what a small file says; nothing where it is not there, as after git has packed a ref, or is none."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    if len(content) > limit:
        raise SourceError(f"Its file `{path.name}` is too long to be git's.", advice=_CLONE)
    return content.decode("utf-8", "surrogateescape")


def _shown(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
