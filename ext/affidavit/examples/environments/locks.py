"""Locks beside the pages: read for whoever judges."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from affidavit.examples.environments.declared import Locks, NoLock
from affidavit.examples.environments.lock import Lock, LockTextError, file_of, read_lock
from affidavit.model.environments import Environment

LIMIT = 16 * 1024 * 1024


def read_locks(environments: Iterable[Environment], folder: Path) -> Locks:
    """Return the locks that stand below a folder; nothing raises, and one that is not there is left out."""
    read = ((each.name, _read(folder / file_of(each.name))) for each in environments if each.is_locked)
    return {name: found for name, found in read if found is not None}


def _read(path: Path) -> Lock | NoLock | None:
    try:
        if path.stat().st_size > LIMIT:
            return NoLock(f"has more than {LIMIT // 2**20} MiB")
        return read_lock(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except LockTextError as error:
        return NoLock(str(error))
    except (OSError, ValueError) as error:
        return NoLock((isinstance(error, OSError) and error.strerror) or "is no text in UTF-8")
