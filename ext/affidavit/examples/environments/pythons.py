"""The Pythons of *pyenv*, of which uv knows only the ones that are switched on.

They stand in somebody's home. Where root runs examples, the user of the steps cannot enter that, so a copy is made,
which a sandbox with folders of its own shows at the place of the original: a Python is built for where it stands.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from msgspec.structs import replace

from affidavit.examples.environments.cache import cache_folder, for_reading, locked, remove
from affidavit.examples.environments.reach import closed_above
from affidavit.examples.environments.uv import Python, asked

_NEEDLESS = shutil.ignore_patterns("__pycache__", "test", "*.a")


def of_pyenv(version: str) -> Python | None:
    """Return the newest Python of a version such as ``3.8`` that pyenv has installed."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    named = [path for path in _folders(root) if path.name == version or path.name.startswith(f"{version}.")]
    for path in sorted(named, key=_numbers, reverse=True):
        found = asked(str(path / "bin" / "python3"))
        if found:
            return readable(found)
    return None


def readable(python: Python) -> Python:
    """Return a Python with a copy of it where the user of the steps cannot enter what it stands in."""
    base = Path(python.base)
    return python if closed_above(base / "x") is None else replace(python, copy=str(_copied(base, python.version)))


def _copied(base: Path, version: str) -> Path:
    name = f"{version}-{hashlib.sha256(str(base).encode()).hexdigest()[:24]}"
    place = cache_folder() / "pythons" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{name}.new")
    with locked(place.with_name(f"{name}.lock")):
        if not place.is_dir():
            remove(unfinished)
            shutil.copytree(base, unfinished, symlinks=True, ignore=_NEEDLESS)
            for_reading(unfinished)
            unfinished.chmod(0o755)
            unfinished.rename(place)
    return place


def _folders(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if path.is_dir()] if root.is_dir() else []


def _numbers(path: Path) -> list[int]:
    return [int(part) for part in path.name.split(".") if part.isdigit()]
