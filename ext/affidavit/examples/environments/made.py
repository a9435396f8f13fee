"""Making an environment stand for the runs that ask for it, or saying why that cannot be."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tarfile import TarError
from typing import assert_never

from msgspec import Struct
from packaging.utils import parse_wheel_filename

from affidavit.examples.environments.cache import Parts, cache_folder, parts, stand, versions_in
from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.lock import Lock, asked_for, declared, fits
from affidavit.examples.environments.pythons import of_pyenv
from affidavit.examples.environments.reach import closed_above
from affidavit.examples.environments.uv import INSTALL, Python, Uv, UvError, find_uv
from affidavit.examples.secrets import SHORTEST, too_short
from affidavit.model.environments import Environment
from affidavit.model.runs import Folder

Pairs = tuple[tuple[str, str], ...]


class Made(Struct, frozen=True):
    """What stands for an environment: the folder of its Python packages, empty if it has none.

    ``visible`` are folders that they need besides, ``versions`` those of the packages that the settings name.
    """

    folder: str = ""
    visible: tuple[Folder, ...] = ()
    versions: Pairs = ()


class Unready(Struct, frozen=True):
    """Why an environment cannot be had here; where making it ``failed``, another attempt may do."""

    reason: str
    failed: bool = False


def make(environment: Environment, given: Declared, folder: Path, values: Mapping[str, str]) -> Made | Unready:
    """Make an environment stand; ``folder`` is that of the pages, ``values`` are the variables of the caller."""
    problem = _of_secrets(environment, values)
    if problem:
        return Unready(problem)
    if not (environment.is_locked or environment.python):
        return Made()
    lock = _lock_of(environment, given)
    return lock if isinstance(lock, Unready) else _made(environment, lock, find_uv(folder))


def find_python(environment: Environment, lock: Lock, uv: Uv) -> Python | None:
    """Return the Python that an environment is made with: where it names none, rather the one of the lock."""
    return uv.python(environment.python or lock.python) or (
        of_pyenv(environment.python) if environment.python else uv.python(f">={lock.python}")
    )


def _of_secrets(environment: Environment, values: Mapping[str, str]) -> str:
    """Return what is wrong with the variables that are to be kept secret."""
    unset = [name for name in environment.secret if not values.get(name)]
    if unset:
        named = ", ".join(f"`{name}`" for name in unset)
        return f"the environment `{environment.name}` needs {named}, which is not set where this is called"
    short = [name for name in environment.secret if too_short([values[name]])]
    if short:
        least = f"at least {SHORTEST} characters, or cannot be kept out of what is shown"
        return f"the value of `{short[0]}` must have {least}"
    return ""


def _lock_of(environment: Environment, given: Declared) -> Lock | Unready:
    if not environment.is_locked:
        return Lock(declared(environment), environment.python, ())
    lock = given.lock(environment.name)
    if lock is None:
        return Unready(_unlocked(environment, "has no lock that can be used"), failed=True)
    if not fits(lock, environment):
        return Unready(_unlocked(environment, "has a lock that was made for another declaration"), failed=True)
    return lock


def _unlocked(environment: Environment, what: str) -> str:
    return f"the environment `{environment.name}` {what}; `affidavit environments lock {environment.name}` writes one"


def _made(environment: Environment, lock: Lock, uv: Uv | None) -> Made | Unready:
    if uv is None:
        return Unready(f"uv is not installed, which makes environments; `{INSTALL}` installs it")
    python = find_python(environment, lock, uv)
    if python is None:
        wanted = environment.python or f"{lock.python} or later"
        return Unready(f"Python {wanted} is not installed, or not where the steps' user can use it")
    closed = _closed(python)
    if closed:
        return Unready(closed)
    try:
        with parts(environment, lock, python, uv) as made_of:
            return _standing(environment, stand(environment, made_of, uv), made_of)
    except (UvError, TarError, OSError) as error:
        return Unready(f"the environment `{environment.name}` cannot be made: {_told_of(error)}", failed=True)


def _told_of(error: UvError | TarError | OSError) -> str:
    match error:
        case UvError():
            return error.problem.rstrip(".")
        case TarError():
            return f"the archive of a project cannot be read: {error}"
        case OSError():
            return f"{error.strerror or error}, at `{error.filename or cache_folder()}`"
        case _:  # pragma: no cover
            assert_never(error)


def _closed(python: Python) -> str:
    """Return what keeps an environment from being seen by those who run steps, or shows them too much."""
    if Path.home().is_relative_to(python.base):
        return f"the Python at `{python.program}` cannot be shown without the home folder that it is around"
    closed = closed_above(cache_folder() / "x")
    return f"the folder of environments is below {closed}, which the steps' user cannot enter" if closed else ""


def _standing(environment: Environment, place: Path, made_of: Parts) -> Made:
    installed = versions_in(place)
    names = (*asked_for(environment), *(parse_wheel_filename(each.name)[0] for each in made_of.wheels))
    named = {name: installed[name] for name in names if name in installed}
    return Made(os.path.realpath(place), (Folder(made_of.python.base, made_of.python.copy),), tuple(named.items()))
