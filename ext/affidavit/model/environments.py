"""Environments: what examples run in, as the settings declare them. Values only."""

from __future__ import annotations

from msgspec import Struct

MACHINE = "here"
"""What the machine's own environment is called where names of environments stand; no other may have that name."""


class ProgramSpec(Struct, frozen=True):
    """A program that examples use: what prints its version, and what installs it.

    ``version_command`` is empty for ``NAME --version``. ``packages`` are those that have it, by the word for the
    platform (``debian``, ``fedora``, ``alpine``, ``homebrew``); ``install`` is a whole line, for any platform. What is
    no command is the ``file`` of this absolute path, such as a module that a server loads.
    """

    name: str
    version_command: str = ""
    packages: tuple[tuple[str, str], ...] = ()
    install: str = ""
    file: str = ""


class Resolving(Struct, frozen=True):
    """How versions of Python packages are chosen: ``exclude_newer`` is a day or time, the others are requirements.

    ``constraints`` bound what is chosen without asking for it, ``overrides`` replace what packages themselves ask for,
    and ``build_constraints`` bound what is there while a package is built.
    """

    exclude_newer: str = ""
    constraints: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    build_constraints: tuple[str, ...] = ()


class Environment(Struct, frozen=True):
    """What a release of the subject runs in.

    ``release`` is the label of ``affidavit_releases`` that is proven there, empty where it speaks of none.
    ``packages`` are requirements (PEP 508) of Python packages; ``python`` is the version of Python that they are for,
    empty for any. ``projects`` are folders of Python projects, relative to the pages, which are built and installed
    as they are when a run starts. ``variables`` are set for the steps. So are those named in ``secret``, whose values
    are the caller's own, and are kept out of everything.
    """

    name: str
    release: str = ""
    packages: tuple[str, ...] = ()
    python: str = ""
    resolving: Resolving = Resolving()
    programs: tuple[ProgramSpec, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    secret: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()

    @property
    def is_locked(self) -> bool:
        """Return whether there is anything whose versions a lock holds."""
        return bool(self.packages or self.projects)
