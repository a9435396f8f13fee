"""Writing the files that a page shows, below the workspace and nowhere else.

Steps may have put a link, a pipe or a folder where a file is to be. So the path is walked folder by folder without
following links, and what stands there is removed, not written into: it may be a second name of something else.
"""

from __future__ import annotations

import errno
import os
import stat

from .ending import EndedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HERE = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


def write_file(workspace: int, step: dict[str, Any]) -> None:
    """Write the file of a step below a folder that is open; raise :class:`EndedError` where that is refused."""
    path = step["path"]
    parts = _parts(path)
    try:
        _write(workspace, parts, _content(step), step["mode"])
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise EndedError("disk-exceeded", f"There is no room for {path}.") from None
        raise EndedError("file-refused", f"{path} cannot be written: {error.strerror}.") from None


def _parts(path: str) -> list[str]:
    parts = path.split("/")
    if not path or "\0" in path or path.startswith("/") or any(part in {"", ".", ".."} for part in parts):
        raise EndedError("file-refused", f"{path!r} is no plain path below the workspace.")
    return parts


def _content(step: dict[str, Any]) -> bytes:
    """Return the bytes: those of a file of the repository as they are, others with one newline at the end."""
    text: str = step["text"]
    if not step["source"]:
        text = text.replace("\r\n", "\n").rstrip("\n")
        text = text and text + "\n"
    return text.encode("utf-8", "surrogateescape")


def _write(workspace: int, parts: list[str], content: bytes, mode: int) -> None:
    folder = os.dup(workspace)
    try:
        for part in parts[:-1]:
            folder = _enter(folder, part)
        _clear(folder, parts[-1])
        _put(os.open(parts[-1], NEW, 0o600, dir_fd=folder), content, mode)
    finally:
        os.close(folder)


def _enter(folder: int, name: str) -> int:
    """Open a folder in one that is open, make it where it is missing, and close the outer one."""
    try:
        os.mkdir(name, dir_fd=folder)
    except FileExistsError:
        pass
    inner = os.open(name, HERE, dir_fd=folder)
    os.close(folder)
    return inner


def _clear(folder: int, name: str) -> None:
    try:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        raise EndedError("file-refused", f"{name} is there already, and is no plain file.")
    os.unlink(name, dir_fd=folder)


def _put(descriptor: int, content: bytes, mode: int) -> None:
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(descriptor, mode & 0o777)
