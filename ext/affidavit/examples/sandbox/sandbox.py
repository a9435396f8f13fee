"""The seam of sandboxes: what each says of itself, and how it starts what runs the steps."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import Popen
from typing import Protocol

from msgspec import Struct

from affidavit.model.errors import AffidavitError
from affidavit.model.runs import Job, Promise


class SandboxError(AffidavitError):
    """A run cannot be started in this sandbox."""


class Unable(Struct, frozen=True):
    """Why a sandbox cannot be had here, and what would change that."""

    reason: str
    advice: str


class Started(Struct, frozen=True):
    """What runs the steps, waiting for the job.

    The rest is for the supervisor: ``variables`` are the whole environment of the steps, ``workspace`` is where they
    find their files, ``full`` are file systems of the run's own, ``folders`` those whose content is added up,
    ``others`` the processes of this user that are none of the run's, ``private`` the folder that it is
    to make for their home and temporary files, and to remove if we are killed. ``kept`` tells that the workspace ends
    with the run, so that what is to be kept must be handed over.
    """

    process: Popen[bytes]
    variables: tuple[tuple[str, str], ...]
    workspace: str
    full: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    others: int = 0
    private: str = ""
    kept: bool = False


class Sandbox(Protocol):
    """A way to start a job. ``name`` is the word that records and pages have for it."""

    name: str
    promises: frozenset[Promise]

    def started(self, job: Job, workspace: Path, mark: str) -> AbstractContextManager[Started]:
        """Start what runs the steps; all that it started is gone when the context is left.

        ``mark`` goes into the environment of each process, by which any that is left can be found.
        """
        ...
