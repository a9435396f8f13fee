"""Environments: what examples run in, as the settings declare them. Values only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProgramSpec:
    """A program of an environment, and the command that prints its version; empty for ``NAME --version``."""

    name: str
    version_command: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """What a release of the subject runs in.

    ``release`` is the label of ``affidavit_releases`` that is proven there, empty where it speaks of none.
    ``packages`` are requirements (PEP 508) of Python packages; ``python`` is the interpreter they are for, a version
    or a path, empty for any. ``options`` are passed on to ``uv``, such as ``--exclude-newer``. ``variables`` are set
    for the steps; those named in ``secret`` take their values from the caller's own environment, and these are kept
    out of everything.
    """

    name: str
    release: str = ""
    packages: tuple[str, ...] = ()
    python: str = ""
    options: tuple[str, ...] = ()
    programs: tuple[ProgramSpec, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    secret: tuple[str, ...] = ()
