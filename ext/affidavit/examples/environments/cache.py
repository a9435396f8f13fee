"""Virtual environments, made once for a lock and a Python, and kept in a folder that all runs share.

One is made beside its place and then moved there, so that what stands in its place is whole, whoever was killed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs
from msgspec import Struct
from packaging.utils import canonicalize_name

from affidavit.examples.environments.lock import Lock
from affidavit.examples.environments.uv import Python, Uv
from affidavit.examples.sandbox.workspace import unpack
from affidavit.model.environments import Environment

VARIABLE = "AFFIDAVIT_ENVIRONMENTS"
"""The variable that names another folder."""

FOR_ROOT = "/var/cache/affidavit/environments"
"""Where root keeps them: its own home is closed to the user that steps run as."""

_FORMAT = 1


def cache_folder() -> Path:
    """Return the folder of environments."""
    named = os.environ.get(VARIABLE, "")
    if named:
        return Path(named).absolute()
    if os.name == "posix" and not os.geteuid():
        return Path(FOR_ROOT)
    return platformdirs.user_cache_path("affidavit") / "environments"


class Parts(Struct, frozen=True):
    """What an environment is made from: the packages of its lock, a Python, and projects.

    Of those it gets the ``wheels`` installed, and what is in the ``sources`` below its folder ``src``.
    """

    lock: Lock
    python: Python
    wheels: tuple[Path, ...] = ()
    sources: tuple[Path, ...] = ()


@contextmanager
def parts(environment: Environment, lock: Lock, python: Python, uv: Uv) -> Iterator[Parts]:
    """Give what an environment is made from, with its projects as they are now."""
    with TemporaryDirectory(prefix="affidavit-") as name:
        out = Path(name)
        for project in environment.projects:
            uv.build(project, out, environment)
        yield Parts(lock, python, tuple(sorted(out.glob("*.whl"))), tuple(sorted(out.glob("*.tar.gz"))))


def place_of(environment: Environment, made_of: Parts) -> Path:
    """Return where an environment stands once it is made; raise `TarError` where a source cannot be read."""
    lock, python = made_of.lock, made_of.python
    wheels = (hashlib.sha256(each.read_bytes()).hexdigest() for each in made_of.wheels)
    own = (*wheels, *map(_hash_of_source, made_of.sources))
    told = "\n".join((f"{_FORMAT}", lock.declared, python.program, python.version, *lock.requirements, *own))
    return cache_folder() / f"{environment.name}-{hashlib.sha256(told.encode()).hexdigest()[:24]}"


def _hash_of_source(path: Path) -> str:
    """Return the hash of what is in an archive; that of the archive itself changes with the time it was packed at."""
    with tarfile.open(path) as opened:
        told = sorted(_told_of(opened, member) for member in opened)
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogateescape")).hexdigest()


def _told_of(opened: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    content = opened.extractfile(member) if member.isfile() else None
    hashed = hashlib.sha256(content.read() if content else b"").hexdigest()
    return f"{member.name}\0{member.type!r}\0{member.mode:o}\0{member.linkname}\0{hashed}"


def stand(environment: Environment, made_of: Parts, uv: Uv) -> Path:
    """Return the folder of an environment, and make it where it is not there yet.

    Raise :class:`UvError` where its packages cannot be had, `TarError` where a source cannot be read, `OSError` where
    it cannot be written.
    """
    place = place_of(environment, made_of)
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked(place.with_name(f"{place.name}.lock")):
        if not place.is_dir():
            _make(place, environment, made_of, uv)
    return place


def versions_in(folder: Path) -> dict[str, str]:
    """Return the versions of the packages that an environment has, by their names as an index has them."""
    sites = [str(site) for site in folder.glob("lib/*/site-packages")]
    return {canonicalize_name(each.metadata["Name"]): each.version for each in distributions(path=sites)}


def _make(place: Path, environment: Environment, made_of: Parts, uv: Uv) -> None:
    unfinished = place.with_name(f".{place.name}.new")
    remove(unfinished)
    try:
        uv.venv(unfinished, made_of.python)
        requirements = unfinished / "affidavit-lock.txt"
        requirements.write_text("".join(f"{each}\n" for each in made_of.lock.requirements), encoding="utf-8")
        uv.sync(unfinished, requirements, environment)
        if made_of.wheels:
            uv.install(unfinished, made_of.wheels)
        for source in made_of.sources:
            with source.open("rb") as archive:
                unpack(archive, unfinished / "src")
        for_reading(unfinished)
        unfinished.rename(place)
    except BaseException:
        remove(unfinished)
        raise


def for_reading(folder: Path) -> None:
    """Let everybody read it and nobody write: where there is no sandbox, a step must not change what others run in."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod((mode | stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH) & ~0o222)


def remove(folder: Path) -> None:
    """Remove what a run left that was killed, some of which may be for reading only."""
    if not folder.is_dir():
        return
    for path in [folder, *(each for each in folder.rglob("*") if each.is_dir() and not each.is_symlink())]:
        path.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until nobody else makes this environment, and keep others from it; the system ends that with us."""
    import fcntl  # noqa: PLC0415 -- there is none on Windows, where nothing runs

    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
