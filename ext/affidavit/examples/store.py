"""The folder in which evidence is kept: ``KEY.json`` for each run, ``proofs.json`` for when all were last seen so."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from affidavit.examples.evidence import PROOFS, digest_of, proofs_text, read_proofs, read_record, record_text
from affidavit.examples.states import Evidence, Kept
from affidavit.examples.versioned import EditedError, LaterError
from affidavit.files import replace_text
from affidavit.model.errors import AffidavitError
from affidavit.model.evidence import Proof, Record
from affidavit.model.plain import ShapeError

T = TypeVar("T")

LIMIT = 64 * 1024 * 1024
"""The most bytes that a file of evidence, or a file that a run reads, may have."""


class _Unreadable(Struct, frozen=True):
    """Why files say nothing, by name, and where; those that a later Affidavit wrote, and those that were edited."""

    why: dict[str, str] = field(default_factory=dict)
    later: set[str] = field(default_factory=set)
    edited: set[str] = field(default_factory=set)
    lines: dict[str, int] = field(default_factory=dict)

    def note(self, name: str, error: ShapeError) -> None:
        """Take note of what is wrong with a file."""
        self.why[name] = str(error)
        if error.line:
            self.lines[name] = error.line
        if isinstance(error, LaterError):
            self.later.add(name)
        if isinstance(error, EditedError):
            self.edited.add(name)


def read_evidence(folder: Path) -> Kept:
    """Return what a folder holds; one that is not there holds nothing. Nothing raises."""
    unreadable = _Unreadable()
    none: dict[str, Proof] = {}
    proofs = _read(folder / PROOFS, PROOFS, read_proofs, none, unreadable)
    found: dict[str, Evidence] = {}
    for path in sorted(folder.rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        key = name.removesuffix(".json")
        if name != PROOFS and (record := _read(path, name, read_record, None, unreadable)):
            found[key] = Evidence(record, _of(record, proofs.get(key)))
    later, edited = frozenset(unreadable.later), frozenset(unreadable.edited)
    return Kept(found, unreadable.why, proofs, later, edited, unreadable.lines)


def read_days(folder: Path) -> dict[str, Proof]:
    """Return when all runs were last seen to be so; nothing where that cannot be read."""
    none: dict[str, Proof] = {}
    return _read(folder / PROOFS, PROOFS, read_proofs, none, _Unreadable())


def _of(record: Record, proof: Proof | None) -> Proof | None:
    """Return a proof if it is one of this record, and not of one that stood in its place before."""
    return proof if proof and proof.record == digest_of(record) else None


def write_record(folder: Path, key: str, record: Record) -> None:
    """Replace a record, unless it says the same already; raise :class:`AffidavitError` where that fails."""
    _write(_file(folder, key), record_text(record), folder)


def write_proofs(folder: Path, proofs: Mapping[str, Proof]) -> None:
    """Replace the file that says when runs were last seen to be so, as far as their records are still there."""
    there = {key: each for key, each in proofs.items() if _file(folder, key).is_file()}
    _write(folder / PROOFS, proofs_text(there), folder)


def add_proof(folder: Path, key: str, proof: Proof) -> None:
    """Write when a run was seen to be so; what others write at the same time stays."""
    with _alone_in(folder):
        write_proofs(folder, {**read_days(folder), key: proof})


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other run writes proofs, and keep others from it; the system ends that with us.

    Folders of networks may know no such thing; there it is done as it comes.
    """
    import fcntl  # noqa: PLC0415 -- there is none on Windows, where nothing runs

    with ExitStack() as stack:
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


def contents_of(names: Iterable[str], folder: Path) -> dict[str, str]:
    """Return the hashes of files below a folder, by name; those that are not there, or cannot be read, have none."""
    found: dict[str, str] = {}
    for name in names:
        try:
            with (folder / name).open("rb") as file:
                found[name] = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        except (OSError, ValueError):
            continue
    return found


def _file(folder: Path, key: str) -> Path:
    return folder / f"{key}.json"


def _read(path: Path, name: str, parse: Callable[[str], T], default: T, unreadable: _Unreadable) -> T:
    """Return what a file says; a default where it is not there, or says nothing, of which a sentence is kept."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            unreadable.why[name] = "it is no file"
            return default
        if about.st_size > LIMIT:
            unreadable.why[name] = f"it has more than {LIMIT // 2**20} MiB"
            return default
        return parse(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return default
    except ShapeError as error:
        unreadable.note(name, error)
    except (OSError, ValueError) as error:
        unreadable.why[name] = (isinstance(error, OSError) and error.strerror) or "it is no text in UTF-8"
    return default


_ANOTHER = "or name another folder as `affidavit_evidence`."
_ADVICE = {
    errno.ENOSPC: "Make room where it stands, and run the command again.",
    errno.EDQUOT: "Make room where it stands, and run the command again.",
    errno.EISDIR: "A folder stands in its place: remove it.",
    errno.ENOTDIR: f"A file stands where there is to be a folder: remove it, {_ANOTHER}",
    errno.EEXIST: f"A file stands where there is to be a folder: remove it, {_ANOTHER}",
    errno.EROFS: f"Where it stands nothing can be written: let that be so, {_ANOTHER}",
}
"""What to do where a file cannot be written, by what the system says."""


def _write(path: Path, text: str, folder: Path) -> None:
    """Replace a file of a folder, unless it says the same already."""
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        problem = f"The evidence `{path}` is not written: a link leads out of the folder `{folder}`."
        raise AffidavitError(problem, advice="Put a folder in the place of the link.")
    try:
        if path.is_file() and path.read_bytes() == text.encode():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, text)
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else None
        told = (isinstance(error, OSError) and error.strerror) or str(error)
        advice = _ADVICE.get(number or 0, f"Make its folder writable, {_ANOTHER}")
        raise AffidavitError(f"The evidence `{path}` cannot be written ({told}).", advice=advice) from None
