"""Putting what the steps left where it is to be kept; they are not trusted, and nor are the names of their files.

The filters of `tarfile` would do, but Python 3.11 has them from 3.11.4 on only.
"""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO

_OTHERS_MAY_NOT_WRITE = 0o755


def unpack(archive: IO[bytes], workspace: Path) -> None:
    """Write the files, folders and links of an archive below a folder, but for those that would lead out of it.

    Links come last, so that no file is written through one. Hard links are left out: of an archive that is read once,
    from its beginning to its end, what they stand for cannot be had. Raise `TarError` where it cannot be read.
    """
    archive.seek(0)
    links: list[tuple[Path, str]] = []
    with tarfile.open(fileobj=archive, mode="r|*") as opened:
        for member in opened:
            path = _inside(member.name, workspace)
            if path is None or member.islnk():
                continue
            if member.issym():
                links.append((path, member.linkname))
            else:
                _write(opened, member, path)
    _link(links, workspace)


def _inside(name: str, workspace: Path) -> Path | None:
    pure = PurePosixPath(name)
    return None if pure.is_absolute() or ".." in pure.parts else workspace / pure


def _write(opened: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    if member.isdir():
        path.mkdir(parents=True, exist_ok=True)
    elif content := opened.extractfile(member):
        path.parent.mkdir(parents=True, exist_ok=True)
        with content, path.open("wb") as file:
            shutil.copyfileobj(content, file)
        path.chmod(member.mode & _OTHERS_MAY_NOT_WRITE | 0o600)


def _link(links: Iterable[tuple[Path, str]], workspace: Path) -> None:
    """Make links, and take those away again that lead out once all are there: one may lead through another."""
    made = []
    for path, target in links:
        if not path.exists() and path.parent.is_dir():
            path.symlink_to(target)
            made.append(path)
    home = workspace.resolve()
    for path in made:
        if not _leads_into(path, home):
            path.unlink()


def _leads_into(path: Path, home: Path) -> bool:
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # a circle
        return False
