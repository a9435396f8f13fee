"""A git repository as reno reads it, except that each object is read once, and the working copy not at all.

reno goes through the whole history several times for each branch. Here it is handed what it has seen before.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

from dulwich import errors
from dulwich.index import Index
from dulwich.objects import S_ISGITLINK, SubmoduleEncountered
from dulwich.repo import UnsupportedExtension, UnsupportedVersion
from reno.scanner import RenoRepo

from affidavit.model.errors import SourceError

_TREES = 128
"""How many objects are kept that are no commits: those of the last few commits, which the next one shares."""

_WALKS = 4
"""How many ways through the history are kept: that of the main branch, and those being compared with it."""

_FSCK = "Run `git fsck` in it, and mend what it names. If it is a partial clone, clone again without `--filter`."

_DAMAGED = (
    errors.ApplyDeltaError, errors.ChecksumMismatch, errors.FileFormatException, errors.MissingCommitError,
    errors.ObjectMissing, errors.WrongObjectException, AssertionError, AttributeError, LookupError, struct.error,
    zlib.error,
)  # fmt: skip
_REFUSED = (
    errors.NotGitRepository, errors.RefFormatError, UnsupportedExtension, UnsupportedVersion, ArithmeticError,
    NameError, NotImplementedError, OSError, RecursionError, TypeError, ValueError, re.error,
)  # fmt: skip


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Let what reno, and the library of git's below it, raise say what could not be read."""
    try:
        yield
    except SourceError:
        raise
    except _DAMAGED as error:
        problem = f"{what} cannot be read: an object of the repository is missing or damaged ({_reason(error)})."
        raise SourceError(problem, advice=_FSCK) from None
    except _REFUSED as error:
        advice = "See what `reno report` says of it; reno reads the repository."
        raise SourceError(f"{what} cannot be read ({_reason(error)}).", advice=advice) from None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


class Repository(RenoRepo):  # type: ignore[misc] # reno ships no types
    """A repository that remembers what it was asked."""

    object_store: Any

    def __init__(self, root: Path) -> None:
        super().__init__(str(root))
        self.object_store = _Remembering(self.object_store)
        self._walk = lru_cache(maxsize=_WALKS)(self._new_walk)

    def get_walker(self, include: bytes) -> _Walk:
        """Return all commits that lead to one."""
        return self._walk(include)

    def _new_walk(self, include: bytes) -> _Walk:
        return _Walk(iter(super().get_walker(include)))

    def parents_provider(self) -> Any:  # noqa: ANN401 -- whatever dulwich has
        """Return what knows each commit's parents: dulwich would look for a list of shallow commits each time."""
        return self._parents

    @cached_property
    def _parents(self) -> Any:  # noqa: ANN401
        return super().parents_provider()

    def get_refs(self) -> dict[bytes, bytes]:
        """Return all refs, by name: of two tags of one second on one commit, reno takes what comes last.

        dulwich gives them in the order of their hashes, so that reno's own answer differs from run to run there.
        """
        return self._all_refs

    @cached_property
    def _all_refs(self) -> dict[bytes, bytes]:
        return dict(sorted(super().get_refs().items()))

    def open_index(self, config: object = None) -> Index:
        """Return an index that has nothing to tell, so that reno reports what is committed."""
        del config
        return _NoChanges(Path(self.controldir()) / "index", read=False)


class _NoChanges(Index):
    """What a working copy without changes has as its index."""

    def changes_from_tree(self, *args: object, **options: object) -> Iterator[Any]:  # type: ignore[override] # whatever dulwich gives, it is not looked at
        del args, options
        return iter(())


class _Walk:
    """A way through the history, gone as far as somebody has asked for."""

    def __init__(self, ahead: Iterator[Any]) -> None:
        self._ahead = ahead
        self._behind: list[Any] = []

    def __iter__(self) -> Iterator[Any]:
        at = 0
        while at < len(self._behind) or self._go():
            yield self._behind[at]
            at += 1

    def _go(self) -> bool:
        entry = next(self._ahead, None)
        if entry is not None:
            self._behind.append(entry)
        return entry is not None


class _Remembering:
    """A store of objects that keeps all commits, and the last few of the others."""

    def __init__(self, store: Any) -> None:  # noqa: ANN401
        self._store = store
        self._commits: dict[bytes, Any] = {}
        self._lately: Callable[[bytes], Any] = lru_cache(maxsize=_TREES)(store.__getitem__)

    def __getitem__(self, name: bytes) -> Any:  # noqa: ANN401
        found = self._commits.get(name)
        if found is None:
            found = self._lately(name)
            if found.type_name == b"commit":
                self._commits[name] = found
        return found

    def __contains__(self, name: bytes) -> bool:
        return name in self._commits or name in self._store

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._store, name)


def file_at(repository: Repository, commit: bytes, path: str) -> bytes | None:
    """Return what a file says in a commit, ``None`` if it is not there."""
    found = _entry(repository, commit, path)
    if found is None or not S_ISREG(found[0]):
        return None
    return bytes(repository[found[1]].data)


def files_below(repository: Repository, commit: bytes, folder: str, suffix: str) -> Iterator[tuple[str, bytes]]:
    """Give the files of a suffix below a folder of a commit, by their paths in it, in order."""
    found = _entry(repository, commit, folder)
    if found is not None and S_ISDIR(found[0]):
        yield from _below(repository, repository[found[1]], "", suffix)


def is_folder(repository: Repository, commit: bytes, folder: str) -> bool:
    """Return whether a commit has a folder; raise :class:`SourceError` if it is another repository's."""
    found = _entry(repository, commit, folder)
    return found is not None and S_ISDIR(found[0])


def _below(repository: Repository, tree: Any, prefix: str, suffix: str) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401
    for entry in tree.iteritems():
        name = prefix + entry.path.decode("utf-8", "surrogateescape")
        if S_ISDIR(entry.mode):
            yield from _below(repository, repository[entry.sha], f"{name}/", suffix)
        elif S_ISREG(entry.mode) and name.endswith(suffix):
            yield name, repository[entry.sha].data


def _entry(repository: Repository, commit: bytes, path: str) -> tuple[int, bytes] | None:
    """Return mode and name of what stands at a path."""
    tree = repository[repository[commit].tree]
    try:
        mode, name = tree.lookup_path(repository.get_object, path.strip("/").encode("utf-8", "surrogateescape"))
    except (KeyError, errors.NotTreeError):
        return None
    except SubmoduleEncountered:
        raise _submodule(path) from None
    if S_ISGITLINK(mode):
        raise _submodule(path)
    return mode, name


def _submodule(path: str) -> SourceError:
    return SourceError(
        f"The folder `{path}` belongs to a submodule, whose history is another repository's.",
        advice="Name the submodule's own clone as the source.",
    )
