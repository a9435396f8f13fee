"""The lock file of release notes: written by ``affidavit notes lock``, read by every build.

JSON, version 2, one fact a line and in a stable order, so that a change of it can be reviewed. Reading and writing
touch the disk here; what stands in the file is for :mod:`affidavit.notes.shape` to judge.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from affidavit.files import replace_text
from affidavit.model.codes import Code
from affidavit.model.errors import AffidavitError, LockError
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, finding
from affidavit.notes.facts import Lock, LockedProject, LockedSection, LockedSeries, State
from affidavit.notes.shape import VERSION, lock_of, unreadable

__all__ = ["Lock", "dumps", "loads", "lock_or_finding", "read_lock", "schema", "write_lock"]


def dumps(lock: Lock) -> str:
    """Return the text of the lock file: the same text for the same facts."""
    tree = {"version": VERSION, "projects": {each.name: _project(each) for each in lock.projects}}
    return f"{json.dumps(tree, ensure_ascii=False, indent=2)}\n"


def _project(project: LockedProject) -> dict[str, object]:
    """Return a project; what most projects do not have is left out where there is none."""
    told: dict[str, object] = {"url": project.url, "series": {each.name: _series(each) for each in project.series}}
    if project.removed:
        told["removed"] = list(project.removed)
    if project.dropped:
        told["dropped"] = {each.note: list(each.sections) for each in project.dropped}
    return told


def _series(series: LockedSeries) -> dict[str, object]:
    state = {} if series.state is State.OPEN else {"state": str(series.state)}
    releases = {each.version: {part.title: _section(part) for part in each.sections} for each in series.releases}
    return {**state, "releases": releases}


def _section(section: LockedSection) -> object:
    if not section.says:
        return section.target
    says = {saying.words: saying.found for saying in section.says}
    return {"target": section.target, "text": section.text, "says": says}


def schema() -> str:
    """Return the JSON Schema (draft 2020-12) of the file that is written."""
    return files(__package__).joinpath(f"lock-{VERSION}.schema.json").read_text(encoding="utf-8")


def loads(text: str) -> Lock:
    """Return what the text of a lock file holds.

    Raise :class:`LockError`, and nothing else, for text that :func:`dumps` would not write.
    """
    raw = _parsed(text)
    lock = lock_of(raw)
    if not text.endswith("\n"):
        raise unreadable("was cut short: its last line does not end")
    return lock


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_without_repetition)
    except json.JSONDecodeError as error:
        problem = f"is no JSON in line {error.lineno} ({error.msg}), as after a merge conflict or when it was cut short"
        raise unreadable(problem, line=error.lineno) from None
    except ValueError:  # what is left: an integer of thousands of digits
        raise unreadable("holds a number that is too long to read") from None
    except RecursionError:
        raise unreadable("is nested too deeply to read") from None


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Keep what JSON readers drop in silence: of two values under one key one would be lost."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            code = Code.LOCK_DUPLICATE
            raise LockError(f"The lock file holds the key {key!a} twice.", advice=code.value.advice, code=code)
        found[key] = value
    return found


def read_lock(path: Path) -> Lock:
    """Return what a lock file holds; raise :class:`LockError` for one that is missing or cannot be used."""
    try:
        if path.exists() and not path.is_file():
            raise unreadable(f"`{path.name}` is a folder or a device, not a file")
        return loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        code = Code.LOCK_MISSING
        raise LockError(f"There is no lock file `{path.name}`.", advice=code.value.advice, code=code) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise unreadable(f"is not UTF-8 in line {line}", line=line) from None
    except (OSError, ValueError) as error:  # a name that no file can have is a ValueError
        raise unreadable(f"`{path.name}` cannot be read ({_reason(error)})") from None


def lock_or_finding(path: Path, file: str) -> Lock | Finding:
    """Return what a lock file holds, or the finding that it cannot be used; ``file`` is what the finding calls it."""
    try:
        return read_lock(path)
    except LockError as error:
        return finding(error.code, Place(file, error.line), error.problem, error.advice)


def write_lock(path: Path, lock: Lock) -> None:
    """Replace a lock file as a whole, or leave it as it was; raise :class:`AffidavitError` where that fails."""
    try:
        replace_text(path, dumps(lock))
    except (OSError, ValueError) as error:
        raise AffidavitError(
            f"The lock file `{path}` cannot be written ({_reason(error)}).",
            advice="Make its folder, and make that writable, or name another file as `affidavit_release_notes_lock`.",
        ) from None


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)
