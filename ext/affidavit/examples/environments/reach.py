"""Which folders those can enter who run the steps: root has a user of their own do it, who sees no private home."""

from __future__ import annotations

import os
from pathlib import Path

_EVERYBODY = 0o001


def closed_above(path: Path) -> Path | None:
    """Return the first folder above a path that the user of the steps cannot enter; ``None`` where there is none."""
    if os.name != "posix" or os.geteuid():
        return None
    above = [folder for folder in Path(os.path.realpath(path)).parents if folder.is_dir()]
    return next((folder for folder in above if not folder.stat().st_mode & _EVERYBODY), None)


def open_folders(path: str) -> list[str]:
    """Return the folders of a search path that the user of the steps can enter, and then the system's own."""
    named = [each for each in path.split(os.pathsep) if each and closed_above(Path(each) / "x") is None]
    return list(dict.fromkeys([*named, *os.defpath.split(os.pathsep)]))
